import type { Tx } from './inTransaction';

/**
 * Takes the right to renew a session's token for a while; false when another process has it. One conditional UPDATE.
 */
export const takeRefreshLease = async (
  client: Pick<Tx, '$executeRawUnsafe'>,
  sessionId: string,
  leaseMs: number,
): Promise<boolean> => {
  const taken = await client.$executeRawUnsafe(
    `UPDATE session SET lease_until = now() + $2::int * interval '1 millisecond'
     WHERE id = $1 AND (lease_until IS NULL OR lease_until < now())`,
    sessionId,
    leaseMs,
  );
  return taken === 1;
};

/** Gives the right back, so that the next renewal need not wait for its end. */
export const giveRefreshLeaseBack = async (client: Pick<Tx, 'session'>, sessionId: string): Promise<void> => {
  await client.session.updateMany({ where: { id: sessionId }, data: { leaseUntil: null } });
};

/** Forgets every session of a shop: its tokens are void after an uninstall. */
export const deleteSessionsOf = async (client: Pick<Tx, 'session'>, domain: string): Promise<void> => {
  await client.session.deleteMany({ where: { shop: domain } });
};

export const updateScopes = async (client: Pick<Tx, 'session'>, domain: string, scope: string): Promise<void> => {
  await client.session.updateMany({ where: { shop: domain, isOnline: false }, data: { scope } });
};
