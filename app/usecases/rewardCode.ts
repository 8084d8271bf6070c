import { codeFrom } from '~/core/rewards/codes';
import type { ProgramId, RedemptionId } from '~/core/values/ids';
import type { Secrets } from '~/process/secrets';

/**
 * The code of a redemption: of a discount, or of a gift card. It derives from the redemption's id by our key. That of a
 * gift card is money to whoever has it, and is kept nowhere: it is derived again when its member asks.
 */
export const rewardCode = (secrets: Pick<Secrets, 'codeBytes'>, programId: ProgramId, id: RedemptionId): string =>
  codeFrom(secrets.codeBytes(`${programId}:${id}`));
