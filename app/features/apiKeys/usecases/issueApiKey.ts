import type { ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { ok, refuse, type Result } from '~/core/values/result';
import { cutText } from '~/core/values/untrusted';
import { newApiKey } from '~/http/api/key';
import { apiKeysOf, writeApiKey } from '../db/apiKeys';
import type { Deps } from '~/usecases/deps';

const keysMax = 20;
const nameMax = 60;

export type KeyRefusal = { readonly kind: 'no_name' } | { readonly kind: 'too_many_keys' };

/**
 * Makes a key with which another system reads the program. The answer is the only time that it is seen. The client
 * makes the id: asked again because no answer came, the same entry gets a new key, and the one that nobody saw is worth
 * nothing.
 */
export const issueApiKey = async (
  deps: Deps,
  programId: ProgramId,
  { id, name }: { readonly id: string; readonly name: string },
  by: string,
  now: Instant,
): Promise<Result<{ readonly key: string }, KeyRefusal>> => {
  const { prisma } = deps.database;
  const named = cutText(name.trim(), nameMax);
  if (named === '') return refuse({ kind: 'no_name' });
  const others = (await apiKeysOf(prisma, programId)).filter((key) => key.id !== id);
  if (others.length >= keysMax) return refuse({ kind: 'too_many_keys' });
  const { key, hash, hint } = newApiKey(programId);
  await writeApiKey(prisma, { programId, id, name: named, hash, hint, by }, now);
  return ok({ key });
};
