import { z } from 'zod';
import { asId, isUuid, type RedemptionId } from '~/core/values/ids';
import { translate } from '~/i18n/catalog';
import { returningText } from '~/i18n/storefrontWords';
import { services } from '~/process/services';
import { cancelRedemption } from '~/usecases/cancelRedemption';
import { storefrontBalance } from '~/views/storefrontBalance';
import { problem } from '../problem';
import { badBody, shopperJson, signInFirst, type ShopperAnswer } from './shopper';

const cancelSchema = z.object({
  id: z
    .string()
    .refine(isUuid)
    .transform((id) => asId<RedemptionId>(id.toLowerCase())),
});

/** The customer gives a code back. The points return once the shop counts no use of it. */
export const answerCancel: ShopperAnswer = async ({ store, customerId, language }, { body }, now) => {
  if (customerId === null) return signInFirst(language);
  const wish = cancelSchema.safeParse(body);
  if (!wish.success) return badBody(language, wish.error.issues[0]?.path.join('.') ?? '');
  const { deps, database } = await services();
  const cancelled = await cancelRedemption(deps, store, customerId, wish.data.id, now);
  if (!cancelled.ok) {
    const status = cancelled.error.kind === 'unknown_redemption' ? 404 : 409;
    return problem(status, cancelled.error.kind, translate(language, `proxy.${cancelled.error.kind}`));
  }
  const { codes, ...balance } = await storefrontBalance(database, store, customerId, now);
  const returning = returningText(language, balance.returning, now);
  return shopperJson({
    redemption: { id: cancelled.value.id, state: cancelled.value.state },
    balance,
    codes,
    returning,
  });
};
