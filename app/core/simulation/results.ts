import type { Entry } from '../ledger/types';
import { kindsThat } from '../ledger/entryKinds';
import { keptMoney } from '../orders/status';
import type { ProgramDocument } from '../program/document';
import { worthOfPoints } from '../program/pointValue';
import { ordinaryUnit } from '../values/money';
import type { MemberId } from '../values/ids';
import type { Instant } from '../values/instant';
import { invariant } from '../values/result';
import { addMonths, isoDateOf, localDateOf, startOfDay } from '../values/zone';
import type { Run } from './play';
import type { PlayedOrder } from './timeline';

/** What a version comes to in a local month. Points are whole; money is in minor units of the results' currency. */
export type MonthOf = {
  readonly issued: number;
  /** Taken back for refunds and cancellations, as a positive number. */
  readonly takenBack: number;
  /** Spent, less what came back. */
  readonly redeemed: number;
  readonly lapsed: number;
  /** What members have at the end of the month; what they owe is taken off. */
  readonly open: number;
  /** What the open points are worth at the end of the month, if all of them were redeemed. */
  readonly openMinor: number;
  readonly rewards: number;
  /** What they cost, as far as that is money of this currency. */
  readonly costMinor: number;
  /** Members by tier at the end of the month; of those without one nothing is said. */
  readonly tiers: Readonly<Record<string, number>>;
};

/** What a member got more (or less) by the draft than by the published version, in minor units. */
export type MemberChange = { readonly memberId: MemberId; readonly beforeMinor: number; readonly afterMinor: number };

/** A draft against the published version. */
export type Results = {
  readonly currency: string;
  readonly members: number;
  readonly orders: number;
  /** Of how many orders a part was played; null or left out: all were. */
  readonly sampleOf?: number | null;
  /** yyyy-mm, the oldest first; the last one is not over yet. */
  readonly months: readonly string[];
  /** Money paid for orders of each month and not given back. */
  readonly revenueMinor: readonly number[];
  readonly published: readonly MonthOf[];
  readonly draft: readonly MonthOf[];
  /** Members by how much they lose or win: between the limits of `bandLimits`, from the greatest loss on. */
  readonly bands: readonly number[];
  readonly winners: readonly MemberChange[];
  readonly losers: readonly MemberChange[];
};

/** The time that is played: from the first day of the month eleven months ago to a moment, in local months. */
export type Period = {
  readonly from: Instant;
  readonly to: Instant;
  /** yyyy-mm, and when each of them ends. */
  readonly months: readonly string[];
  readonly ends: readonly Instant[];
};

const monthCount = 12;

/** The twelve local months that end with the one around a moment. */
export const periodUpTo = (to: Instant, zone: string): Period => {
  const first = addMonths({ ...localDateOf(to, zone), day: 1 }, 1 - monthCount);
  const starts = Array.from({ length: monthCount + 1 }, (_, index) => addMonths(first, index));
  return {
    from: startOfDay(first, zone),
    to,
    months: starts.slice(0, -1).map((day) => isoDateOf(day).slice(0, 7)),
    ends: starts.slice(1).map((day) => startOfDay(day, zone)),
  };
};

/** Between these lie the bands, in minor units: nine of them, and whoever stays within one unit is in the middle. */
export const bandLimits = (currency: string): readonly number[] => {
  const unit = ordinaryUnit(currency);
  return [-50, -20, -5, -1, 1, 5, 20, 50].map((units) => units * unit);
};

const furthest = 20;
const issuedKinds = new Set(kindsThat(({ countsAs }) => countsAs === 'issued'));
const redeemedKinds = new Set(kindsThat(({ countsAs }) => countsAs === 'redeemed'));

/** Adds up what became of members under two versions, one member after the other. */
export const openResults = (
  versions: { readonly published: ProgramDocument; readonly draft: ProgramDocument },
  period: Period,
  currency: string,
) => {
  const monthOf = (at: Instant): number => {
    const index = period.ends.findIndex((end) => at < end);
    return index === -1 ? period.ends.length - 1 : index;
  };
  const published = openSide(versions.published, period, monthOf, currency);
  const draft = openSide(versions.draft, period, monthOf, currency);
  const revenueMinor = period.months.map(() => 0);
  const limits = bandLimits(currency);
  const bands = Array.from({ length: limits.length + 1 }, () => 0);
  let changes: MemberChange[] = [];
  let counts = { members: 0, orders: 0 };
  return {
    /** Adds a member: the orders that were played, and what became of them under each version. */
    add: (orders: readonly PlayedOrder[], runs: { readonly published: Run; readonly draft: Run }): void => {
      const within = orders.filter(({ snapshot }) => snapshot.instant >= period.from && snapshot.instant <= period.to);
      counts = { members: counts.members + 1, orders: counts.orders + within.length };
      for (const { snapshot } of within)
        if (snapshot.currency === currency)
          revenueMinor[monthOf(snapshot.instant)] =
            (revenueMinor[monthOf(snapshot.instant)] ?? 0) + keptMoney(snapshot);
      const change = {
        memberId: runs.draft.memberId,
        beforeMinor: worthOfPoints(versions.published, published.add(runs.published), currency),
        afterMinor: worthOfPoints(versions.draft, draft.add(runs.draft), currency),
      };
      const difference = change.afterMinor - change.beforeMinor;
      const band = bandOf(difference, limits);
      bands[band] = (bands[band] ?? 0) + 1;
      if (difference !== 0) changes.push(change);
      if (changes.length > 50 * furthest) changes = [...ends(changes).winners, ...ends(changes).losers];
    },
    read: (): Results => ({
      currency,
      ...counts,
      months: period.months,
      revenueMinor,
      published: published.read(),
      draft: draft.read(),
      bands,
      ...ends(changes),
    }),
  };
};

// Within one unit either way is the same: the limits themselves belong to the middle.
const bandOf = (difference: number, limits: readonly number[]): number => {
  const index = limits.findIndex((limit) => (limit < 0 ? difference < limit : difference <= limit));
  return index === -1 ? limits.length : index;
};

const ends = (changes: readonly MemberChange[]): Pick<Results, 'winners' | 'losers'> => {
  const sorted = [...changes].sort(
    (a, b) => b.afterMinor - b.beforeMinor - (a.afterMinor - a.beforeMinor) || (a.memberId < b.memberId ? -1 : 1),
  );
  return {
    winners: sorted.slice(0, furthest).filter((one) => one.afterMinor > one.beforeMinor),
    losers: sorted
      .slice(-furthest)
      .filter((one) => one.afterMinor < one.beforeMinor)
      .reverse(),
  };
};

type Sums = { -readonly [Key in keyof Omit<MonthOf, 'open' | 'openMinor' | 'tiers'>]: number } & {
  moved: number;
  tiers: Record<string, number>;
};

/** Adds up one version. */
const openSide = (document: ProgramDocument, period: Period, monthOf: (at: Instant) => number, currency: string) => {
  const months = period.months.map((): Sums => ({
    issued: 0,
    takenBack: 0,
    redeemed: 0,
    lapsed: 0,
    moved: 0,
    rewards: 0,
    costMinor: 0,
    tiers: {},
  }));
  const of = (at: Instant): Sums => {
    const month = months[monthOf(at)];
    invariant(month !== undefined, 'a moment lies outside of the months that are played');
    return month;
  };
  const addEntry = (entry: Entry): number => {
    const month = of(entry.occurredAt);
    month.moved += entry.points;
    if (redeemedKinds.has(entry.kind)) month.redeemed -= entry.points;
    else if (entry.kind === 'expire') month.lapsed -= entry.points;
    else if (entry.points > 0) month.issued += entry.points;
    else month.takenBack -= entry.points;
    return issuedKinds.has(entry.kind) ? entry.points : 0;
  };
  return {
    /** Answers the points that the member was given, less what was taken back. */
    add: (run: Run): number => {
      for (const taken of run.taken) {
        const month = of(taken.at);
        month.rewards += 1;
        if (taken.currency === currency) month.costMinor += taken.costMinor;
      }
      for (const [index, end] of period.ends.entries()) {
        const tier = run.tiers.findLast(({ at }) => at < end)?.tierId ?? null;
        const month = months[index];
        if (tier !== null && month !== undefined) month.tiers[tier] = (month.tiers[tier] ?? 0) + 1;
      }
      return run.entries.reduce((sum, entry) => sum + addEntry(entry), 0);
    },
    read: (): readonly MonthOf[] => {
      let open = 0;
      return months.map(({ moved, ...month }) => {
        open += moved;
        return { ...month, open, openMinor: worthOfPoints(document, open, currency) };
      });
    },
  };
};
