import type { ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { ok, refuse, type Result } from '~/core/values/result';
import { cutText } from '~/core/values/untrusted';
import { newApiKey } from '~/apiKey.server';
import { apiKeysOf, insertApiKey } from '~/db/apiKeys';
import type { Deps } from './deps';

const keysMax = 20;
const nameMax = 60;

export type KeyRefusal = { readonly kind: 'no_name' } | { readonly kind: 'too_many_keys' };

/** Makes a key with which another system reads the program. The answer is the only time that it is seen. */
export const issueApiKey = async (
  deps: Deps,
  programId: ProgramId,
  name: string,
  by: string,
  now: Instant,
): Promise<Result<{ readonly key: string }, KeyRefusal>> => {
  const { prisma } = deps.database;
  const named = cutText(name.trim(), nameMax);
  if (named === '') return refuse({ kind: 'no_name' });
  if ((await apiKeysOf(prisma, programId)).length >= keysMax) return refuse({ kind: 'too_many_keys' });
  const { key, hash, hint } = newApiKey(programId);
  await insertApiKey(prisma, { programId, id: deps.newId(), name: named, hash, hint, by }, now);
  return ok({ key });
};
