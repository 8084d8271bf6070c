import type { ProgramId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { sqlInstant } from './json';
import type { Tx } from './inTransaction';

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

const hourMs = 3_600_000;

/** Whether a key with that hash is in force. Notes its use, once an hour. */
export const acceptApiKey = async (
  client: Client,
  programId: ProgramId,
  hash: string,
  now: Instant,
): Promise<boolean> => {
  const key = await client.apiKey.findUnique({
    where: { programId_hash: { programId, hash } },
    select: { id: true, usedAt: true, revokedAt: true },
  });
  if (key === null || key.revokedAt !== null) return false;
  if (key.usedAt === null || key.usedAt.getTime() <= now - hourMs) {
    await client.apiKey.updateMany({ where: { programId, id: key.id }, data: { usedAt: sqlInstant(now) } });
  }
  return true;
};
