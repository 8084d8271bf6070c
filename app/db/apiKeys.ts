import type { ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { Tx } from './inTransaction';
import { sqlInstant } from './json';

type Client = Pick<Tx, 'apiKey'>;

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
