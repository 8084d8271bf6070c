import type { GrantKind } from '../rewards/grants';
import type { LocalizedText } from '../storefront/summary';
import type { Rounding } from '../program/document';
import type { PlatformId } from '../values/ids';

/** Why a whole order is worth no points, whatever is on it. */
export type WorthNothing =
  | 'test'
  | 'cancelled'
  | 'voided'
  | 'refunded'
  | 'no_member'
  | 'not_paid'
  | 'not_fulfilled'
  | 'no_rate'
  | 'excluded'
  | 'before_program'
  | 'moved';

export type LineWhy = {
  /** null is shipping. */
  readonly lineId: PlatformId | null;
  readonly title: string;
  /** Units evaluated, of `of` ever ordered; `basisMinor` is what all `of` units earn on. */
  readonly units: number;
  readonly refundedUnits: number;
  readonly basisMinor: number;
  readonly of: number;
  readonly points: number;
  /** Ids of the rules that multiplied it, and by how much all together (basis points); absent at 1×. */
  readonly times?: {
    readonly basisPoints: number;
    readonly exclusive: string | null;
    readonly additive: readonly string[];
  };
};

/** A bonus rule that took part, as it was named and set then. */
export type BonusWhy = {
  readonly id: string;
  readonly name: LocalizedText;
  readonly stacking: 'exclusive' | 'additive';
  /** Of a multiplier, in basis points; of a fixed number, points. */
  readonly effect:
    { readonly kind: 'multiply'; readonly basisPoints: number } | { readonly kind: 'add'; readonly points: number };
};

/** A cap that took something: its limit, and what earlier orders had used of it. */
export type CapWhy = {
  readonly kind: 'order' | 'day' | 'month' | 'lifetime';
  readonly limit: number;
  readonly used: number;
};

/** The arithmetic of an order's points, complete enough to be done again by hand. */
export type OrderWhy = {
  readonly v: 1;
  readonly kind: 'order';
  /** The number people use, such as "#1001". */
  readonly order: string;
  readonly programVersion: number | null;
  readonly currency: string;
} & (
  | { readonly worth: 'nothing'; readonly because: WorthNothing }
  | {
      readonly worth: 'points';
      readonly rate: { readonly points: number; readonly amountMinor: number };
      readonly rounding: Rounding;
      /** Σ basis of all lines: `minor` ÷ `per` minor units. */
      readonly basis: { readonly minor: number; readonly per: number };
      /** The bonus rules that took part; absent when there were none. */
      readonly bonuses?: readonly BonusWhy[];
      /** What rounding gave before the caps, and the caps that bound; absent when none did. */
      readonly uncapped?: number;
      readonly caps?: readonly CapWhy[];
      /** Rounded once, then capped; the lines' points sum to it. */
      readonly total: number;
      readonly lines: readonly LineWhy[];
      /** null while nothing was refunded. `unitsLeft` is what the units not refunded earned. */
      readonly refund: {
        readonly unitsLeft: number;
        readonly moneyBackMinor: number;
        readonly moneyLeft: { readonly minor: number; readonly per: number } | null;
      } | null;
      readonly entitlement: number;
    }
);

/** Why an entry exists. Stored with it, rendered in words by the surfaces. */
export type Why =
  | (OrderWhy & { readonly before: number })
  | {
      readonly v: 1;
      readonly kind: 'redemption';
      readonly rewardId: string;
      readonly programVersion: number;
      /** What it turned into; entries from before there was more than one kind name none: an amount off. */
      readonly grant?: GrantKind;
      /** null: no sum of money. */
      readonly amountMinor: number | null;
      readonly currency: string | null;
    }
  | {
      readonly v: 1;
      readonly kind: 'release';
      readonly because: 'refused' | 'expired' | 'cancelled';
      readonly words: string | null;
    }
  | { readonly v: 1; readonly kind: 'late_use'; readonly order: string }
  | {
      readonly v: 1;
      readonly kind: 'return';
      readonly order: string;
      readonly because: 'units' | 'whole_order';
      readonly discountBackMinor: number;
      readonly discountMinor: number;
      readonly currency: string;
    }
  /** Points lapsed: of the lot opened on one day (yyyy-mm-dd), usable to the end of another. */
  | {
      readonly v: 1;
      readonly kind: 'expiry';
      readonly policy: 'after_months' | 'inactivity_months' | 'grace';
      readonly earnedOn: string;
      readonly lastDay: string;
    }
  /** Lapsed points that come back because an activity before their end became known later. */
  | { readonly v: 1; readonly kind: 'late_activity'; readonly activeOn: string }
  /**
   * Staff, or a client of the API, corrected the balance. The member reads `reason`; `by` ("Anna", "staff 123") and
   * `note` are for staff, and are not there in what members read.
   */
  | {
      readonly v: 1;
      readonly kind: 'adjustment';
      readonly reason: string;
      readonly by?: string;
      readonly note?: string;
    }
  | { readonly v: 1; readonly kind: 'merge'; readonly side: 'from' | 'to'; readonly other: string }
  | {
      readonly v: 1;
      readonly kind: 'tier_reward';
      readonly tierId: string;
      readonly name: LocalizedText;
      readonly programVersion: number;
    }
  /** The facts say by now that the tier was never reached. */
  | { readonly v: 1; readonly kind: 'tier_reward_undone'; readonly tierId: string; readonly name: LocalizedText }
  /** `setTo`: the balance that the file says, where the member was set to it; what moved is the difference. */
  | {
      readonly v: 1;
      readonly kind: 'import';
      readonly source: string;
      readonly line: number;
      readonly note: string | null;
      readonly setTo?: number;
    }
  /** A file was taken back as a whole. */
  | { readonly v: 1; readonly kind: 'import_undone'; readonly source: string };

/**
 * A reason as the member may read it: who of the staff it was, what staff noted for itself, and the words with which
 * the platform refused a code (they are for the merchant, in the platform's language) stay inside.
 */
export const whyForMember = (why: Why): Why => {
  if (why.kind === 'adjustment') return { v: why.v, kind: why.kind, reason: why.reason };
  return why.kind === 'release' ? { ...why, words: null } : why;
};
