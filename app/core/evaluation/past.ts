import type { Caps } from '../earning/bonusSchema';
import type { UsedCaps } from '../earning/context';
import { tierClockOf, tiersSince, type KeptClock, type TierClock, type TierOverride } from '../tiers/clock';
import type { TierDocument } from '../tiers/section';
import { instant, type Instant } from '../values/instant';
import type { Version } from '../values/version';
import { startEarlier, type KeptEarlier } from './earlier';
import type { OrderFacts } from './facts';

/**
 * What a member's orders placed by a moment come to. A function of their facts, of the versions and of what staff gave:
 * it holds until one of these changes at or before that moment.
 */
export type Checkpoint = { readonly until: Instant; readonly earlier: KeptEarlier; readonly clock: KeptClock };

/** What a member's orders come to while time goes on: never back. */
export type Past = {
  /** Adds an order; the one that was placed first is added first. */
  readonly learn: (order: OrderFacts) => void;
  /** Goes on to a moment, facts at that very moment included, and answers the tier then. */
  readonly advance: (to: Instant) => string | null;
  /** The number of an order placed at a moment: 1 where none counts before it. */
  readonly numberAt: (moment: Instant) => number;
  /** What they used of the caps that there are, for an order placed at a moment in a store of that zone. */
  readonly usedAt: (moment: Instant, zone: string, caps: Caps) => UsedCaps;
  readonly clock: Pick<TierClock, 'changes' | 'reached' | 'nextChangeAt'>;
  /** The checkpoint that was asked for; null where time did not go on beyond its moment. */
  readonly checkpoint: () => Checkpoint | null;
};

/** From where a past begins (null: before any order), and at which moment a checkpoint is wanted. */
export type PastAsked = { readonly from?: Checkpoint | null; readonly keptAt?: Instant | null };

/** Starts a member's past. */
export const startPast = (
  versions: readonly Version<TierDocument>[],
  overrides: readonly TierOverride[],
  { from = null, keptAt = null }: PastAsked = {},
): Past => {
  const clock = tierClockOf(versions, overrides, from?.clock);
  const earlier = startEarlier(from?.earlier);
  let checkpoint: Checkpoint | null = null;
  const keep = (until: Instant): void => {
    clock.advance(until);
    checkpoint = { until, earlier: earlier.keep(until), clock: clock.keep() };
  };
  return {
    learn: (order) => {
      earlier.add(order);
      clock.add(order);
    },
    advance: (to) => {
      if (keptAt !== null && checkpoint === null && to > keptAt) keep(keptAt);
      return clock.advance(to);
    },
    numberAt: earlier.numberAt,
    usedAt: earlier.usedAt,
    clock,
    checkpoint: () => checkpoint,
  };
};

/** How many orders are read one by one behind a checkpoint, and how many a new one leaves behind itself. */
export type HistoryLimits = { readonly most: number; readonly left: number };

/**
 * The orders that are still refunded and overtaken are mostly among the last ones, and a checkpoint costs a row of its
 * own to write: most orders of a long history meet one that holds.
 */
export const historyLimits: HistoryLimits = { most: 96, left: 32 };

/**
 * The moment at which a checkpoint is worth keeping for a member with orders placed at these moments (beyond the last
 * one); null: there are few. Not before the tiers became what they are: it is never judged by others.
 */
export const checkpointAt = (
  placed: readonly Instant[],
  versions: readonly Version<TierDocument>[],
  { most, left }: HistoryLimits,
): Instant | null => {
  const last = placed.length <= most ? undefined : [...placed].sort((a, b) => a - b).at(-1 - left);
  return last === undefined ? null : instant(Math.max(last, tiersSince(versions)));
};
