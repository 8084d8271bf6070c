import { translate, type Language } from '~/i18n/catalog';
import { refusalText, type Reader } from '~/i18n/storefrontWords';
import { services } from '~/process/services';
import { storefrontRewards, type OfferedReward } from '~/views/storefrontRewards';
import { problem } from '../problem';
import { shopperJson, type ShopperAnswer } from './shopper';

/**
 * The rewards on offer, each with why the signed-in customer cannot take it now (null: only the cart may be in the
 * way), in the language of the page.
 */
export const answerRewards: ShopperAnswer = async ({ store, customerId, language }, _asked, now) => {
  const { deps } = await services();
  const rewards = await storefrontRewards(deps, store, customerId, now);
  if (!rewards.ok) return problem(503, 'shop_away', translate(language, 'redeem.shop_away'));
  return shopperJson({ rewards: rewards.value.map((offered) => offeredWords(language, offered)) });
};

/** A reward on offer, and in words why it cannot be taken now. */
export const offeredWords = (
  language: Language,
  { reward, minPoints, refusal, items }: OfferedReward,
  reader?: Reader,
) => ({
  id: reward.id,
  kind: reward.kind,
  name: reward.name[language],
  points: minPoints,
  refused: refusal === null ? null : { kind: refusal.kind, reason: refusalText(language, refusal, reader) },
  ...(items === null ? {} : { items: items.map(({ variantId, name }) => ({ variant: variantId, name })) }),
});
