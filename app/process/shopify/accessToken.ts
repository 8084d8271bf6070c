import { setTimeout as sleep } from 'node:timers/promises';
import type { Session } from '@shopify/shopify-api';
import type { Database } from '~/db/database';
import { giveRefreshLeaseBack, takeRefreshLease } from '~/db/sessions';
import type { SessionStorage } from './sessions';

const renewBeforeMs = 5 * 60_000;
const leaseMs = 15_000;
const pauseMs = 100;
const looksMax = 50;

/** What renewing works with: where sessions are kept, and how Shopify gives a new one for a refresh token. */
export type Renewal = {
  readonly database: Pick<Database, 'prisma'>;
  readonly sessions: Pick<SessionStorage, 'loadSession' | 'storeSession'>;
  readonly refresh: (domain: string, refreshToken: string) => Promise<Session>;
};

const isFresh = ({ expires, accessToken }: Session, refused: string | null): boolean =>
  (expires === undefined || expires.getTime() - Date.now() > renewBeforeMs) && accessToken !== refused;

/**
 * The access token of a shop, renewed when it is about to expire or is the one that was refused. One process
 * at a time renews (the library has no lock, and every refresh token works once): it holds a lease on the
 * session's row, the others wait for what it stores. null: the app is not installed there, or may not renew any more.
 */
export const accessTokenOf = async (
  renewal: Renewal,
  domain: string,
  refused: string | null,
): Promise<string | null> => {
  const { database, sessions } = renewal;
  const id = `offline_${domain}`;
  for (let look = 0; look < looksMax; look += 1) {
    const session = await sessions.loadSession(id);
    if (session?.accessToken === undefined) return null;
    if (isFresh(session, refused)) return session.accessToken;
    if (session.refreshToken === undefined) return null;
    if (await takeRefreshLease(database.prisma, id, leaseMs)) return renew(renewal, id, domain, refused);
    await sleep(pauseMs);
  }
  return null;
};

const renew = async (
  { database, sessions, refresh }: Renewal,
  id: string,
  domain: string,
  refused: string | null,
): Promise<string | null> => {
  try {
    const session = await sessions.loadSession(id);
    if (session?.refreshToken === undefined) return null;
    // Another process may just have renewed it.
    if (isFresh(session, refused)) return session.accessToken ?? null;
    const renewed = await refresh(domain, session.refreshToken);
    await sessions.storeSession(renewed);
    return renewed.accessToken ?? null;
  } catch {
    return null; // Shopify refuses the refresh token: the merchant opens the app, and a new one is there
  } finally {
    await giveRefreshLeaseBack(database.prisma, id);
  }
};
