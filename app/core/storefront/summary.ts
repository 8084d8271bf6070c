import type { StorefrontForm } from '../rewards/kind';
import type { LocalizedText } from '../values/text';

/**
 * What the storefront paints without asking our server. Both are published as JSON metafields and
 * read by Liquid: keys are snake_case, because that is what merchants' theme code reads.
 */

/** Published to the customer's app-owned metafield `$app:loyalty`. */
export type MemberSummary = {
  readonly v: 1;
  /** Spendable points, never below 0. */
  readonly available: number;
  readonly pending: number;
  readonly debt: number;
  /** Points that lapse next, and the local date (yyyy-mm-dd) after which they are gone. */
  readonly expiring: { readonly points: number; readonly on: string } | null;
  /**
   * Points of codes that were given back or have ended, and come back by a moment: `by` in local time
   * (yyyy-mm-ddThh:mm), and as seconds since 1970, by which a page sees that it is later already. null: none.
   */
  readonly returning: { readonly points: number; readonly by: string; readonly by_epoch: number } | null;
  /** Codes the member holds and has not used yet. */
  readonly codes: readonly {
    readonly redemption_id: string;
    readonly reward_id: string;
    readonly code: string;
    readonly points: number;
    /** Money the code takes off; null: no sum of money (free shipping). */
    readonly amount_minor: number | null;
    readonly ends_at: string;
  }[];
};

/** Published to the installation's app-data metafield `loyalty.program`. */
export type ProgramSummary = {
  readonly v: 1;
  readonly version: number;
  readonly currency: string;
  /** Minor units in one unit of the currency: 100 for EUR, 1 for JPY, 1000 for KWD. */
  readonly minor_per_unit: number;
  readonly names: { readonly program: LocalizedText; readonly point: LocalizedText; readonly points: LocalizedText };
  /** The base rate in the store's currency: `points` for every `amount_minor` spent; null if the currency has none. */
  readonly earn: { readonly points: number; readonly amount_minor: number } | null;
  readonly rewards: readonly (StorefrontForm & {
    readonly id: string;
    readonly name: LocalizedText;
    readonly minimum_subtotal_minor: number | null;
    /** Whether it goes with other discounts in the cart: of the whole order, of single products. */
    readonly combines_with_order_discounts: boolean;
    readonly combines_with_product_discounts: boolean;
    /** Of the shipping; two shipping codes never go together. */
    readonly combines_with_shipping_discounts: boolean;
  })[];
};
