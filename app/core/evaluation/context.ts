import type { OrderContext } from '../earning/context';
import type { Instant } from '../values/instant';
import type { PublishedAt } from '../values/version';

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
