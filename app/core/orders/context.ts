import type { Instant } from '../values/instant';

/**
 * What of the program applied at an order. Frozen with the order when it is first evaluated, so that a
 * later version of the program never touches an old order.
 */
export type OrderContext = {
  readonly programVersion: number;
  /** `backfill`: the order is older than the program and earns by an explicit import, which named the version. */
  readonly via: 'instant' | 'backfill';
};

export type PublishedAt = { readonly version: number; readonly publishedAt: Instant };

/**
 * The context of an order: the version in force at its instant. An order from before the first version
 * has none, unless an import names one. A context that exists stays.
 */
export const contextAt = (
  known: OrderContext | null,
  orderInstant: Instant,
  versions: readonly PublishedAt[],
  backfillVersion: number | null,
): OrderContext | null => {
  if (known !== null) return known;
  const inForce = versions.filter(({ publishedAt }) => publishedAt <= orderInstant).reduce<number>((latest, { version }) => Math.max(latest, version), 0);
  if (inForce > 0) return { programVersion: inForce, via: 'instant' };
  return backfillVersion === null ? null : { programVersion: backfillVersion, via: 'backfill' };
};
