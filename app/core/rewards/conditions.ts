import { z } from 'zod';
import { documentId, localDays, placeIn, type LocalDays } from '../values/fields';
import type { Instant } from '../values/instant';
import { localizedWords, type LocalizedText } from '../values/text';
import { addDays, addMonths, isoDateOf, localClockOf, localDateOf, startOfDay, type LocalDate } from '../values/zone';

/** The local times in which a member may take a reward so many times; weeks begin on Monday. */
export const limitPeriods = ['day', 'week', 'month', 'year', 'ever'] as const;
export type LimitPeriod = (typeof limitPeriods)[number];

/** For whom a reward is, when, and how often: the same for every kind. Local days are those of the program's zone. */
export const conditionFields = {
  /** What members read below the name. */
  description: localizedWords(200).nullable().default(null),
  /** Members in one of these tiers; empty: everybody. */
  tierIds: z.array(documentId).max(20).default([]),
  /** Members in one of these segments, by the tags that the shop has of them now; empty: everybody. */
  segmentIds: z.array(documentId).max(20).default([]),
  /** The first and the last local day on which it is on offer; null: always. */
  window: localDays.nullable().default(null),
  /** How often it can be taken; what was given back does not count. */
  limits: z
    .strictObject({
      perMember: z.strictObject({ count: z.int().min(1).max(1000), per: z.enum(limitPeriods) }).nullable(),
      total: z.int().min(1).max(1_000_000).nullable(),
    })
    .default({ perMember: null, total: null }),
};

export type RewardConditions = {
  readonly description: LocalizedText | null;
  readonly tierIds: readonly string[];
  readonly segmentIds: readonly string[];
  readonly window: LocalDays | null;
  readonly limits: {
    readonly perMember: { readonly count: number; readonly per: LimitPeriod } | null;
    readonly total: number | null;
  };
};

/** For everybody, always, as often as they like: what a new reward begins with. */
export const unconditional = {
  description: null,
  tierIds: [],
  segmentIds: [],
  window: null,
  limits: { perMember: null, total: null },
} satisfies RewardConditions;

/** Who asks for a reward, as far as its conditions ask. */
export type RewardAsker = {
  readonly tier: string | null;
  /** The segments of the document that the member is in. */
  readonly segments: readonly string[];
  /** When the member took the reward before; released ones are left out. */
  readonly takenAt: readonly Instant[];
  /** How often it was taken by anybody; released ones are left out. */
  readonly takenInTotal: number;
};

export type ConditionRefusal =
  | { readonly kind: 'not_yet'; readonly from: string }
  | { readonly kind: 'over'; readonly to: string }
  | { readonly kind: 'other_tier'; readonly tierIds: readonly string[] }
  | { readonly kind: 'other_segment' }
  /** `again`: the local day from which on it can be taken again; null: never. */
  | { readonly kind: 'limit_reached'; readonly count: number; readonly per: LimitPeriod; readonly again: string | null }
  | { readonly kind: 'all_taken' }
  /** There is none left of it at the moment. */
  | { readonly kind: 'sold_out' };

/** How many there are of a reward in all; left out or null: no end. */
type Stocked = { readonly stock?: number | null };

/** Which condition of a reward a member does not meet at a moment; null: all are met. */
export const unmetCondition = (
  { window, tierIds, segmentIds, limits, stock = null }: RewardConditions & Stocked,
  asker: RewardAsker,
  zone: string,
  now: Instant,
): ConditionRefusal | null => {
  const today = localClockOf(now, zone).isoDate;
  const place = placeIn(window, today);
  if (place === 'before') return { kind: 'not_yet', from: window?.from ?? today };
  if (place === 'after') return { kind: 'over', to: window?.to ?? today };
  if (tierIds.length > 0 && (asker.tier === null || !tierIds.includes(asker.tier)))
    return { kind: 'other_tier', tierIds };
  if (segmentIds.length > 0 && !asker.segments.some((id) => segmentIds.includes(id))) return { kind: 'other_segment' };
  const own = limits.perMember === null ? null : reachedLimit(limits.perMember, asker.takenAt, zone, now);
  if (own !== null) return own;
  if (limits.total !== null && asker.takenInTotal >= limits.total) return { kind: 'all_taken' };
  return stock !== null && asker.takenInTotal >= stock ? { kind: 'sold_out' } : null;
};

/** How often a reward can be taken by all members together; null: without end. */
export const limitForAll = ({ limits, stock = null }: Pick<RewardConditions, 'limits'> & Stocked): number | null =>
  limits.total === null || stock === null ? (limits.total ?? stock) : Math.min(limits.total, stock);

/** Whether it matters how often a reward was taken by anybody. */
export const countsAll = (reward: Pick<RewardConditions, 'limits'> & Stocked): boolean => limitForAll(reward) !== null;

const reachedLimit = (
  { count, per }: NonNullable<RewardConditions['limits']['perMember']>,
  takenAt: readonly Instant[],
  zone: string,
  now: Instant,
): ConditionRefusal | null => {
  const period = periodAt(per, now, zone);
  const since = period === null ? null : startOfDay(period.first, zone);
  const taken = takenAt.filter((at) => since === null || at >= since).length;
  if (taken < count) return null;
  return { kind: 'limit_reached', count, per, again: period === null ? null : isoDateOf(period.next) };
};

/** The local period around a moment: its first day, and the first day of the next; null: it never ends. */
const periodAt = (
  per: LimitPeriod,
  now: Instant,
  zone: string,
): { readonly first: LocalDate; readonly next: LocalDate } | null => {
  const today = localDateOf(now, zone);
  switch (per) {
    case 'day':
      return { first: today, next: addDays(today, 1) };
    case 'week': {
      const first = addDays(today, 1 - localClockOf(now, zone).weekday);
      return { first, next: addDays(first, 7) };
    }
    case 'month': {
      const first = { ...today, day: 1 };
      return { first, next: addMonths(first, 1) };
    }
    case 'year': {
      const first = { ...today, month: 1, day: 1 };
      return { first, next: addMonths(first, 12) };
    }
    case 'ever':
      return null;
  }
};
