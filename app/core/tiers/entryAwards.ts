import { bonusPlan } from '../ledger/bonus';
import { clawBack, type ClawbackPolicy } from '../ledger/clawback';
import { entryKey } from '../ledger/entry';
import { joinPlans } from '../ledger/plan';
import { isFinal, type LedgerDocument } from '../ledger/policies';
import type { LedgerPlan, OpenLedger } from '../ledger/types';
import type { EntryId, MemberId } from '../values/ids';
import type { Instant } from '../values/instant';
import { points, zeroPoints } from '../values/points';
import { perTongue } from '../values/text';
import type { Version } from '../values/version';
import type { TierReached } from './clock';
import type { TierDocument, TierLevel } from './section';
import type { TierWhy } from './why';
import { periodOf } from './windows';

/** A version of the program as entry rewards read it. */
export type RewardingVersion = Version<TierDocument & LedgerDocument>;

/**
 * An entry reward of a member: the tier, the qualification period, when the tier was reached, and what the ledger holds
 * for it.
 */
export type TierReward = {
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
};

/**
 * What a member's tiers pay now: the rewards and the points as one plan (null: nothing), and rewards that are not due
 * any more.
 */
export type TierRewards = {
  readonly rewards: readonly TierReward[];
  readonly plan: LedgerPlan | null;
  readonly undue: readonly TierReward[];
};

type Due = {
  readonly tierId: string;
  readonly period: string;
  readonly reachedAt: Instant;
  readonly level: TierLevel;
  readonly amount: number;
  readonly by: RewardingVersion;
};

/**
 * Settles entry rewards as orders are settled: what the member's present history entitles to, less what was paid. Once
 * per member, tier and qualification period, whatever was refunded and bought again since: refunds count from their own
 * time, so the tier stays reached. A reward is taken back when the facts say that its tier never was: an order was
 * voided, moved, edited, or became known late. As with contexts, so many days after the tier was reached that is final
 * (rules §2.9).
 */
export const tierRewards = (
  memberId: MemberId,
  versions: readonly RewardingVersion[],
  reached: readonly TierReached[],
  before: readonly TierReward[],
  now: Instant,
  newId: () => EntryId,
): TierRewards => {
  const due = dueRewards(versions, reached);
  const held = before.filter((one) => one.points > 0);
  const orphans = held.filter((one) => !due.some((other) => isSame(one, other)));
  const newest = versions.at(-1);
  const undue = orphans.filter(({ reachedAt }) => newest !== undefined && !isFinal(reachedAt, newest.document, now));
  // One that is final stands for another entry into its tier, which became known too late to matter.
  const standing = orphans.filter((one) => !undue.includes(one)).map(({ tierId }) => tierId);
  const rewards: TierReward[] = [];
  const credits: LedgerPlan[] = [];
  for (const one of due) {
    if (held.some((other) => isSame(one, other))) continue;
    const stands = standing.indexOf(one.tierId);
    if (stands >= 0) {
      standing.splice(stands, 1);
      continue;
    }
    const reward = paying(one, before.find((other) => isSame(one, other)) ?? null, memberId);
    rewards.push(reward);
    credits.push(credit(memberId, one, reward, versions, now, newId()));
  }
  return { rewards, plan: credits.length === 0 ? null : credits.reduce(joinPlans), undue };
};

type Named = Pick<TierReward, 'tierId' | 'period'>;
const isSame = (a: Named, b: Named): boolean => a.tierId === b.tierId && a.period === b.period;

/**
 * Of tiers that were skipped only the one reached pays, unless the program says `all`. What was reached before the
 * first version pays nothing.
 */
const dueRewards = (versions: readonly RewardingVersion[], reached: readonly TierReached[]): readonly Due[] => {
  const due: Due[] = [];
  const [first] = versions;
  for (const { at, tiers, version, levels } of reached) {
    const by = versions.find((one) => one.version === version);
    if (by === undefined || first === undefined || at < first.publishedAt) continue;
    const period = periodOf(at, tiers, by.document.timeZone);
    for (const level of tiers.skippedRewards === 'all' ? levels : levels.slice(-1)) {
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
  before: TierReward | null,
  memberId: MemberId,
): TierReward => ({
  tierId,
  period,
  reachedAt,
  points: amount,
  key: before?.key ?? entryKey.tier(memberId, tierId, period),
  seq: (before?.seq ?? 0) + 1,
  forgivenLapsed: before?.forgivenLapsed ?? 0,
});

const numbered = ({ key, seq }: Pick<TierReward, 'key' | 'seq'>): string => (seq === 1 ? key : `${key}:${seq}`);

const credit = (
  memberId: MemberId,
  { level, by }: Due,
  reward: TierReward,
  versions: readonly RewardingVersion[],
  now: Instant,
  id: EntryId,
): LedgerPlan => {
  const why: TierWhy = { v: 1, kind: 'tier_reward', tierId: level.id, name: level.name, programVersion: by.version };
  const entry = {
    id,
    memberId,
    kind: 'bonus' as const,
    points: points(reward.points),
    forgiven: zeroPoints,
    key: numbered(reward),
    concerns: {},
    marks: { rewardKey: reward.key },
    why,
    actor: { kind: 'system' as const },
    occurredAt: reward.reachedAt,
    recordedAt: now,
  };
  return bonusPlan(entry, by, versions);
};

/**
 * Takes an entry reward back: first from its own lots; what lapsed of them is forgiven (`expired`: what the sweep took
 * of them).
 */
export const takeBackReward = (
  open: OpenLedger,
  reward: TierReward,
  versions: readonly RewardingVersion[],
  { expired, policy }: { readonly expired: number; readonly policy: ClawbackPolicy },
  now: Instant,
  id: EntryId,
): { readonly plan: LedgerPlan; readonly reward: TierReward } => {
  const levels = versions.flatMap(({ document }) => document.tiers?.levels ?? []);
  const name = levels.findLast((level) => level.id === reward.tierId)?.name ?? perTongue(() => reward.tierId);
  const why: TierWhy = { v: 1, kind: 'tier_reward_undone', tierId: reward.tierId, name };
  const after = { ...reward, points: 0, seq: reward.seq + 1 };
  const { plan, forgivenLapsed } = clawBack(
    open,
    {
      id,
      memberId: open.memberId,
      kind: 'bonus',
      key: numbered(after),
      concerns: {},
      marks: { rewardKey: reward.key },
      why,
      actor: { kind: 'system' },
      occurredAt: now,
      recordedAt: now,
    },
    {
      asked: reward.points,
      policy,
      ownExpired: expired,
      ownForgiven: reward.forgivenLapsed,
      isOwn: ({ rewardKey }) => rewardKey === reward.key,
    },
    now,
  );
  return { plan, reward: { ...after, forgivenLapsed: reward.forgivenLapsed + forgivenLapsed } };
};
