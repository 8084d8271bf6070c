import { asId, type PlatformId, type PlatformName, type ProgramId, type StoreId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { sqlInstant } from './json';
import type { Tx } from './inTransaction';
import { platformNameOf } from './stores';

/** An account of a shop whose e-mail was verified; of the address only a keyed hash is known. */
export type Account = {
  readonly programId: ProgramId;
  readonly storeId: StoreId;
  readonly platform: PlatformName;
  readonly domain: string;
  readonly customerId: PlatformId;
  readonly emailHash: string;
};

export type AccountRow = {
  readonly program_id: string;
  readonly store_id: string;
  readonly platform: string;
  readonly domain: string;
  readonly customer_id: string;
  readonly email_hash: string;
};

export const toAccount = (row: AccountRow): Account => ({
  programId: asId<ProgramId>(row.program_id),
  storeId: asId<StoreId>(row.store_id),
  platform: platformNameOf(row.platform),
  domain: row.domain,
  customerId: asId<PlatformId>(row.customer_id),
  emailHash: row.email_hash,
});

/** Notes an account's verified e-mail; null: it has none any more. */
export const writeAccountEmail = async (
  client: Pick<Tx, 'accountEmail'>,
  { programId, storeId, customerId }: Pick<Account, 'programId' | 'storeId' | 'customerId'>,
  emailHash: string | null,
  now: Instant,
): Promise<void> => {
  if (emailHash === null) {
    await client.accountEmail.deleteMany({ where: { programId, storeId, customerId } });
    return;
  }
  const where = { programId_storeId_customerId: { programId, storeId, customerId } };
  await client.accountEmail.upsert({
    where,
    create: { programId, storeId, customerId, emailHash, verifiedAt: sqlInstant(now) },
    update: { emailHash },
  });
};

/** The hash of an account's verified e-mail; null: it has none. */
export const accountEmailOf = async (
  client: Pick<Tx, 'accountEmail'>,
  { programId, storeId, customerId }: Pick<Account, 'programId' | 'storeId' | 'customerId'>,
): Promise<string | null> => {
  const where = { programId_storeId_customerId: { programId, storeId, customerId } };
  return (await client.accountEmail.findUnique({ where, select: { emailHash: true } }))?.emailHash ?? null;
};

/** The customers of other stores of the program who have the same verified e-mail. */
export const accountsElsewhere = async (
  client: Pick<Tx, 'accountEmail'>,
  programId: ProgramId,
  storeId: StoreId,
  emailHash: string,
): Promise<readonly { readonly storeId: StoreId; readonly customerId: PlatformId }[]> =>
  (
    await client.accountEmail.findMany({
      where: { programId, emailHash, storeId: { not: storeId } },
      orderBy: [{ storeId: 'asc' }, { customerId: 'asc' }],
    })
  ).map((row) => ({ storeId: asId<StoreId>(row.storeId), customerId: asId<PlatformId>(row.customerId) }));
