import { deriveHistory } from '~/core/evaluation/history';
import { tierClockOf } from '~/core/tiers/clock';
import { tierRewards, type TierRewards } from '~/core/tiers/entryAwards';
import { canonicalJson } from '~/core/values/canonicalJson';
import type { EntryId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { Tx } from '~/db/inTransaction';
import { memberKeyText, type MemberKey } from '~/db/ledger';
import { orderKeyText } from '~/db/orders';
import { historiesOf, type HistoryAsked, type MemberHistory, type TierState } from '~/db/tiers';
import { knownOrder, type Evaluated, type Grounds, type Seen } from './evaluate';

/** Later orders settled in one transaction at most; the rest follows in the next. */
export const derivedAtOnce = 200;

/** What came of deriving members' orders anew. */
export type Derivation = {
  readonly orders: readonly Evaluated[];
  readonly tiers: readonly (TierState & Pick<TierRewards, 'plan' | 'undue'>)[];
  /** Members of whom more orders changed than one transaction settles. */
  readonly unfinished: readonly MemberKey[];
};

/**
 * Derives the orders of the given members from their whole histories (rules §2.9): those of the batch, and later
 * ones whose context depends on them. Of orders before the moment since which something changed, only the facts are
 * read. Each member is judged as of `momentOf`. One statement, however many members.
 */
export const deriveMembers = async (
  tx: Tx,
  members: readonly HistoryAsked[],
  seen: readonly Seen[],
  grounds: Grounds,
  momentOf: (member: MemberKey) => Instant,
  newId: () => EntryId,
): Promise<Derivation> => {
  const histories = await historiesOf(tx, members);
  const inBatch = new Map(seen.map((order) => [orderKeyText(order), order]));
  const derived = members.map(({ programId, memberId }) => {
    const member = { programId, memberId };
    const at = momentOf(member);
    const versions = grounds.versions.get(member.programId) ?? [];
    const record = histories.find((one) => memberKeyText(one) === memberKeyText(member));
    const clock = tierClockOf(versions, record?.overrides ?? []);
    const orders = deriveHistory(
      historyOf(member, record?.orders ?? [], inBatch, grounds, at),
      versions,
      clock,
      at,
      record?.remembered,
    );
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
    const reward = tierRewards(member.memberId, versions, clock.reached(), record?.rewards ?? [], at, newId);
    return {
      orders: [...fresh, ...later.slice(0, derivedAtOnce)],
      tier: versions.some(({ document }) => document.tiers !== null)
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

const same = (a: unknown, b: unknown): boolean => canonicalJson(a ?? null) === canonicalJson(b ?? null);

const historyOf = (
  member: MemberKey,
  records: MemberHistory['orders'],
  inBatch: ReadonlyMap<string, Seen>,
  grounds: Grounds,
  now: Instant,
) => {
  const known = records.filter(
    (record) =>
      record.programId === member.programId &&
      record.memberId === member.memberId &&
      !inBatch.has(orderKeyText(record)),
  );
  const mine = [...inBatch.values()].filter(
    (order) => order.programId === member.programId && order.memberId === member.memberId,
  );
  return [...known.map((record) => knownOrder(record, grounds, now)), ...mine].map((order) => ({
    seenAs: order,
    storeId: order.storeId,
    zone: order.zone,
    newest: order.kept.newest,
    settled: order.kept.settled,
    labels: order.labels,
    base: order.base,
    known: order.record !== null && order.record.memberId === member.memberId && order.record.context !== null,
  }));
};
