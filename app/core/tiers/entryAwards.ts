import { bonusPlan } from '../ledger/bonus';
import { clawBack, type ClawbackPolicy } from '../ledger/clawback';
import { entryKey } from '../ledger/entry';
import { joinPlans } from '../ledger/plan';
import { isFinal, type LedgerDocument } from '../ledger/policies';
import type { Entry, LedgerPlan, OpenLedger } from '../ledger/types';
import type { EntryId, MemberId } from '../values/ids';
import type { Instant } from '../values/instant';
import { points, zeroPoints } from '../values/points';
import { perTongue } from '../values/text';
import type { Version } from '../values/version';
import type { TierReached } from './clock';
import type { TierDocument, TierLevel } from './section';
import type { TierWhy } from './why';
import { periodOf } from './windows';

/** A version of the program as entry awards read it. */
export type AwardingVersion = Version<TierDocument & LedgerDocument>;

/**
 * An entry award of a member: the tier, the qualification period, when the tier was reached, and what the ledger holds
 * for it.
 */
export type EntryAward = {
  readonly tierId: string;
  readonly period: string;
  readonly reachedAt: Instant;
  /** 0: it was taken back. */
  readonly points: number;
  /** The business key of its first entry; further ones have a number. */
  readonly key: string;
  /** The last number used in its keys. */
  readonly seq: number;
  /** Points of its own lapsed lots that were forgiven when it was taken back. */
  readonly forgivenLapsed: number;
  /** When its member was merged, or merged into another one: what either was paid is not taken back (rules §3). */
  readonly settledAt: Instant | null;
};

/**
 * What a member's tiers pay now: the awards and the points as one plan (null: nothing), and awards that are not due
 * any more.
 */
export type EntryAwards = {
  readonly awards: readonly EntryAward[];
  readonly plan: LedgerPlan | null;
  readonly undue: readonly EntryAward[];
};

type Due = {
  readonly tierId: string;
  readonly period: string;
  readonly reachedAt: Instant;
  readonly level: TierLevel;
  readonly amount: number;
  readonly by: AwardingVersion;
};

/**
 * Posts entry awards as orders are settled: what the member's present history entitles to, less what was paid. Once
 * per member, tier and qualification period, whatever was refunded and bought again since: refunds count from their own
 * time, so the tier stays reached. An award is taken back when the facts say that its tier never was: an order was
 * voided, moved, edited, or became known late. As with contexts, so many days after the tier was reached that is final
 * (rules §2.9).
 */
export const entryAwards = (
  memberId: MemberId,
  versions: readonly AwardingVersion[],
  { reached, before }: { readonly reached: readonly TierReached[]; readonly before: readonly EntryAward[] },
  now: Instant,
  newId: () => EntryId,
): EntryAwards => {
  const due = dueAwards(versions, reached);
  const held = before.filter((one) => one.points > 0);
  const orphans = held.filter((one) => !due.some((other) => isSame(one, other)));
  const newest = versions.at(-1);
  const undue = orphans.filter(
    ({ reachedAt, settledAt }) =>
      newest !== undefined && settledAt === null && !isFinal(reachedAt, newest.document, now),
  );
  // One that is final stands for another entry into its tier: one that became known too late to matter, or that the
  // joined history of two members has.
  const standing = orphans.filter((one) => !undue.includes(one));
  const awards: EntryAward[] = [];
  const credits: LedgerPlan[] = [];
  for (const one of due) {
    if (held.some((other) => isSame(one, other))) continue;
    const stands = standing.findIndex(
      ({ tierId, settledAt }) => tierId === one.tierId && (settledAt === null || one.reachedAt < settledAt),
    );
    if (stands >= 0) {
      standing.splice(stands, 1);
      continue;
    }
    const award = paying(one, before.find((other) => isSame(one, other)) ?? null, memberId);
    awards.push(award);
    const entry = { id: newId(), memberId, recordedAt: now };
    credits.push(credit(entry, one, award, versions));
  }
  return { awards, plan: credits.length === 0 ? null : credits.reduce(joinPlans), undue };
};

type Named = Pick<EntryAward, 'tierId' | 'period'>;
const isSame = (a: Named, b: Named): boolean => a.tierId === b.tierId && a.period === b.period;

/**
 * Of tiers that were skipped only the one reached pays, unless the program says `all`. What was reached before the
 * first version pays nothing.
 */
const dueAwards = (versions: readonly AwardingVersion[], reached: readonly TierReached[]): readonly Due[] => {
  const due: Due[] = [];
  const [first] = versions;
  for (const { at, tiers, version, levels } of reached) {
    const by = versions.find((one) => one.version === version);
    if (by === undefined || first === undefined || at < first.publishedAt) continue;
    const paid = (tiers.skippedRewards === 'all' ? levels : levels.slice(-1)).filter(
      ({ entryPoints }) => entryPoints !== null,
    );
    if (paid.length === 0) continue;
    const period = periodOf(at, tiers, by.document.timeZone);
    for (const level of paid) {
      const already = due.some(
        (one) =>
          one.tierId === level.id &&
          (one.period === period.name || (one.reachedAt >= period.from && one.reachedAt < period.until)),
      );
      if (level.entryPoints === null || already) continue;
      due.push({ tierId: level.id, period: period.name, reachedAt: at, level, amount: level.entryPoints, by });
    }
  }
  return due;
};

const paying = (
  { tierId, period, reachedAt, amount }: Due,
  before: EntryAward | null,
  memberId: MemberId,
): EntryAward => ({
  tierId,
  period,
  reachedAt,
  points: amount,
  key: before?.key ?? entryKey.tier(memberId, tierId, period),
  seq: (before?.seq ?? 0) + 1,
  forgivenLapsed: before?.forgivenLapsed ?? 0,
  settledAt: null,
});

const numbered = ({ key, seq }: Pick<EntryAward, 'key' | 'seq'>): string => (seq === 1 ? key : `${key}:${seq}`);

const credit = (
  written: Pick<Entry, 'id' | 'memberId' | 'recordedAt'>,
  { level, by }: Due,
  award: EntryAward,
  versions: readonly AwardingVersion[],
): LedgerPlan => {
  const why: TierWhy = { v: 1, kind: 'tier_reward', tierId: level.id, name: level.name, programVersion: by.version };
  const entry = {
    ...written,
    kind: 'bonus' as const,
    points: points(award.points),
    forgiven: zeroPoints,
    key: numbered(award),
    concerns: {},
    marks: { awardKey: award.key },
    why,
    actor: { kind: 'system' as const },
    occurredAt: award.reachedAt,
  };
  return bonusPlan(entry, by, versions);
};

/**
 * Takes an entry award back: first from its own lots; what lapsed of them is forgiven (`expired`: what the sweep took
 * of them).
 */
export const takeBackAward = (
  open: OpenLedger,
  award: EntryAward,
  versions: readonly AwardingVersion[],
  { expired, policy }: { readonly expired: number; readonly policy: ClawbackPolicy },
  { id, now }: { readonly id: EntryId; readonly now: Instant },
): { readonly plan: LedgerPlan; readonly award: EntryAward } => {
  const levels = versions.flatMap(({ document }) => document.tiers?.levels ?? []);
  const name = levels.findLast((level) => level.id === award.tierId)?.name ?? perTongue(() => award.tierId);
  const why: TierWhy = { v: 1, kind: 'tier_reward_undone', tierId: award.tierId, name };
  const after = { ...award, points: 0, seq: award.seq + 1 };
  const { plan, forgivenLapsed } = clawBack(
    open,
    {
      id,
      memberId: open.memberId,
      kind: 'bonus',
      key: numbered(after),
      concerns: {},
      marks: { awardKey: award.key },
      why,
      actor: { kind: 'system' },
      occurredAt: now,
      recordedAt: now,
    },
    {
      asked: award.points,
      policy,
      ownExpired: expired,
      ownForgiven: award.forgivenLapsed,
      isOwn: ({ awardKey }) => awardKey === award.key,
    },
    now,
  );
  return { plan, award: { ...after, forgivenLapsed: award.forgivenLapsed + forgivenLapsed } };
};
