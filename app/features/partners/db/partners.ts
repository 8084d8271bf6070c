import type { Partner as PartnerRow } from '@prisma/client';
import type { FileItem } from '../core/catalogueFile';
import type { ProgramId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import type { Tx } from '~/db/inTransaction';
import { rowsJson, sqlInstant } from '~/db/json';

export const partnerKinds = ['file', 'http'] as const;
export type PartnerKind = (typeof partnerKinds)[number];

export type PartnerKey = { readonly programId: ProgramId; readonly partnerId: string };

/** A partner as it is kept. Of one whose catalogue is uploaded neither address nor secret. */
export type PartnerRecord = PartnerKey & {
  readonly name: string;
  readonly kind: PartnerKind;
  readonly address: string | null;
  /** Encrypted. */
  readonly secret: Uint8Array | null;
  readonly createdAt: Instant;
};

const toPartner = (row: PartnerRow, programId: ProgramId): PartnerRecord => ({
  programId,
  partnerId: row.id,
  name: row.name,
  kind: row.kind as PartnerKind,
  address: row.address,
  secret: row.secret,
  createdAt: instant(row.createdAt.getTime()),
});

/** The partners of a program, the oldest first. */
export const partnersOf = async (
  client: Pick<Tx, 'partner'>,
  programId: ProgramId,
): Promise<readonly PartnerRecord[]> =>
  (await client.partner.findMany({ where: { programId }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })).map((row) =>
    toPartner(row, programId),
  );

export const findPartner = async (
  client: Pick<Tx, 'partner'>,
  { programId, partnerId }: PartnerKey,
): Promise<PartnerRecord | null> => {
  const row = await client.partner.findUnique({ where: { programId_id: { programId, id: partnerId } } });
  return row === null ? null : toPartner(row, programId);
};

/** Keeps a partner as it is set up. Its kind is said once. One statement. */
export const writePartner = async (client: Pick<Tx, '$executeRawUnsafe'>, record: PartnerRecord): Promise<void> => {
  const { programId, partnerId, name, kind, address, secret, createdAt } = record;
  await client.$executeRawUnsafe(
    `INSERT INTO partner (program_id, id, name, kind, address, secret, created_at)
     VALUES ($1::text::uuid, $2::text, $3::text, $4::text, $5::text, decode($6::text, 'base64'), $7::text::timestamptz)
     ON CONFLICT (program_id, id) DO UPDATE
       SET name = excluded.name, address = excluded.address, secret = excluded.secret`,
    programId,
    partnerId,
    name,
    kind,
    address,
    secret === null ? null : Buffer.from(secret).toString('base64'),
    sqlInstant(createdAt),
  );
};

/** Takes a partner away, with its catalogue. Fails while there are orders of it. */
export const deletePartner = async (
  tx: Pick<Tx, 'partner' | 'partnerItem'>,
  { programId, partnerId }: PartnerKey,
): Promise<void> => {
  await tx.partnerItem.deleteMany({ where: { programId, partnerId } });
  await tx.partner.deleteMany({ where: { programId, id: partnerId } });
};

/** Puts a catalogue in the place of the one before. */
export const replaceItems = async (
  tx: Pick<Tx, 'partnerItem' | '$executeRawUnsafe'>,
  { programId, partnerId }: PartnerKey,
  items: readonly FileItem[],
): Promise<void> => {
  await tx.partnerItem.deleteMany({ where: { programId, partnerId } });
  await tx.$executeRawUnsafe(
    `INSERT INTO partner_item (program_id, partner_id, item_id, name, amount_minor, currency, link, n)
     SELECT $1::text::uuid, $2::text, item_id, name, amount_minor, currency, link, n
     FROM jsonb_to_recordset($3::text::jsonb) AS i(item_id text, name text, amount_minor bigint, currency text,
       link text, n int)`,
    programId,
    partnerId,
    rowsJson(
      items.map(({ itemId, name, cost, link }, n) => ({
        item_id: itemId,
        name,
        amount_minor: cost.amountMinor,
        currency: cost.currency,
        link,
        n,
      })),
    ),
  );
};

/** The catalogue that was uploaded, in its order. */
export const itemsOf = async (
  client: Pick<Tx, 'partnerItem'>,
  { programId, partnerId }: PartnerKey,
): Promise<readonly FileItem[]> =>
  (await client.partnerItem.findMany({ where: { programId, partnerId }, orderBy: { n: 'asc' } })).map(
    ({ itemId, name, amountMinor, currency, link }) => ({
      itemId,
      name,
      cost: { amountMinor: Number(amountMinor), currency },
      link,
    }),
  );
