import { instant, type Instant } from '../values/instant';
import type { Version } from '../values/version';
import { invariant } from '../values/result';
import { isoDateOf, localDateOf, startOfDay } from '../values/zone';
import { tierClockOf, type KeptClock, type TierClock, type TierOverride } from './clock';
import type { Contribution } from './metric';
import type { TierDocument, TierLevel, Tiers } from './section';
import { periodOf } from './windows';

/**
 * What of a member's past the forecast reads: `kept`, where the clock stood before these orders; null: at the start.
 */
export type TierPast = {
  readonly overrides: readonly TierOverride[];
  readonly kept: KeptClock | null;
  readonly orders: readonly Contribution[];
};

/** What is still to be done for a tier. Days are local ones (yyyy-mm-dd). */
export type TierGoal = {
  readonly tierId: string;
  /** How much more: minor units of the tiers' currency, points or orders, as `unit` says. */
  readonly missing: number;
  readonly unit: Tiers['metric'];
  /** The last day on which that still suffices; null: nothing is lost by waiting. */
  readonly by: string | null;
  /** The last day of the tier then; null: for ever, or it depends on the day. */
  readonly until: string | null;
};

/** How a member's tier goes on if nothing is bought, and what would change it (7.A6). */
export type TierForecast = {
  readonly tierId: string | null;
  /** What the metric comes to by now. */
  readonly metric: number;
  /** The last local day of the tier; null: it has no end, or there is no tier. */
  readonly keptUntil: string | null;
  /** What makes the tier last longer; null: nothing that can be said by now. */
  readonly keep: TierGoal | null;
  /** The next higher tier; null: there is none, or only staff gives it. */
  readonly next: TierGoal | null;
};

type Versions = readonly Version<TierDocument>[];

/**
 * Says how a member's tier goes on from a moment, by the program of that moment; null: it has no tiers. While a tier
 * that staff gave is in force, nothing that is bought changes it: then there are no goals.
 */
export const forecastTier = (published: Versions, past: TierPast, at: Instant): TierForecast | null => {
  const versions = knownBy(published, at);
  const { tiers = null, timeZone = 'UTC' } = versions.at(-1)?.document ?? {};
  if (tiers === null) return null;
  const clock = tierClockOf(versions, past.overrides, past.kept);
  for (const order of past.orders) clock.add(order);
  const tierId = clock.advance(at);
  const metric = clock.metric();
  const copied = (): TierClock => tierClockOf(versions, past.overrides, clock.keep());
  const end = endOfTier(copied(), tiers, tierId);
  const forecast = { tierId, metric, keptUntil: lastDayBefore(end, timeZone) };
  if (past.overrides.some(({ from, until }) => from <= at && (until === null || at < until)))
    return { ...forecast, keep: null, next: null };

  // A goal is tried out: what is missing, bought on the last day, and the clock run on.
  const goal = ({ id, threshold }: TierLevel, before: Instant | null): TierGoal & { readonly end: Instant | null } => {
    const missing = (threshold ?? 0) - metric;
    const by = lastDayBefore(before, timeZone);
    const then = copied();
    const bought = before === null ? at : instant(Math.max(at, startOfDay(dayBefore(before, timeZone), timeZone)));
    then.add(orderOf(missing, bought, tiers));
    then.advance(bought);
    const ends = endOfTier(then, tiers, id);
    const until = before === null ? null : lastDayBefore(ends, timeZone);
    return { tierId: id, missing, unit: tiers.metric, by, until, end: ends };
  };
  const falls = tiers.window.kind === 'calendar_year' ? periodOf(at, tiers, timeZone).until : clock.fallsAt();
  const own = tiers.levels.findIndex(({ id }) => id === tierId);
  const next = tiers.levels.find(({ threshold }, index) => index > own && threshold !== null);
  return {
    ...forecast,
    keep: keepingGoal(tiers.levels[own], metric, end, (level) => goal(level, earlier(falls, end))),
    next: next === undefined ? null : withoutEnd(goal(next, falls)),
  };
};

const withoutEnd = ({ tierId, missing, unit, by, until }: TierGoal): TierGoal => ({ tierId, missing, unit, by, until });

// A tier that is reached now, or that would end on the same day all the same, needs no more.
const keepingGoal = (
  level: TierLevel | undefined,
  metric: number,
  end: Instant | null,
  goal: (level: TierLevel) => TierGoal & { readonly end: Instant | null },
): TierGoal | null => {
  if (level === undefined || end === null || level.threshold === null || metric >= level.threshold) return null;
  const kept = goal(level);
  return kept.end === null || kept.end > end ? withoutEnd(kept) : null;
};

const knownBy = (published: Versions, at: Instant): Versions => {
  const known = published.filter(({ publishedAt }) => publishedAt <= at);
  return known.length === 0 ? published.slice(0, 1) : known;
};

// When the member falls below a tier, if nothing more is bought; null: never.
const endOfTier = (clock: TierClock, { levels }: Tiers, tierId: string | null): Instant | null => {
  const rank = (id: string | null): number => levels.findIndex((level) => level.id === id);
  for (let moment = clock.nextChangeAt(); moment !== null; moment = clock.nextChangeAt()) {
    if (rank(clock.advance(moment)) < rank(tierId)) return moment;
  }
  return null;
};

const orderOf = (missing: number, at: Instant, { currency }: Tiers): Contribution => {
  invariant(missing > 0, 'a tier is missing that is reached');
  return { instant: at, currency, steps: [{ at, spendMinor: missing, points: missing, orders: missing }] };
};

const dayBefore = (moment: Instant, zone: string) => localDateOf(instant(moment - 1), zone);

const lastDayBefore = (moment: Instant | null, zone: string): string | null =>
  moment === null ? null : isoDateOf(dayBefore(moment, zone));

const earlier = (a: Instant | null, b: Instant | null): Instant | null =>
  a === null || b === null ? (a ?? b) : instant(Math.min(a, b));
