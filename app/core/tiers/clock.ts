import { instant, type Instant } from '../values/instant';
import { invariant } from '../values/result';
import type { Version } from '../values/version';
import { endsAfter, standingBy, type Held, type HeldLevels } from './levels';
import { sameTiers, startMetric, type Contribution, type KeptMetric } from './metric';
import type { TierDocument, TierLevel, Tiers } from './section';

type TierVersion = Version<Pick<TierDocument, 'tiers'>>;

/** A tier that staff gave, with its reason elsewhere; null `until`: for ever. `tierId` null: no tier. */
export type TierOverride = { readonly tierId: string | null; readonly from: Instant; readonly until: Instant | null };

/** Why a member's tier changed. */
export type TierCause = 'start' | 'reached' | 'lapsed' | 'program' | 'override' | 'override_ended';

/** The member's tier from a moment on. */
export type TierChange = { readonly at: Instant; readonly tierId: string | null; readonly cause: TierCause };

/** Tiers that were reached on the way up: what entry awards are paid for. */
export type TierReached = {
  readonly at: Instant;
  readonly tiers: Tiers;
  readonly version: number;
  readonly levels: readonly TierLevel[];
};

/** A clock as it is kept, so that it can be started again where it stood. */
export type KeptClock = {
  readonly passed: Instant;
  readonly earned: string | null;
  readonly held: readonly (readonly [string, Held])[];
  readonly changes: readonly TierChange[];
  /** Their levels by ids, their tiers by the version. */
  readonly reached: readonly (Pick<TierReached, 'at' | 'version'> & { readonly levels: readonly string[] })[];
  readonly metric: KeptMetric;
};

/** A member's tier while time goes on. Facts may only be added for moments not yet passed. */
export type TierClock = {
  /** Adds an order: its steps count from their own times. */
  readonly add: (order: Contribution) => void;
  /** Goes on to a moment, facts at that very moment included, and answers the tier then. */
  readonly advance: (to: Instant) => string | null;
  readonly changes: () => readonly TierChange[];
  readonly reached: () => readonly TierReached[];
  /** The next moment at which the tier may change by itself; null: none. */
  readonly nextChangeAt: () => Instant | null;
  /** What the metric comes to by now. */
  readonly metric: () => number;
  /** When the first of the orders that make up the metric leaves the window; null: never. */
  readonly fallsAt: () => Instant | null;
  /** The clock as it can be started again, under the same versions; no tiers may have changed since it stood there. */
  readonly keep: () => KeptClock;
};

const beginning = instant(-8.64e15);

/**
 * Starts a member's tier clock (rules §5), or goes on with one that was kept. What came before the first version is
 * judged by it, so that imported orders count. The zone is the program's.
 */
export const startTierClock = (
  versions: readonly TierVersion[],
  overrides: readonly TierOverride[],
  zone: string,
  kept: KeptClock | null = null,
): TierClock => {
  let passed = kept?.passed ?? beginning;
  let ruling = rulingAt(versions, passed);
  let earned = kept?.earned ?? null;
  const held: HeldLevels = new Map(kept?.held);
  const changes: TierChange[] = [...(kept?.changes ?? [])];
  const reached: TierReached[] = (kept?.reached ?? []).map((one) => reachedAgain(one, versions));
  const metric = startMetric(zone, tiersOf(ruling), kept?.metric);
  const fixed = fixedMoments(versions, overrides);

  // Looks at what the metric comes to by now; `cause`: why, where the tier does not change by itself.
  const requalify = (moment: Instant, cause: TierCause): TierCause => {
    const before = earned;
    const tiers = tiersOf(ruling);
    const sum = metric.at(moment);
    if (tiers === null || ruling === null) {
      earned = null;
      return cause;
    }
    const { level, risenTo } = standingBy(tiers, held, before, { moment, sum }, zone);
    earned = level?.id ?? null;
    if (risenTo.length > 0 && cause !== 'start')
      reached.push({ at: moment, tiers, version: ruling.version, levels: risenTo });
    return cause === 'lapsed' && isHigher(tiers, earned, before) ? 'reached' : cause;
  };

  const step = (moment: Instant): void => {
    const before = ruling;
    ruling = rulingAt(versions, moment);
    metric.judgeBy(tiersOf(ruling));
    const byItself = changes.length === 0 ? 'start' : 'lapsed';
    const cause = requalify(moment, ruling === before ? byItself : 'program');
    changes.push(...changeAt(moment, { earned, cause }, overrides, changes.at(-1)));
    passed = moment;
  };

  const nextMoment = (after: Instant): Instant | null =>
    firstOf([
      metric.changesAfter(after),
      fixed.find((moment) => moment > after) ?? null,
      tiersOf(ruling) === null ? null : endsAfter(held, after),
    ]);

  return {
    add: (order) => metric.add(order, passed),
    advance: (to) => {
      for (
        let next = metric.isDue(passed) ? passed : nextMoment(passed);
        next !== null && next <= to;
        next = nextMoment(passed)
      )
        step(next);
      if (passed < to) step(to);
      return changes.at(-1)?.tierId ?? null;
    },
    changes: () => changes,
    reached: () => reached,
    nextChangeAt: () => nextMoment(passed),
    metric: () => metric.at(passed),
    fallsAt: () => metric.fallsAfter(passed),
    keep: () => ({
      passed,
      earned,
      held: [...held],
      changes: [...changes],
      reached: reached.map(({ at, version, levels }) => ({ at, version, levels: levels.map(({ id }) => id) })),
      metric: metric.keep(),
    }),
  };
};

/** The tier clock of a member, before any order or as kept; local days are those of the newest version's time zone. */
export const tierClockOf = (
  versions: readonly Version<TierDocument>[],
  overrides: readonly TierOverride[],
  kept: KeptClock | null = null,
): TierClock => {
  const newest = versions.at(-1);
  invariant(newest !== undefined, 'tiers are asked of a program without a version');
  return startTierClock(versions, overrides, newest.document.timeZone, kept);
};

/** Since when the tiers of a program are as they are, whatever else was published since. */
export const tiersSince = (versions: readonly TierVersion[]): Instant => {
  const changed = versions.findLastIndex(
    ({ document }, index) => index > 0 && !sameTiers(document.tiers, versions[index - 1]?.document.tiers ?? null),
  );
  return versions[changed]?.publishedAt ?? beginning;
};

/** What changes at a moment for who sees a member's tier: what staff gave goes before what was earned. */
const changeAt = (
  at: Instant,
  { earned, cause }: { readonly earned: string | null; readonly cause: TierCause },
  overrides: readonly TierOverride[],
  last: TierChange | undefined,
): readonly TierChange[] => {
  const override = overrides.findLast(({ from, until }) => from <= at && (until === null || at < until));
  const tierId = override === undefined ? earned : override.tierId;
  if (last === undefined) return [{ at, tierId, cause: 'start' }];
  if (tierId === last.tierId) return [];
  if (override !== undefined) return [{ at, tierId, cause: 'override' }];
  return [{ at, tierId, cause: last.cause === 'override' ? 'override_ended' : cause }];
};

const rulingAt = (versions: readonly TierVersion[], moment: Instant): TierVersion | null =>
  versions.findLast(({ publishedAt }) => publishedAt <= moment) ?? versions[0] ?? null;

const tiersOf = (version: TierVersion | null): Tiers | null => version?.document.tiers ?? null;

const isHigher = ({ levels }: Tiers, a: string | null, b: string | null): boolean =>
  levels.findIndex(({ id }) => id === a) > levels.findIndex(({ id }) => id === b);

// When versions come into force, and what staff gave begins and ends; the first one first.
const fixedMoments = (versions: readonly TierVersion[], overrides: readonly TierOverride[]): readonly Instant[] =>
  [
    ...versions.map(({ publishedAt }) => publishedAt),
    ...overrides.flatMap(({ from, until }) => (until === null ? [from] : [from, until])),
  ].sort((a, b) => a - b);

const firstOf = (moments: readonly (Instant | null)[]): Instant | null => {
  const first = moments.reduce<number>((least, moment) => Math.min(least, moment ?? Infinity), Infinity);
  return first === Infinity ? null : instant(first);
};

const reachedAgain = (
  { at, version, levels }: KeptClock['reached'][number],
  versions: readonly TierVersion[],
): TierReached => {
  const tiers = versions.find((one) => one.version === version)?.document.tiers ?? null;
  invariant(tiers !== null, 'a tier was reached by a version without tiers');
  return { at, version, tiers, levels: tiers.levels.filter(({ id }) => levels.includes(id)) };
};
