import type { PlatformId } from '../values/ids';
import type { Instant } from '../values/instant';

/** How far an order is paid. `authorized` is money reserved, `partially_paid` is kept but not settled. */
export type FinancialStatus =
  'pending' | 'authorized' | 'partially_paid' | 'paid' | 'partially_refunded' | 'refunded' | 'voided';

export type FulfillmentStatus = 'none' | 'partial' | 'fulfilled';

/** One share of a discount that fell on a line or on shipping; `code` is null for automatic discounts. */
export type DiscountShare = {
  readonly code: string | null;
  readonly amountMinor: number;
};

/**
 * One line of an order. All money is in minor units of the order's currency and for the whole line.
 * The amount the line was sold for is `listMinor` less its discounts; it holds the tax when the
 * order's taxes are included.
 */
export type OrderLine = {
  readonly lineId: PlatformId;
  readonly productId: PlatformId | null;
  readonly variantId: PlatformId | null;
  readonly title: string;
  readonly vendor: string | null;
  /** Units ever ordered on this line. */
  readonly quantity: number;
  /** Units left after refunds and edits. */
  readonly currentQuantity: number;
  /** Price × quantity before any discount. */
  readonly listMinor: number;
  readonly discounts: readonly DiscountShare[];
  readonly taxMinor: number;
  readonly giftCard: boolean;
  readonly tip: boolean;
};

/** What the customer was charged for shipping, all shipping lines together. */
export type ShippingCharge = {
  readonly listMinor: number;
  readonly discounts: readonly DiscountShare[];
  readonly taxMinor: number;
};

export type RefundLine = {
  readonly lineId: PlatformId;
  readonly quantity: number;
  readonly subtotalMinor: number;
  readonly taxMinor: number;
};

/** One refund as the order lists it. */
export type OrderRefund = {
  readonly refundId: PlatformId;
  /** When the refund was processed (else created). */
  readonly at: Instant;
  readonly lines: readonly RefundLine[];
  /** Shipping given back, as a positive amount; the tax is beside it, or in it when taxes are included. */
  readonly shippingMinor: number;
  readonly shippingTaxMinor: number;
  /**
   * Σ of the order adjustments that are no shipping refund, signed as the platform signs them (money given back is
   * negative).
   */
  readonly adjustmentMinor: number;
};

/**
 * Our normalised form of a platform order: everything the rules of loyalty may ask, nothing personal.
 * Money is shop money, never presentment money. Lines are in ascending line id.
 */
export type OrderSnapshot = {
  readonly orderId: PlatformId;
  /** The number people use, such as "#1001". */
  readonly name: string;
  /** ISO 4217 code of the shop's money. */
  readonly currency: string;
  /** The order's own moment: `processed_at`, else `created_at`. Everything "at the order" is asked at it. */
  readonly instant: Instant;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly cancelledAt: Instant | null;
  readonly test: boolean;
  readonly customerId: PlatformId | null;
  /** Keyed hash of the order's e-mail address; null when it has none. */
  readonly emailHash: string | null;
  readonly channel: string | null;
  readonly financialStatus: FinancialStatus;
  readonly fulfillmentStatus: FulfillmentStatus;
  readonly taxesIncluded: boolean;
  readonly discountCodes: readonly string[];
  readonly lines: readonly OrderLine[];
  readonly shipping: ShippingCharge;
  readonly refunds: readonly OrderRefund[];
};
