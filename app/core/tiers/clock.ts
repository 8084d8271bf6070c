import { instant, type Instant } from '../values/instant';
import { invariant } from '../values/result';
import type { Version } from '../values/version';
import { startMetric, type Contribution } from './metric';
import type { TierDocument, TierLevel, Tiers } from './section';
import { keptUntil } from './windows';

type TierVersion = Version<Pick<TierDocument, 'tiers'>>;

/** A tier that staff gave, with its reason elsewhere; null `until`: for ever. `tierId` null: no tier. */
export type TierOverride = { readonly tierId: string | null; readonly from: Instant; readonly until: Instant | null };

/** Why a member's tier changed. */
export type TierCause = 'start' | 'reached' | 'lapsed' | 'program' | 'override' | 'override_ended';

/** The member's tier from a moment on. */
export type TierChange = { readonly at: Instant; readonly tierId: string | null; readonly cause: TierCause };

/** Tiers that were reached on the way up: what entry rewards are paid for. */
export type TierReached = {
  readonly at: Instant;
  readonly tiers: Tiers;
  readonly version: number;
  readonly levels: readonly TierLevel[];
};

const endOfTime = instant(8.64e15);

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
};

/**
 * Starts a member's tier clock (rules §5). What came before the first version is judged by it, so that imported orders
 * count. The zone is the program's.
 */
export const startTierClock = (
  versions: readonly TierVersion[],
  overrides: readonly TierOverride[],
  zone: string,
): TierClock => {
  const metric = startMetric(zone);
  const held = new Map<string, { reached: boolean; until: Instant | null }>();
  const changes: TierChange[] = [];
  const reached: TierReached[] = [];
  let ruling: TierVersion | null = versions[0] ?? null;
  let earned: string | null = null;
  let shown: string | null = null;
  let passed = instant(-8.64e15);
  let started = false;
  metric.judgeBy(ruling?.document.tiers ?? null);

  const qualified = (level: TierLevel, moment: Instant): boolean => {
    const state = held.get(level.id);
    return state !== undefined && (state.reached || state.until === null || moment < state.until);
  };

  const requalify = (moment: Instant, standing: number, cause: TierCause): void => {
    const tiers = ruling?.document.tiers ?? null;
    const before = earned;
    if (tiers === null) {
      earned = null;
    } else {
      for (const level of tiers.levels) {
        const isReached = level.threshold !== null && standing >= level.threshold;
        const state = held.get(level.id);
        if (isReached) held.set(level.id, { reached: true, until: null });
        else if (state?.reached === true) held.set(level.id, { reached: false, until: keptUntil(moment, tiers, zone) });
      }
      const best = tiers.levels.findLastIndex((level) => qualified(level, moment));
      const was = tiers.levels.findIndex(({ id }) => id === before);
      // Falling one level only: that level is held for a period of its own, as if it had been reached until now. Where
      // nothing is kept there is no such period, and every level falls at once.
      const period = keptUntil(moment, tiers, zone);
      const next =
        tiers.requalify === 'one_level' && was - 1 > best && (period === null || period > moment) ? was - 1 : best;
      const level = tiers.levels[next];
      if (level !== undefined && next > best) held.set(level.id, { reached: false, until: period });
      earned = level?.id ?? null;
      if (ruling !== null && next > was && cause !== 'start') {
        const up = tiers.levels
          .slice(was + 1, next + 1)
          .filter(({ threshold, id }) => threshold !== null && held.get(id)?.reached === true);
        if (up.length > 0) reached.push({ at: moment, tiers, version: ruling.version, levels: up });
      }
    }
    show(
      moment,
      earned === before
        ? cause
        : isHigher(earned, before)
          ? cause === 'program'
            ? cause
            : 'reached'
          : cause === 'program'
            ? cause
            : 'lapsed',
    );
  };

  const isHigher = (a: string | null, b: string | null): boolean => {
    const levels = ruling?.document.tiers?.levels ?? [];
    return levels.findIndex(({ id }) => id === a) > levels.findIndex(({ id }) => id === b);
  };

  const show = (moment: Instant, cause: TierCause): void => {
    const override = overrides.findLast(({ from, until }) => from <= moment && (until === null || moment < until));
    const wasOverridden = changes.at(-1)?.cause === 'override';
    const tierId = override === undefined ? earned : override.tierId;
    if (tierId === shown && started) return;
    changes.push({
      at: moment,
      tierId,
      cause: !started ? 'start' : override !== undefined ? 'override' : wasOverridden ? 'override_ended' : cause,
    });
    shown = tierId;
    started = true;
  };

  const nextMoment = (after: Instant): Instant | null => {
    let next: number = endOfTime;
    const consider = (moment: Instant | null): void => {
      if (moment !== null && moment > after && moment < next) next = moment;
    };
    consider(metric.changesAfter(after));
    for (const { publishedAt } of versions) consider(publishedAt);
    for (const { from, until } of overrides) {
      consider(from);
      consider(until);
    }
    if ((ruling?.document.tiers ?? null) !== null)
      for (const { reached: isReached, until } of held.values()) if (!isReached) consider(until);
    return next === endOfTime ? null : instant(next);
  };

  const step = (moment: Instant): void => {
    const inForce = versions.findLast(({ publishedAt }) => publishedAt <= moment) ?? versions[0] ?? null;
    const cause = inForce === ruling ? (started ? 'lapsed' : 'start') : 'program';
    ruling = inForce;
    metric.judgeBy(inForce?.document.tiers ?? null);
    requalify(moment, metric.at(moment), cause);
    passed = moment;
  };

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
      return shown;
    },
    changes: () => changes,
    reached: () => reached,
    nextChangeAt: () => nextMoment(passed),
  };
};

/** The tier clock of a member, before any order; local days are those of the newest version's time zone. */
export const tierClockOf = (
  versions: readonly Version<TierDocument>[],
  overrides: readonly TierOverride[],
): TierClock => {
  const newest = versions.at(-1);
  invariant(newest !== undefined, 'tiers are asked of a program without a version');
  return startTierClock(versions, overrides, newest.document.timeZone);
};
