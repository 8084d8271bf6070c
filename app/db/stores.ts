import type { Store as StoreRow } from '@prisma/client';
import { asId, isPlatformName, type PlatformName, type ProgramId, type StoreId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { sqlInstant } from './json';
import type { Tx } from './inTransaction';

/** One shop of a program, with what the rules ask of it. */
export type Store = {
  readonly programId: ProgramId;
  readonly storeId: StoreId;
  readonly platform: PlatformName;
  readonly domain: string;
  readonly name: string;
  readonly currency: string;
  readonly timeZone: string;
  /** How long points of an ended code are held at least; as the shop said when the app was installed. */
  readonly codeHoldMinutes: number;
  readonly installedAt: Instant;
  /** null: the app is installed. */
  readonly uninstalledAt: Instant | null;
  readonly publishedSummary: string | null;
};

/** A store that is about to be made. */
export type NewStore = Omit<Store, 'publishedSummary' | 'uninstalledAt'>;

/** A stored name. Another version may have had a module that this one has not: its stores cannot be served. */
export const platformNameOf = (text: string): PlatformName => {
  if (!isPlatformName(text)) throw new Error(`This version knows no platform "${text}".`);
  return text;
};

type Client = Pick<Tx, 'store' | 'tenantDirectory' | 'program'>;

const toStore = (row: StoreRow): Store => ({
  programId: asId<ProgramId>(row.programId),
  storeId: asId<StoreId>(row.id),
  platform: platformNameOf(row.platform),
  domain: row.domain,
  name: row.name,
  currency: row.currency,
  timeZone: row.timeZone,
  codeHoldMinutes: row.codeHoldMinutes,
  installedAt: instant(row.installedAt.getTime()),
  uninstalledAt: row.uninstalledAt === null ? null : instant(row.uninstalledAt.getTime()),
  publishedSummary: row.publishedSummary,
});

/** Finds the store of a shop's address: the only look-up without a tenant. */
export const storeByDomain = async (
  client: Client,
  { platform, domain }: Pick<Store, 'platform' | 'domain'>,
): Promise<Store | null> => {
  const found = await client.tenantDirectory.findUnique({ where: { platform_domain: { platform, domain } } });
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
  const { programId, storeId, platform, domain, installedAt } = store;
  await tx.store.create({
    data: {
      programId,
      id: storeId,
      platform,
      domain,
      name: store.name,
      currency: store.currency,
      timeZone: store.timeZone,
      codeHoldMinutes: store.codeHoldMinutes,
      installedAt: sqlInstant(installedAt),
    },
  });
  await tx.tenantDirectory.create({ data: { platform, domain, programId, storeId } });
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
