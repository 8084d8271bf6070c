import { translate } from '~/i18n/catalog';
import { services } from '~/process/services';
import { storefrontRewards } from '~/views/storefrontRewards';
import { storefrontSummary } from '~/views/storefrontSummary';
import { problem } from '../problem';
import { offeredWords } from '../shopper/rewards';
import { shopperJson, type ShopperAnswer } from '../shopper/shopper';

/** One customer as the counter shows them: the name, the program with their part in it, and the rewards on offer. */
export const answerMember: ShopperAnswer = async ({ store, customerId, language }, _asked, now) => {
  const { deps } = await services();
  const away = () => problem(503, 'shop_away', translate(language, 'redeem.shop_away'));
  const cards = await deps.platformOf(store).readCustomers(customerId === null ? [] : [customerId]);
  if (!cards.ok) return away();
  const [card] = cards.value;
  if (card === undefined) return problem(404, 'unknown_customer', translate(language, 'proxy.unknown_customer'));
  const summary = await storefrontSummary(deps, store, card.customerId, now);
  const rewards = await storefrontRewards(deps, store, card.customerId, now);
  if (!summary.ok || !rewards.ok) return away();
  return shopperJson({
    customer: card.customerId,
    name: card.displayName,
    ...summary.value,
    rewards: rewards.value.map((offered) => offeredWords(language, offered, 'staff')),
  });
};
