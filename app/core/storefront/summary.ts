import type { StorefrontForm } from '../rewards/kind';
import type { Policies } from '../ledger/policies';
import type { Icon } from '../values/icons';
import type { TierGoal } from '../tiers/forecast';
import type { LocalizedText } from '../values/text';

/**
 * What the storefront paints without asking our server. Both are published as JSON metafields and
 * read by Liquid: keys are snake_case, because that is what merchants' theme code reads.
 */

/** Points and codes of a member, as the storefront shows them. */
export type MemberBalance = {
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
    /** The variant that goes into the cart with the code; left out: none. */
    readonly variant_id?: string;
    readonly ends_at: string;
    /** The last local day (yyyy-mm-dd) on which it can be used. */
    readonly last_day: string;
  }[];
};

/** Published to the customer's app-owned metafield `$app:loyalty`. */
export type MemberSummary = MemberBalance & {
  /** How the member's tier goes on; null: the program has none, or nobody can say yet. */
  readonly tier: {
    /** The tier the member has now; null: none. */
    readonly id: string | null;
    /** The last local day of it, if nothing is bought; null: it has no end. */
    readonly kept_until: string | null;
    /** What makes it last longer; null: nothing to say. */
    readonly keep: Omit<TierStep, 'done_percent'> | null;
    /** The next higher tier; null: there is none. */
    readonly next: TierStep | null;
  } | null;
};

/** What is still to be done for a tier: `missing` in minor units, points or orders, as `unit` says. */
export type TierStep = {
  readonly id: string;
  readonly missing: number;
  readonly unit: TierGoal['unit'];
  /** The last local day on which that suffices; null: any. Past it, the step is out of date and is not shown. */
  readonly by: string | null;
  /** The last local day of the tier then; null: for ever, or it depends. */
  readonly until: string | null;
  /** How much of the way is done, in whole percent. */
  readonly done_percent: number;
};

/** Published to the installation's app-data metafield `loyalty.program`. */
export type ProgramSummary = {
  readonly v: 1;
  readonly version: number;
  readonly currency: string;
  /** Minor units in one unit of the currency: 100 for EUR, 1 for JPY, 1000 for KWD. */
  readonly minor_per_unit: number;
  readonly names: { readonly program: LocalizedText; readonly point: LocalizedText; readonly points: LocalizedText };
  readonly look: {
    /** The colour of buttons, and of the text on them; null: those of the theme. */
    readonly accent: string | null;
    readonly on_accent: string | null;
    readonly icon: Icon | null;
  };
  /** The program has terms of its own. */
  readonly has_terms: boolean;
  /** What orders earn; null: nothing, because the currency has no rate or earning is paused. */
  readonly earn: EarnSummary | null;
  /** When points end. */
  readonly expiry: Policies['expiry'];
  /** The tiers, lowest first; null: the program has none. */
  readonly tiers: TiersSummary | null;
  /** Whether rewards are given, and the last local day on which they are; null: no end. */
  readonly redeeming: { readonly paused: boolean; readonly last_day: string | null };
  readonly rewards: readonly (StorefrontForm & {
    readonly id: string;
    readonly name: LocalizedText;
    /** What it is, in a sentence or two; null: its name says it all. */
    readonly description: LocalizedText | null;
    readonly minimum_subtotal_minor: number | null;
    /** Whether it goes with other discounts in the cart: of the whole order, of single products. */
    readonly combines_with_order_discounts: boolean;
    readonly combines_with_product_discounts: boolean;
    /** Of the shipping; two shipping codes never go together. */
    readonly combines_with_shipping_discounts: boolean;
    /** What the cheapest redemption takes off, in minor units; null: no sum of money. */
    readonly min_amount_minor: number | null;
    /** Only members of these tiers get it; none: everybody. */
    readonly tier_ids: readonly string[];
    /** Only customers with one of these tags, in lower case; left out: everybody. */
    readonly customer_tags?: readonly string[];
    /** The first and the last local day on which it is given; null: no such day. */
    readonly from: string | null;
    readonly to: string | null;
    /**
     * What it takes something off, where that is not the whole cart (`takes_off` is `product`, `apply` is `code`):
     * lines of these products, or of these collections. null: too many to say here. Left out: the whole cart.
     */
    readonly lines?: { readonly product_ids: readonly string[]; readonly collection_ids: readonly string[] } | null;
    /** Products to choose from, by variant, and by what the shop's addresses call them; left out: it is none. */
    readonly items?: readonly { readonly variant_id: string; readonly handle: string }[];
  })[];
};

/** The base rate in the store's currency: `points` for every `amount_minor` spent, and what else orders can bring. */
export type EarnSummary = {
  readonly points: number;
  readonly amount_minor: number;
  /** From one local day (yyyy-mm-dd) to another, null: no end. */
  readonly from: string | null;
  readonly to: string | null;
  /** How a fraction of a point is rounded. */
  readonly rounding: 'floor' | 'nearest' | 'ceil';
  /** When points are given, and the days until they can be spent. */
  readonly moment: 'paid' | 'fulfilled';
  readonly hold_days: number;
  /**
   * What the base rate says of a price. `exact`: so many points. `at_least`: bonus rules may add to them. `about`:
   * taxes or limits of points may take some away.
   */
  readonly certainty: 'exact' | 'at_least' | 'about';
  /** Products that earn nothing; null: too many to say here, so nothing is said of single products. */
  readonly exclude: {
    readonly product_ids: readonly string[];
    readonly collection_ids: readonly string[];
    readonly tags: readonly string[];
    readonly types: readonly string[];
    readonly vendors: readonly string[];
    readonly sale_items: boolean;
    /** Customers with one of these tags earn nothing. */
    readonly customer_tags: readonly string[];
  } | null;
  /** Bonus rules that are on, by the merchant's names: a multiple of the points (20,000 is twice), or so many more. */
  readonly bonuses: readonly {
    readonly name: LocalizedText;
    readonly basis_points: number | null;
    readonly points: number | null;
    /** Whatever is bought; else it counts for some orders, which the name has to tell. */
    readonly is_for_every_order: boolean;
    /** The first and the last local day on which it counts; null: no such day. */
    readonly from: string | null;
    readonly to: string | null;
  }[];
};

/** The tiers as shoppers see them. */
export type TiersSummary = {
  /** What thresholds count: minor units of `currency`, points or orders. */
  readonly unit: TierGoal['unit'];
  readonly currency: string;
  /** Over which time: `lifetime`, a calendar year, or so many months. */
  readonly window: 'lifetime' | 'calendar_year' | 'rolling_months';
  readonly months: number | null;
  readonly levels: readonly {
    readonly id: string;
    readonly name: LocalizedText;
    /** null: staff gives it. */
    readonly threshold: number | null;
    readonly color: string | null;
    /** The colour of text on it. */
    readonly on_color: string | null;
    readonly icon: Icon | null;
    /** Points for reaching it; null: none. */
    readonly entry_points: number | null;
    /** Its members' orders earn this multiple of the points (15,000 is 1.5 times); null: once. */
    readonly basis_points: number | null;
    /** What the goods cost at least, and the dearest rate that is free, in minor units (null: any). null: not free. */
    readonly free_shipping: { readonly minimum_minor: number | null; readonly max_rate_minor: number | null } | null;
    readonly priority_support: boolean;
    /** What the merchant promises in words. */
    readonly words: readonly LocalizedText[];
  }[];
};
