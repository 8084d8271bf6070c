import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '~/db/database';
import { giveRefreshLeaseBack, takeRefreshLease } from '~/db/sessions';

const renewBeforeMs = 5 * 60_000;
const leaseMs = 15_000;
const pauseMs = 100;
const looksMax = 50;

/** What is needed of the Shopify library; imported when it is first needed, because it needs the services itself. */
type Library = Pick<typeof import('~/shopify.server'), 'sessionStorage' | 'unauthenticated'>;

/**
 * The access token of a shop, renewed when it is about to expire or is the one that was refused. One process
 * at a time renews (the library has no lock, and every refresh token works once): it holds a lease on the
 * session's row, the others wait for what it stores. null: the app is not installed there, or may not renew any more.
 */
export const accessTokenOf = async (
  database: Pick<Database, 'prisma'>,
  library: () => Promise<Library>,
  domain: string,
  refused: string | null,
): Promise<string | null> => {
  const { sessionStorage } = await library();
  const id = `offline_${domain}`;
  for (let look = 0; look < looksMax; look += 1) {
    const session = await sessionStorage.loadSession(id);
    if (session?.accessToken === undefined) return null;
    const fresh = session.expires === undefined || session.expires.getTime() - Date.now() > renewBeforeMs;
    if (fresh && session.accessToken !== refused) return session.accessToken;
    if (session.refreshToken === undefined) return null;
    if (await takeRefreshLease(database.prisma, id, leaseMs))
      return renew(database, await library(), id, domain, refused);
    await sleep(pauseMs);
  }
  return null;
};

const renew = async (
  database: Pick<Database, 'prisma'>,
  { sessionStorage, unauthenticated }: Library,
  id: string,
  domain: string,
  refused: string | null,
): Promise<string | null> => {
  try {
    const session = await sessionStorage.loadSession(id); // another process may just have renewed it
    if (session !== undefined && session.accessToken === refused) {
      session.expires = new Date(Date.now()); // what was refused has expired, whatever it says
      await sessionStorage.storeSession(session);
    }
    return (await unauthenticated.admin(domain)).session.accessToken ?? null;
  } catch {
    return null; // the library throws a bare 500 when Shopify refuses the refresh token
  } finally {
    await giveRefreshLeaseBack(database.prisma, id);
  }
};
