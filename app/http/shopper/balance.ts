import { services } from '~/process/services';
import { storefrontBalance } from '~/views/storefrontBalance';
import { shopperJson, signInFirst, type ShopperAnswer } from './shopper';

/** What the signed-in customer has now. */
export const answerBalance: ShopperAnswer = async ({ store, customerId, language }, _asked, now) => {
  if (customerId === null) return signInFirst(language);
  const { codes, ...balance } = await storefrontBalance((await services()).database, store, customerId, now);
  return shopperJson({ balance, codes });
};
