import type { ProgramId, RedemptionId } from '~/core/values/ids';
import type { Database } from '~/db/database';
import { codesOf } from '~/db/poolCodes';
import type { Secrets } from '~/process/secrets';

/** The codes that redemptions gave, by the redemption: only the member who has them may read them. */
export const givenCodes = async (
  { prisma }: Pick<Database, 'prisma'>,
  secrets: Pick<Secrets, 'decrypt'>,
  programId: ProgramId,
  redemptions: readonly RedemptionId[],
): Promise<ReadonlyMap<string, string>> => {
  if (redemptions.length === 0) return new Map();
  const sealed = await codesOf(prisma, programId, redemptions);
  return new Map([...sealed].map(([id, code]) => [id, secrets.decrypt(code)]));
};
