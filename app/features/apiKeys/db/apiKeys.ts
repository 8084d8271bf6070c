import type { ProgramId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import type { Tx } from '~/db/inTransaction';
import { sqlInstant } from '~/db/json';

type Client = Pick<Tx, 'apiKey'>;

/** A key as the merchant sees it: never the key itself. */
export type ApiKeyView = {
  readonly id: string;
  readonly name: string;
  /** The last characters of the key. */
  readonly hint: string;
  readonly createdAt: Instant;
  /** When it was used last, to the hour; null: never. */
  readonly usedAt: Instant | null;
};

/** Keeps a key under its id; one that is there already gets the new secret. */
export const writeApiKey = async (
  client: Client,
  key: {
    readonly programId: ProgramId;
    readonly id: string;
    readonly name: string;
    readonly hash: string;
    readonly hint: string;
    readonly by: string;
  },
  now: Instant,
): Promise<void> => {
  const { programId, id, ...rest } = key;
  const create = { ...key, createdAt: sqlInstant(now) };
  await client.apiKey.upsert({ where: { programId_id: { programId, id } }, create, update: rest });
};

/** Keys that are in force, the newest first. */
export const apiKeysOf = async (client: Client, programId: ProgramId): Promise<readonly ApiKeyView[]> =>
  (
    await client.apiKey.findMany({
      where: { programId, revokedAt: null },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    })
  ).map((row) => ({
    id: row.id,
    name: row.name,
    hint: row.hint,
    createdAt: instant(row.createdAt.getTime()),
    usedAt: row.usedAt === null ? null : instant(row.usedAt.getTime()),
  }));

/** Ends a key; one that has ended stays as it is. */
export const endApiKey = async (client: Client, programId: ProgramId, id: string, now: Instant): Promise<void> => {
  await client.apiKey.updateMany({ where: { programId, id, revokedAt: null }, data: { revokedAt: sqlInstant(now) } });
};
