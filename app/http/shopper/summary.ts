import { translate } from '~/i18n/catalog';
import { services } from '~/process/services';
import { storefrontSummary } from '~/views/storefrontSummary';
import { problem } from '../problem';
import { shopperJson, type ShopperAnswer } from './shopper';

/** What Liquid reads from metafields, for pages without them: the program, and the member if any. */
export const answerSummary: ShopperAnswer = async ({ store, customerId, language }, _asked, now) => {
  const { deps } = await services();
  const summary = await storefrontSummary(deps, store, customerId, now);
  return summary.ok ? shopperJson(summary.value) : problem(503, 'shop_away', translate(language, 'redeem.shop_away'));
};
