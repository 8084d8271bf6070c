import { deriveHistory } from '../evaluation/history';
import { tierClockOf } from '../tiers/clock';
import { tierRewards, type TierRewards } from '../tiers/entryAwards';
import { canonicalJson } from '../values/canonicalJson';
import type { EntryId } from '../values/ids';
import { memberKeyText, orderKeyText, type MemberKey } from '../values/keys';
import type { Evaluated } from './evaluate';
import type { HistoryAsked, MemberHistory, TierState } from './records';
import { knownOrder, type Seen, type Sight } from './see';

/** Later orders settled in one transaction at most; the rest follows in the next. */
export const derivedAtOnce = 200;

/** A member's tier as derived anew, with what is paid and taken back for it. */
export type DerivedTier = TierState & Pick<TierRewards, 'plan' | 'undue'>;

/** What came of deriving members' orders anew. */
export type Derivation = {
  readonly orders: readonly Evaluated[];
  readonly tiers: readonly DerivedTier[];
  /** Members of whom more orders changed than one transaction settles. */
  readonly unfinished: readonly MemberKey[];
};

/**
 * Derives the orders of the members whose histories `sight` asked for (rules §2.9): those of the batch (`fresh`), and
 * later ones whose context depends on them. Of orders before the moment since which something changed, only the facts
 * are known. Each member is judged as of the member's own moment.
 */
export const deriveMembers = (
  sight: Sight,
  fresh: readonly Seen[],
  histories: readonly MemberHistory[],
  newId: () => EntryId,
): Derivation => {
  const inBatch = new Map(fresh.map((order) => [orderKeyText(order), order]));
  const records = new Map(histories.map((history) => [memberKeyText(history), history]));
  const derived = sight.histories.map((member) =>
    deriveMember(sight, member, inBatch, records.get(memberKeyText(member)), newId),
  );
  return {
    orders: derived.flatMap(({ orders }) => orders),
    tiers: derived.flatMap(({ tier }) => (tier === null ? [] : [tier])),
    unfinished: derived.flatMap(({ unfinished }) => unfinished),
  };
};

const deriveMember = (
  sight: Sight,
  { programId, memberId }: HistoryAsked,
  inBatch: ReadonlyMap<string, Seen>,
  record: MemberHistory | undefined,
  newId: () => EntryId,
) => {
  const member = { programId, memberId };
  const at = sight.momentOf(member);
  const versions = sight.grounds.versions.get(programId) ?? [];
  const clock = tierClockOf(versions, record?.overrides ?? []);
  const history = historyOf(sight, member, record?.orders ?? [], inBatch);
  const orders = deriveHistory(history, versions, clock, at, record?.remembered);
  const unsaid = new Set(record?.orders.filter(({ isRemembered }) => !isRemembered).map(orderKeyText));
  const tier = clock.advance(at);
  const evaluated = orders
    .map(({ order: { seenAs }, ...said }): Evaluated => ({ ...seenAs, ...said }))
    .filter(
      (order) =>
        order.isNew ||
        unsaid.has(orderKeyText(order)) ||
        !same(order.context, order.record?.context) ||
        !same(order.finding, order.record?.finding),
    );
  const fresh = evaluated.filter((order) => inBatch.has(orderKeyText(order)));
  const later = evaluated.filter((order) => !inBatch.has(orderKeyText(order)));
  const reward = tierRewards(memberId, versions, clock.reached(), record?.rewards ?? [], at, newId);
  return {
    orders: [...fresh, ...later.slice(0, derivedAtOnce)],
    tier: versions.some(({ document }) => document.tiers !== null)
      ? { ...member, tier, nextChangeAt: clock.nextChangeAt(), changes: clock.changes(), ...reward }
      : null,
    unfinished: later.length > derivedAtOnce ? [member] : [],
  };
};

const same = (a: unknown, b: unknown): boolean => canonicalJson(a ?? null) === canonicalJson(b ?? null);

const historyOf = (
  { grounds, momentOf }: Sight,
  member: MemberKey,
  records: MemberHistory['orders'],
  inBatch: ReadonlyMap<string, Seen>,
) => {
  const isMine = ({ programId, memberId }: Pick<Seen, 'programId' | 'memberId'>): boolean =>
    programId === member.programId && memberId === member.memberId;
  const known = records.filter((record) => isMine(record) && !inBatch.has(orderKeyText(record)));
  const mine = [...inBatch.values()].filter(isMine);
  return [...known.map((record) => knownOrder(record, grounds, momentOf(member))), ...mine].map((order) =>
    inHistory(
      order,
      order.record !== null && order.record.memberId === member.memberId && order.record.context !== null,
    ),
  );
};

/** An order as `deriveHistory` takes it; `known`: whether its context was derived for this member before. */
export const inHistory = (order: Seen, known: boolean) => ({
  seenAs: order,
  storeId: order.storeId,
  zone: order.zone,
  newest: order.kept.newest,
  settled: order.kept.settled,
  labels: order.labels,
  base: order.base,
  known,
});
