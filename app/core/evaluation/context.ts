import type { FrozenLine } from './frozenLines';
import type { Instant } from '../values/instant';

/** Points that earlier orders used of the period caps, at the order; only of those that the program has. */
export type UsedCaps = { readonly day?: number; readonly month?: number; readonly lifetime?: number };

/**
 * What of the program and of the member applied at an order. A function of the order's own instant and of the
 * member's facts before it; kept with the order, so that a later version of the program never touches an old
 * order. What the program does not ask for is left out.
 */
export type OrderContext = {
  readonly programVersion: number;
  /** `backfill`: the order is older than the program and earns by an explicit import, which named the version. */
  readonly via: 'instant' | 'backfill';
  /** The member's tier at the order; null for none. */
  readonly tier?: string | null;
  /** 1 for the member's first order. */
  readonly orderNumber?: number;
  readonly used?: UsedCaps;
  /** What rules ask of the lines, by line id; read once and frozen: a product that is deleted later changes nothing. */
  readonly lines?: Readonly<Record<string, FrozenLine>>;
  /** Which of the labels that rules ask for the member carried in the store, folded and sorted. */
  readonly labels?: readonly string[];
};

export type PublishedAt = { readonly version: number; readonly publishedAt: Instant };

/**
 * The version part of an order's context: the version in force at its instant. An order from before the first
 * version has none, unless an import names one. A context that exists keeps its version.
 */
export const contextAt = (
  known: OrderContext | null,
  orderInstant: Instant,
  versions: readonly PublishedAt[],
  backfillVersion: number | null,
): OrderContext | null => {
  if (known !== null) return known;
  const inForce = versions
    .filter(({ publishedAt }) => publishedAt <= orderInstant)
    .reduce<number>((latest, { version }) => Math.max(latest, version), 0);
  if (inForce > 0) return { programVersion: inForce, via: 'instant' };
  return backfillVersion === null ? null : { programVersion: backfillVersion, via: 'backfill' };
};
