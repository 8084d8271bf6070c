/** A line of a cart for the app: what it comes to after the discounts of its own, and whether it has any. */
export type SeenLine = {
  /** null: it is of no product. */
  readonly product: string | null;
  readonly amountMinor: number;
  readonly discounted: boolean;
};

/** What the app is told of a cart, in minor units. `remainingMinor`: what is left to pay of the goods. */
export type SeenCart = {
  readonly subtotalMinor: number;
  readonly remainingMinor: number;
  readonly currency: string;
  readonly discounts: readonly ('order' | 'product')[];
  /** What is in it; left out: nobody says. */
  readonly lines?: readonly SeenLine[];
};

type Money = { readonly amount: number; readonly currencyCode: string };
type Allocation = { readonly discountedAmount: Money };
/** A line of a checkout, as far as it is read here. */
export type CheckoutLine = {
  readonly quantity: number;
  readonly merchandise: { readonly id: string; readonly product: { readonly id: string } };
  /** After discounts of the line, before those of the order. */
  readonly cost: { readonly totalAmount: Money };
  readonly discountAllocations: readonly Allocation[];
};

/** The currency that lines of a checkout or an order are shown in; null: there are none. */
export const currencyOf = ([line]: readonly CheckoutLine[]): string | null =>
  line?.cost.totalAmount.currencyCode ?? null;

/** The digits of a platform's id: "gid://shopify/Order/12" is 12. */
export const numberOf = (id: string): string => /(\d+)\D*$/.exec(id)?.[1] ?? '';

/** What a checkout comes to for the app. A discount of the shipping counts as one of the order: too little is left. */
export const seenCart = (
  lines: readonly CheckoutLine[],
  ofOrder: readonly Allocation[],
  currency: string,
  minorPerUnit: number,
): SeenCart => {
  const minor = (amount: number): number => Math.round(amount * minorPerUnit);
  const seen = lines.map(({ merchandise, cost, discountAllocations }) => ({
    product: numberOf(merchandise.product.id),
    amountMinor: minor(cost.totalAmount.amount),
    discounted: discountAllocations.length > 0,
  }));
  const subtotalMinor = seen.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const off = ofOrder.reduce((sum, { discountedAmount }) => sum + minor(discountedAmount.amount), 0);
  return {
    subtotalMinor,
    remainingMinor: Math.max(0, subtotalMinor - off),
    currency,
    discounts: [
      ...(ofOrder.length > 0 ? (['order'] as const) : []),
      ...(seen.some(({ discounted }) => discounted) ? (['product'] as const) : []),
    ],
    lines: seen,
  };
};

/**
 * The lines of an order as the app quotes them. It quotes by what is listed: of an order with discounts nobody can say
 * what it brings before it is placed, so that nothing is asked.
 */
export const quotedLines = (lines: readonly CheckoutLine[], ofOrder: readonly Allocation[]) =>
  ofOrder.length > 0 || lines.some(({ discountAllocations }) => discountAllocations.length > 0)
    ? []
    : lines.map(({ merchandise, quantity }) => ({ variant: numberOf(merchandise.id), quantity }));
