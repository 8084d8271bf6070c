import type { Rounding } from '../program/document';
import type { PlatformId } from '../values/ids';

/** Why a whole order is worth no points, whatever is on it. */
export type WorthNothing =
  'test' | 'cancelled' | 'voided' | 'refunded' | 'no_member' | 'not_paid' | 'not_fulfilled' | 'no_rate' | 'excluded' | 'before_program' | 'moved';

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
      /** Rounded once; the lines' points sum to it. */
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
      readonly amountMinor: number;
      readonly currency: string;
    }
  | { readonly v: 1; readonly kind: 'release'; readonly because: 'refused' | 'expired' | 'cancelled'; readonly words: string | null }
  | { readonly v: 1; readonly kind: 'late_use'; readonly order: string }
  | {
      readonly v: 1;
      readonly kind: 'return';
      readonly order: string;
      readonly because: 'units' | 'whole_order';
      readonly discountBackMinor: number;
      readonly discountMinor: number;
      readonly currency: string;
    };
