import { accessTokenOf, type Renewal } from './shopify/accessToken';
import { refreshSession } from './shopify/refreshSession';
import { createSessionStorage } from './shopify/sessions';
import { processSecrets } from './keys';
import { moduleOf } from './platforms';
import type { Secrets } from './secrets';
import { openProcessDatabase } from '~/db.server';
import type { Database } from '~/db/database';
import { createProgramReader } from '~/db/programs';
import { environment } from '~/env.server';
import { openQueue, prepareQueue, type Queue } from '~/jobs/queue';
import { httpPartner } from '~/platforms/partners/http';
import { callOutward } from './callOutward';
import { log } from './log';
import type { ShopAccess, ShopAddress } from '~/platforms/module';
import { shopFetch } from './shopify/shopFetch';
import type { Deps } from '~/usecases/deps';
import { uuidv7 } from './uuid';
import { givers, jobs, tables } from './wings';

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
  const secrets = processSecrets();
  const database = await openProcessDatabase(prepareQueue(jobs));
  const queue = await openQueue(database, jobs, {
    worker: environment().WORKER === 'on',
    onError: (error) => log.error({ err: error }, 'queue'),
  });
  const sessions = createSessionStorage(() => Promise.resolve({ database, secrets }));
  const renewal: Renewal = { database, sessions, refresh: refreshSession };
  const call = callOutward({ isLocal: environment().SHOPIFY_DEVSTORE_URL !== undefined });
  const deps: Deps = {
    database,
    secrets,
    programs: createProgramReader(database),
    platformOf: (shop) => moduleOf(shop.platform).open(shop, accessTo(shop, renewal, secrets)),
    abilitiesOf: (platform) => moduleOf(platform).can,
    partnerAt: (access) => httpPartner(access, call),
    enqueue: queue.enqueue,
    tables,
    givers,
    newId: <Kind>() => uuidv7() as Kind,
  };
  return { deps, database, secrets, queue };
};

const accessTo = ({ domain }: ShopAddress, renewal: Renewal, { hashEmail }: Secrets): ShopAccess => ({
  fetch: shopFetch,
  token: (refused) => accessTokenOf(renewal, domain, refused),
  hashEmail,
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
