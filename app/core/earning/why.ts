import type { PlatformId } from '../values/ids';
import type { LocalizedText } from '../values/text';
import type { Rounding } from './section';

/** Why a whole order is worth no points, whatever is on it. */
export type WorthNothing =
  | 'test'
  | 'cancelled'
  | 'voided'
  | 'refunded'
  | 'no_member'
  | 'not_paid'
  | 'not_fulfilled'
  | 'earning_paused'
  | 'outside_window'
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
      /** What was paid for shipping, tax included, where shipping earns nothing; absent when it was free. */
      readonly shippingApartMinor?: number;
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
