import { collectionOf } from '../admin-api/catalogue';
import { payable, type Devstore, type Discount, type Product } from '../process/state';

type Line = { readonly product: Product; readonly quantity: number };
type Class = 'order' | 'product' | 'shipping';

/** What Shopify counts a discount among: which discounts go together is asked by it. */
export const classOf = ({ shipping, items }: Pick<Discount, 'shipping' | 'items'>): Class =>
  shipping !== null ? 'shipping' : items === null ? 'order' : 'product';

/** Whether a discount takes something off this product, where it has no other discount of products. */
export const isFor = ({ items }: Pick<Discount, 'items'>, product: Product): boolean => {
  if (items === null) return true;
  const ids = { variant: product.variantId, product: product.id, collection: collectionOf(product.collection) };
  return items.ids.includes(ids[items.of]);
};

/** Splits an amount in proportion to weights; the parts sum to it. */
const spread = ({ shop }: Devstore, amount: number, weights: readonly number[]): readonly number[] => {
  let left = amount;
  let rest = sumOf(weights);
  return weights.map((weight) => {
    const part = rest === 0 ? 0 : payable(shop.currency, (left * weight) / rest);
    left -= part;
    rest -= weight;
    return part;
  });
};

const sumOf = (parts: readonly number[]): number => parts.reduce((sum, part) => sum + part, 0);

/**
 * What one discount takes off each line, of which so much may be taken. An amount is spread over all its lines and
 * their units; a percentage of products is counted line by line; of a product for what else is bought exactly one unit
 * is free.
 */
const offLines = (
  store: Devstore,
  discount: Pick<Discount, 'amountMinor' | 'percentage' | 'items' | 'buys'>,
  lines: readonly Line[],
  open: readonly number[],
): readonly number[] => {
  const { amountMinor, percentage, items, buys } = discount;
  const shareOf = (sum: number): number => payable(store.shop.currency, sum * (percentage ?? 0));
  if (percentage !== null && items !== null) return open.map(shareOf);
  const all = sumOf(open);
  const unit = lines.find(({ product }) => isFor(discount, product))?.product.priceMinor ?? 0;
  const off = buys !== null ? unit : percentage === null ? amountMinor : shareOf(all);
  return spread(store, Math.min(off, all), open);
};

/**
 * What each discount takes off each line: never more than the lines still cost. Discounts of products come first, and a
 * line takes one of them, the first; those of the order are counted from what is left.
 */
export const discountLines = (
  store: Devstore,
  lines: readonly Line[],
  discounts: readonly Pick<Discount, 'amountMinor' | 'percentage' | 'shipping' | 'items' | 'buys'>[],
): readonly (readonly number[])[] => {
  const left = lines.map(({ product, quantity }) => product.priceMinor * quantity);
  const taken = lines.map(() => false);
  const parts: (readonly number[])[] = discounts.map(() => lines.map(() => 0));
  const isLast = ({ items }: Pick<Discount, 'items'>): number => (items === null ? 1 : 0);
  for (const [index, discount] of [...discounts.entries()].sort(([, a], [, b]) => isLast(a) - isLast(b))) {
    const isOpen = ({ product }: Line, at: number): boolean =>
      isFor(discount, product) && !(discount.items !== null && taken[at] === true);
    const open = lines.map((line, at) => (isOpen(line, at) ? (left[at] ?? 0) : 0));
    const off = offLines(store, discount, lines, open);
    parts[index] = off;
    off.forEach((part, at) => {
      left[at] = (left[at] ?? 0) - part;
      if (discount.items !== null && part > 0) taken[at] = true;
    });
  }
  return parts;
};
