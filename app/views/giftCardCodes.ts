import type { ProgramId, RedemptionId } from '~/core/values/ids';
import type { Database } from '~/db/database';
import { givenGiftCards } from '~/db/redemptions';
import type { Secrets } from '~/process/secrets';
import { rewardCode } from '~/usecases/rewardCode';

/**
 * The codes of gift cards that were made, by their redemptions: only the member who has them may read them. Shopify
 * shows a code once; ours derives from the redemption, so that it can be shown again.
 */
export const giftCardCodes = async (
  { prisma }: Pick<Database, 'prisma'>,
  secrets: Pick<Secrets, 'codeBytes'>,
  programId: ProgramId,
  redemptions: readonly RedemptionId[],
): Promise<ReadonlyMap<string, string>> => {
  if (redemptions.length === 0) return new Map();
  const given = await givenGiftCards(prisma, programId, redemptions);
  return new Map(given.map((id) => [id, rewardCode(secrets, programId, id)]));
};
