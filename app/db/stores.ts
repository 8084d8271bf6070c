import type { Store as StoreRow } from '@prisma/client';
import type { ProgramId, StoreId } from '~/core/values/ids';
import { asId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { sqlInstant } from './json';
import type { Tx } from './inTransaction';

/** One shop of a program, with what the rules ask of it. */
export type Store = {
  readonly programId: ProgramId;
  readonly storeId: StoreId;
  readonly domain: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly installedAt: Instant;
  /** null: the app is installed. */
  readonly uninstalledAt: Instant | null;
  readonly publishedSummary: string | null;
};

/** A store that is about to be made. */
export type NewStore = Omit<Store, 'publishedSummary' | 'uninstalledAt'>;

export const shopifyPlatform = 'shopify';

type Client = Pick<Tx, 'store' | 'tenantDirectory' | 'program'>;

const toStore = (row: StoreRow): Store => ({
  programId: asId<ProgramId>(row.programId),
  storeId: asId<StoreId>(row.id),
  domain: row.domain,
  name: row.name,
  currency: row.currency,
  timeZone: row.timeZone,
  installedAt: instant(row.installedAt.getTime()),
  uninstalledAt: row.uninstalledAt === null ? null : instant(row.uninstalledAt.getTime()),
  publishedSummary: row.publishedSummary,
});

/** Finds the store of a shop's address: the only look-up without a tenant. */
export const storeByDomain = async (client: Client, domain: string): Promise<Store | null> => {
  const found = await client.tenantDirectory.findUnique({
    where: { platform_domain: { platform: shopifyPlatform, domain } },
  });
  return found === null ? null : storeById(client, asId<ProgramId>(found.programId), asId<StoreId>(found.storeId));
};

export const storeById = async (client: Client, programId: ProgramId, storeId: StoreId): Promise<Store | null> => {
  const row = await client.store.findUnique({ where: { programId_id: { programId, id: storeId } } });
  return row === null ? null : toStore(row);
};

export const storesOf = async (client: Client, programId: ProgramId): Promise<readonly Store[]> =>
  (await client.store.findMany({ where: { programId }, orderBy: { installedAt: 'asc' } })).map(toStore);

/** Makes a program with its first store. A shop that is being installed twice at once fails with 23505. */
export const insertStore = async (tx: Tx, store: NewStore): Promise<void> => {
  const { programId, installedAt } = store;
  await tx.program.create({ data: { id: programId, createdAt: sqlInstant(installedAt) } });
  await insertFurtherStore(tx, store);
};

/** A further store of a program. */
export const insertFurtherStore = async (tx: Tx, store: NewStore): Promise<void> => {
  const { programId, storeId, domain, installedAt } = store;
  await tx.store.create({
    data: {
      programId,
      id: storeId,
      platform: shopifyPlatform,
      domain,
      name: store.name,
      currency: store.currency,
      timeZone: store.timeZone,
      installedAt: sqlInstant(installedAt),
    },
  });
  await tx.tenantDirectory.create({ data: { platform: shopifyPlatform, domain, programId, storeId } });
};

export const markUninstalled = async (
  client: Client,
  store: Pick<Store, 'programId' | 'storeId'>,
  now: Instant,
): Promise<void> => {
  await client.store.update({
    where: { programId_id: { programId: store.programId, id: store.storeId } },
    data: { uninstalledAt: sqlInstant(now) },
  });
};

/** The app is back; what it had published in the shop's app data went with it. Answers whether it had been away. */
export const markReinstalled = async (
  client: Client,
  store: Pick<Store, 'programId' | 'storeId'>,
): Promise<boolean> => {
  const { count } = await client.store.updateMany({
    where: { programId: store.programId, id: store.storeId, uninstalledAt: { not: null } },
    data: { uninstalledAt: null, publishedSummary: null },
  });
  return count > 0;
};

export const markSummaryPublished = async (
  client: Client,
  store: Pick<Store, 'programId' | 'storeId'>,
  hash: string,
): Promise<void> => {
  await client.store.update({
    where: { programId_id: { programId: store.programId, id: store.storeId } },
    data: { publishedSummary: hash },
  });
};
