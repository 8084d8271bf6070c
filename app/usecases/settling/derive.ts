import type { Why } from '~/core/earning/explanation';
import { lotLife } from '~/core/earning/lotLife';
import { entryKey } from '~/core/ledger/entry';
import { creditPlan, joinPlans } from '~/core/ledger/plan';
import type { LedgerPlan } from '~/core/ledger/types';
import { deriveHistory, tierClockOf, type Regime } from '~/core/orders/history';
import type { TierClock } from '~/core/tiers/standing';
import { periodOf } from '~/core/tiers/windows';
import { canonicalJson } from '~/core/values/canonicalJson';
import type { EntryId, MemberId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { points, zeroPoints } from '~/core/values/points';
import type { Tx } from '~/db/inTransaction';
import { memberKeyText, type MemberKey } from '~/db/ledger';
import { orderKeyText, type OrderRecord } from '~/db/orders';
import { historiesOf, type MemberHistory, type PaidTierReward, type TierState } from '~/db/tiers';
import { knownOrder, type Evaluated, type Grounds, type Seen } from './evaluate';

/** Later orders settled in one transaction at most; the rest follows in the next. */
export const derivedAtOnce = 200;

/** What came of deriving members' orders anew. */
export type Derivation = {
  readonly orders: readonly Evaluated[];
  readonly tiers: readonly (TierState & { readonly plan: LedgerPlan | null })[];
  /** Members of whom more orders changed than one transaction settles. */
  readonly unfinished: readonly MemberKey[];
};

/**
 * Derives the orders of the given members from their whole histories (rules §2.9): those of the batch, and later
 * ones whose context depends on them. One statement, however many members.
 */
export const deriveMembers = async (
  tx: Tx,
  members: readonly MemberKey[],
  seen: readonly Seen[],
  grounds: Grounds,
  now: Instant,
  newId: () => EntryId,
): Promise<Derivation> => {
  const histories = await historiesOf(tx, members);
  const inBatch = new Map(seen.map((order) => [orderKeyText(order), order]));
  const derived = members.map((member) => {
    const regimes = grounds.regimes.get(member.programId) ?? [];
    const record = histories.find((one) => memberKeyText(one) === memberKeyText(member));
    const clock = tierClockOf(regimes, record?.overrides ?? []);
    const orders = deriveHistory(historyOf(member, record?.orders ?? [], inBatch, grounds, now), regimes, clock, now);
    const tier = clock.advance(now);
    const evaluated = orders
      .map(({ order: { seenAs }, context, document, worth }): Evaluated => ({ ...seenAs, context, document, worth }))
      .filter((order) => order.isNew || canonicalJson(order.context) !== canonicalJson(order.record?.context ?? null));
    const fresh = evaluated.filter((order) => inBatch.has(orderKeyText(order)));
    const later = evaluated.filter((order) => !inBatch.has(orderKeyText(order)));
    const reward = rewardsOf(member.memberId, regimes, clock, record, now, newId);
    return {
      orders: [...fresh, ...later.slice(0, derivedAtOnce)],
      tier: regimes.some(({ document }) => document.tiers !== null)
        ? { ...member, tier, nextChangeAt: clock.nextChangeAt(), changes: clock.changes(), ...reward }
        : null,
      unfinished: later.length > derivedAtOnce ? [member] : [],
    };
  });
  return {
    orders: derived.flatMap(({ orders }) => orders),
    tiers: derived.flatMap(({ tier }) => (tier === null ? [] : [tier])),
    unfinished: derived.flatMap(({ unfinished }) => unfinished),
  };
};

const historyOf = (member: MemberKey, records: readonly OrderRecord[], inBatch: ReadonlyMap<string, Seen>, grounds: Grounds, now: Instant) => {
  const known = records.filter((record) => record.programId === member.programId && record.memberId === member.memberId && !inBatch.has(orderKeyText(record)));
  const mine = [...inBatch.values()].filter((order) => order.programId === member.programId && order.memberId === member.memberId);
  return [...known.map((record) => knownOrder(record, grounds, now)), ...mine].map((order) => ({
    seenAs: order,
    storeId: order.storeId,
    zone: order.zone,
    newest: order.kept.newest,
    settled: order.kept.settled,
    base: order.base,
    known: order.record !== null && order.record.memberId === member.memberId && order.record.context !== null,
  }));
};

/** Entry rewards not paid yet: once per member, tier and qualification period, whatever was given back since. */
const rewardsOf = (
  memberId: MemberId,
  regimes: readonly Regime[],
  clock: TierClock,
  record: MemberHistory | undefined,
  now: Instant,
  newId: () => EntryId,
): { readonly rewards: readonly PaidTierReward[]; readonly plan: LedgerPlan | null } => {
  const paid = [...(record?.rewards ?? [])];
  const rewards: PaidTierReward[] = [];
  const credits: LedgerPlan[] = [];
  for (const { at, tiers, version, levels } of clock.reached()) {
    const regime = regimes.find((one) => one.version === version);
    const [first] = regimes;
    if (regime === undefined || first === undefined || at < first.publishedAt) continue;
    const { document } = regime;
    const period = periodOf(at, tiers, document.timeZone);
    for (const level of tiers.skippedRewards === 'all' ? levels : levels.slice(-1)) {
      const before = paid.some(
        (one) => one.tierId === level.id && (one.period === period.name || (one.reachedAt >= period.from && one.reachedAt < period.until)),
      );
      if (level.entryPoints === null || before) continue;
      const reward = { tierId: level.id, period: period.name, reachedAt: at };
      paid.push(reward);
      rewards.push(reward);
      const why: Why = { v: 1, kind: 'tier_reward', tierId: level.id, name: level.name, programVersion: version };
      const entry = {
        id: newId(),
        memberId,
        kind: 'bonus' as const,
        points: points(level.entryPoints),
        forgiven: zeroPoints,
        key: entryKey.tier(memberId, level.id, period.name),
        concerns: {},
        why,
        actor: { kind: 'system' as const },
        occurredAt: at,
        recordedAt: now,
      };
      const later = regimes.filter((one) => one.version > version).map((one) => ({ from: one.publishedAt, policies: one.document.policies }));
      const life = lotLife(at, { policies: document.policies, earning: { holdDays: 0 } }, document.timeZone, later);
      const credit = creditPlan(entry, { originOrder: null, ...life });
      credits.push(credit);
    }
  }
  return { rewards, plan: credits.length === 0 ? null : credits.reduce(joinPlans) };
};
