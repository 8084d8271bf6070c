import { join } from 'node:path';
import { asId, type ProgramId, type StoreId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { createSecrets } from '~/process/secrets';
import { openDatabase, type Database } from '~/db/database';
import { createProgramReader } from '~/db/programs';
import { insertFurtherStore, insertStore, type Store } from '~/db/stores';
import { inTransaction } from '~/db/inTransaction';
import { shopify } from '~/platforms/shopify/module';
import type { Deps } from '~/usecases/deps';
import type { Effect } from '~/usecases/effects/effect';
import { uuidv7 } from '~/process/uuid';
import { givers, tables } from '~/process/wings';
import { createReplayShop, type ReplayShop } from './shop';

/** A throw-away house: an embedded database in memory, one program, a store for every shop that turns up. */
export type House = {
  readonly database: Database;
  readonly deps: Deps;
  readonly programId: ProgramId;
  /** The store of a shop; without a name, the first one. */
  readonly storeOf: (domain: string | null | undefined) => Promise<Store>;
  readonly shopOf: (domain: string) => ReplayShop;
  readonly stores: () => readonly Store[];
  /** Effects that use cases enqueued since the last call. */
  readonly takeEffects: () => readonly Effect[];
  readonly close: () => Promise<void>;
};

type Settings = { readonly currency: string; readonly timeZone: string; readonly clock: () => Instant };

const beginning = instant(0);
export const defaultShop = 'shop.myshopify.com';

export const openHouse = async ({ currency, timeZone, clock }: Settings): Promise<House> => {
  const database = await openDatabase(
    { kind: 'embedded', folder: null },
    { migrations: join(process.cwd(), 'prisma', 'migrations') },
  );
  const programId = asId<ProgramId>('00000000-0000-7000-8000-000000000001');
  const stores = new Map<string, Store>();
  const shops = new Map<string, ReplayShop>();
  let effects: Effect[] = [];
  const shopOf = (domain: string): ReplayShop => {
    const known = shops.get(domain);
    if (known !== undefined) return known;
    const made = createReplayShop({ name: domain, currency, timeZone }, clock);
    shops.set(domain, made);
    return made;
  };
  const deps: Deps = {
    database,
    programs: createProgramReader(database),
    // Nothing secret is in here, and the same replay shall make the same codes.
    secrets: createSecrets(Buffer.alloc(32, 1).toString('base64')),
    platformOf: ({ domain }) => shopOf(domain),
    abilitiesOf: () => shopify.can,
    enqueue: (added) => {
      effects.push(...added);
      return Promise.resolve();
    },
    // A replay asks nobody outside.
    partnerAt: () => {
      throw new Error('a replay asks no partner');
    },
    tables,
    givers,
    newId: <Kind>() => uuidv7() as Kind,
  };
  const storeOf = async (named: string | null | undefined): Promise<Store> => {
    const domain = named ?? [...stores.keys()][0] ?? defaultShop;
    const known = stores.get(domain);
    if (known !== undefined) return known;
    const store = {
      programId,
      storeId: asId<StoreId>(uuidv7()),
      // The deliveries are Shopify's; the shop that is asked is one in memory.
      platform: 'shopify' as const,
      domain,
      name: domain,
      currency,
      timeZone,
      codeHoldMinutes: shopOf(domain).facts.codeHoldMinutes,
      installedAt: beginning,
    };
    await inTransaction(database, (tx) => (stores.size === 0 ? insertStore(tx, store) : insertFurtherStore(tx, store)));
    const made = { ...store, uninstalledAt: null, publishedSummary: null };
    stores.set(domain, made);
    return made;
  };
  return {
    database,
    deps,
    programId,
    storeOf,
    shopOf,
    stores: () => [...stores.values()],
    takeEffects: () => {
      const taken = effects;
      effects = [];
      return taken;
    },
    close: () => database.close(),
  };
};
