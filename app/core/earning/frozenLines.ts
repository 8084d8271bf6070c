import { readyEarning } from './compile';
import type { ProductFacts } from './conditions/condition';
import type { OrderLine, OrderSnapshot } from '../orders/snapshot';
import type { PlatformId } from '../values/ids';
import type { EarningDocument } from './section';

/**
 * What rules may ask of one line, frozen when the line is first seen (rules §2.9): the platform takes the ids from a
 * line whose product is deleted, and a product may change its tags, collections and price at any time.
 */
export type FrozenLine = {
  readonly productId: PlatformId | null;
  readonly vendor: string | null;
  readonly type: string | null;
  readonly tags: readonly string[];
  readonly collections: readonly string[];
  /** The variant cost less than its compare-at price. */
  readonly onSale: boolean;
  /** No rule asked for what the platform alone knows of the product: it was not read. */
  readonly unread?: true;
};

export type FrozenLines = Readonly<Record<string, FrozenLine>>;

/** Whether the rules of a document ask for what the platform alone knows of products. */
export const asksOfProducts = (document: EarningDocument): boolean => readyEarning(document).needs.has('products');

/** Whether the rules of a document ask anything of lines, so that it has to be frozen. */
export const asksOfLines = (document: EarningDocument): boolean => {
  const { excludes, byKey, needs } = readyEarning(document);
  return excludes !== null || byKey.size > 0 || needs.has('products');
};

/**
 * The lines of an order as they are frozen, those of `frozen` first. A line that was only ever seen without its product
 * is learned from whatever state names it, so that the order in which states come does not matter; one whose product
 * nobody asked for so far is read when a rule does. `factsOf` answers what the platform said of a product; null: it has
 * none. The same object when there is nothing new.
 */
export const freezeLines = (
  frozen: FrozenLines | undefined,
  states: readonly OrderSnapshot[],
  asksProducts: boolean,
  factsOf: (productId: PlatformId) => ProductFacts | null | undefined,
): FrozenLines => {
  const added: Record<string, FrozenLine> = {};
  for (const line of states.flatMap(({ lines }) => lines)) {
    const known = added[line.lineId] ?? frozen?.[line.lineId];
    const isUnread = asksProducts && known?.unread === true;
    if (known !== undefined && (known.productId !== null || line.productId === null) && !isUnread) continue;
    const productId = known?.productId ?? line.productId;
    const facts = productId === null || !asksProducts ? null : factsOf(productId);
    if (facts === undefined) continue;
    const made = freezeLine({ ...line, productId }, facts);
    added[line.lineId] = productId === null || asksProducts ? made : { ...made, unread: true };
  }
  return frozen !== undefined && Object.keys(added).length === 0 ? frozen : { ...frozen, ...added };
};

const freezeLine = ({ productId, variantId, vendor }: OrderLine, facts: ProductFacts | null): FrozenLine => ({
  productId,
  vendor,
  type: facts?.type ?? null,
  tags: facts?.tags ?? [],
  collections: facts?.collections ?? [],
  onSale: variantId !== null && (facts?.saleVariants.includes(variantId) ?? false),
});
