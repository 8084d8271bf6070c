import type { Why } from '../earning/explanation';
import { lotLife } from '../earning/lotLife';
import { entryKey } from '../ledger/entry';
import { creditPlan, joinPlans } from '../ledger/plan';
import type { LedgerPlan } from '../ledger/types';
import type { Regime } from '../orders/history';
import type { EntryId, MemberId } from '../values/ids';
import type { Instant } from '../values/instant';
import { points, zeroPoints } from '../values/points';
import type { TierLevel } from './schema';
import type { TierReached } from './standing';
import { periodOf } from './windows';

/** An entry reward that was paid: the tier, the qualification period, and when the tier was reached. */
export type PaidTierReward = { readonly tierId: string; readonly period: string; readonly reachedAt: Instant };

/** What entering tiers pays now: the rewards, and the points as one plan; null when there is nothing. */
export type TierRewards = { readonly rewards: readonly PaidTierReward[]; readonly plan: LedgerPlan | null };

/**
 * Entry rewards not paid yet: once per member, tier and qualification period, whatever was refunded and bought again since. Of
 * tiers that were skipped only the one reached pays, unless the program says `all`. What was reached before the first version pays nothing.
 */
export const tierRewards = (
  memberId: MemberId,
  regimes: readonly Regime[],
  reached: readonly TierReached[],
  before: readonly PaidTierReward[],
  now: Instant,
  newId: () => EntryId,
): TierRewards => {
  const paid = [...before];
  const rewards: PaidTierReward[] = [];
  const credits: LedgerPlan[] = [];
  const [first] = regimes;
  for (const { at, tiers, version, levels } of reached) {
    const regime = regimes.find((one) => one.version === version);
    if (regime === undefined || first === undefined || at < first.publishedAt) continue;
    const period = periodOf(at, tiers, regime.document.timeZone);
    for (const level of tiers.skippedRewards === 'all' ? levels : levels.slice(-1)) {
      const already = paid.some(
        (one) => one.tierId === level.id && (one.period === period.name || (one.reachedAt >= period.from && one.reachedAt < period.until)),
      );
      if (level.entryPoints === null || already) continue;
      const reward = { tierId: level.id, period: period.name, reachedAt: at };
      paid.push(reward);
      rewards.push(reward);
      credits.push(credit(memberId, level, level.entryPoints, period.name, regime, regimes, at, now, newId()));
    }
  }
  return { rewards, plan: credits.length === 0 ? null : credits.reduce(joinPlans) };
};

const credit = (
  memberId: MemberId,
  level: TierLevel,
  amount: number,
  period: string,
  { version, document }: Regime,
  regimes: readonly Regime[],
  at: Instant,
  now: Instant,
  id: EntryId,
): LedgerPlan => {
  const why: Why = { v: 1, kind: 'tier_reward', tierId: level.id, name: level.name, programVersion: version };
  const later = regimes.filter((one) => one.version > version).map((one) => ({ from: one.publishedAt, policies: one.document.policies }));
  const life = lotLife(at, { policies: document.policies, earning: { holdDays: 0 } }, document.timeZone, later);
  const entry = {
    id,
    memberId,
    kind: 'bonus' as const,
    points: points(amount),
    forgiven: zeroPoints,
    key: entryKey.tier(memberId, level.id, period),
    concerns: {},
    why,
    actor: { kind: 'system' as const },
    occurredAt: at,
    recordedAt: now,
  };
  return creditPlan(entry, { originOrder: null, ...life });
};
