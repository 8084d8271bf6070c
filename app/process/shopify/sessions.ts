import type { Session } from '@shopify/shopify-api';
import { PrismaSessionStorage } from '@shopify/shopify-app-session-storage-prisma';
import type { Secrets } from '../secrets';
import type { Database } from '~/db/database';

/** Where the library's sessions are kept. */
export type SessionStorage = Pick<
  PrismaSessionStorage<Database['prisma']>,
  'storeSession' | 'loadSession' | 'deleteSession' | 'deleteSessions' | 'findSessionsByShop'
>;

const prefix = 'v1:';

/**
 * The Shopify library's sessions in our database, with tokens encrypted at rest. The database is opened
 * at the first use: the library wants its storage before the process has one.
 */
export const createSessionStorage = (
  open: () => Promise<{ readonly database: Database; readonly secrets: Secrets }>,
): SessionStorage => {
  let made: Promise<{ readonly storage: SessionStorage; readonly secrets: Secrets }> | null = null;
  const ready = () =>
    (made ??= open().then(({ database, secrets }) => ({
      storage: new PrismaSessionStorage(database.prisma),
      secrets,
    })));

  const sealed = (secrets: Secrets, session: Session): Session => {
    const copy = Object.assign(Object.create(Object.getPrototypeOf(session) as object), session) as Session;
    const seal = (token: string): string => prefix + Buffer.from(secrets.encrypt(token)).toString('base64');
    if (session.accessToken) copy.accessToken = seal(session.accessToken);
    if (session.refreshToken) copy.refreshToken = seal(session.refreshToken);
    return copy;
  };
  const opened = (secrets: Secrets, session: Session): Session => {
    const unseal = (token: string): string =>
      token.startsWith(prefix) ? secrets.decrypt(Buffer.from(token.slice(prefix.length), 'base64')) : token;
    if (session.accessToken) session.accessToken = unseal(session.accessToken);
    if (session.refreshToken) session.refreshToken = unseal(session.refreshToken);
    return session;
  };

  return {
    storeSession: async (session) => {
      const { storage, secrets } = await ready();
      return storage.storeSession(sealed(secrets, session));
    },
    loadSession: async (id) => {
      const { storage, secrets } = await ready();
      const session = await storage.loadSession(id);
      return session === undefined ? undefined : opened(secrets, session);
    },
    deleteSession: async (id) => (await ready()).storage.deleteSession(id),
    deleteSessions: async (ids) => (await ready()).storage.deleteSessions(ids),
    findSessionsByShop: async (shop) => {
      const { storage, secrets } = await ready();
      return (await storage.findSessionsByShop(shop)).map((session) => opened(secrets, session));
    },
  };
};
