import { accessTokenOf, type Renewal } from './shopify/accessToken';
import { refreshSession } from './shopify/refreshSession';
import { createSessionStorage } from './shopify/sessions';
import { createSecrets, type Secrets } from './secrets';
import { openProcessDatabase } from '~/db.server';
import type { Database } from '~/db/database';
import { createProgramReader } from '~/db/programs';
import { environment } from '~/env.server';
import { openQueue, prepareQueue, type Queue } from '~/jobs/queue';
import { log } from './log';
import { createAdminClient } from '~/platforms/shopify/adminClient';
import { createShopifyPlatform } from '~/platforms/shopify/shopifyPlatform';
import { shopFetch } from './shopify/shopFetch';
import type { Deps, StoreRef } from '~/usecases/deps';
import { uuidv7 } from './uuid';
import { jobs, tables } from './wings';

/** Everything a request or a job of this process works with. */
export type Services = {
  readonly deps: Deps;
  readonly database: Database;
  readonly secrets: Secrets;
  readonly queue: Queue;
};

// In development the bundle is loaded again after a change; the open database must not be opened twice.
const kept = globalThis as { fidelioServices?: Promise<Services> | undefined };

/** Opened at the first call, then the same for the whole process. */
export const services = (): Promise<Services> => (kept.fidelioServices ??= open());

const open = async (): Promise<Services> => {
  const secrets = createSecrets(environment().ENCRYPTION_KEY);
  const database = await openProcessDatabase(prepareQueue(jobs));
  const queue = await openQueue(database, jobs, {
    worker: environment().WORKER === 'on',
    onError: (error) => log.error({ err: error }, 'queue'),
  });
  const sessions = createSessionStorage(() => Promise.resolve({ database, secrets }));
  const renewal: Renewal = { database, sessions, refresh: refreshSession };
  const deps: Deps = {
    database,
    secrets,
    programs: createProgramReader(database),
    platformOf: (store) => createShopifyPlatform(clientOf(renewal, store), secrets.hashEmail),
    enqueue: queue.enqueue,
    tables,
    newId: <Kind>() => uuidv7() as Kind,
  };
  return { deps, database, secrets, queue };
};

const clientOf = (renewal: Renewal, { domain }: Pick<StoreRef, 'domain'>) =>
  createAdminClient({
    domain,
    fetch: shopFetch,
    accessToken: (refused) => accessTokenOf(renewal, domain, refused),
  });

/** Ends the work of this process in order: the queue, then the database. */
export const closeServices = async (): Promise<void> => {
  const opened = kept.fidelioServices;
  if (opened === undefined) return;
  kept.fidelioServices = undefined;
  const { queue, database } = await opened;
  await queue.stop();
  await database.close();
};
