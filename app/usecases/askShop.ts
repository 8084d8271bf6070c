import { fold, type ProductFacts } from '~/core/earning/conditions/condition';
import type { SoldVariant, WishCart } from '~/core/rewards/quote';
import { hasLines, variantsOf, type Reward } from '~/core/rewards/section';
import type { PlatformId } from '~/core/values/ids';
import { ok } from '~/core/values/result';
import type { Store } from '~/db/stores';
import type { Deps } from './deps';
import type { RedeemWish } from './redemptionDraft';

/** In which collections products are, by their ids. */
type Collections = ReadonlyMap<string, readonly string[]>;

/**
 * What a shop says before a reward is given: the customer's tags, how it sells a product, and in which
 * collections the cart's products are.
 */
export type ShopSaid = {
  readonly labels: readonly string[];
  readonly sold: SoldVariant | null;
  readonly collections: Collections;
};

/** Whether the shop has to be asked first. */
export const dependsOnShop = (reward: Reward, wish: RedeemWish): boolean =>
  reward.segmentIds.length > 0 || productIn(reward, wish) !== null || productsAsked(reward, wish).length > 0;

const productIn = (reward: Reward, { variantId = null }: RedeemWish): PlatformId | null =>
  variantId !== null && variantsOf(reward).includes(variantId) ? variantId : null;

/** The products of the cart, where it matters in which collections they are. */
const productsAsked = (reward: Reward, { cart }: RedeemWish): readonly PlatformId[] => {
  if (!hasLines(reward) || reward.lines?.kind !== 'collection') return [];
  return [...new Set((cart?.lines ?? []).flatMap(({ productId }) => productId ?? []))];
};

/** The cart with what the shop said of its lines. A product that the shop does not know is in no collection. */
export const withCollections = (cart: WishCart | null, known: Collections | undefined): WishCart | null =>
  cart?.lines === undefined || known === undefined
    ? cart
    : {
        ...cart,
        lines: cart.lines.map((line) => ({ ...line, collections: known.get(line.productId ?? '') ?? [] })),
      };

/** Asks the shop what a reward depends on; null: it does not answer. */
export const askShop = async (deps: Deps, store: Store, wish: RedeemWish, reward: Reward): Promise<ShopSaid | null> => {
  const platform = deps.platformOf(store);
  const variantId = productIn(reward, wish);
  const productIds = productsAsked(reward, wish);
  const [labels, sold, products] = await Promise.all([
    reward.segmentIds.length > 0 ? platform.readLabels([wish.customerId]) : ok(new Map<PlatformId, string[]>()),
    variantId === null ? ok(new Map<string, SoldVariant>()) : platform.readVariants([variantId]),
    productIds.length === 0 ? ok(new Map<string, ProductFacts>()) : platform.readProducts(productIds),
  ]);
  if (!labels.ok || !sold.ok || !products.ok) return null;
  return {
    labels: (labels.value.get(wish.customerId) ?? []).map(fold),
    sold: sold.value.get(variantId ?? '') ?? null,
    collections: new Map([...products.value].map(([id, { collections }]) => [id, collections])),
  };
};
