import type { FrozenLine } from './frozenLines';

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
