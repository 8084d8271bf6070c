import { deriveHistory, type DerivedOrder } from '../evaluation/history';
import { checkpointAt, startPast, type Checkpoint } from '../evaluation/past';
import { standsOn } from '../orders/winner';
import { entryAwards, type EntryAwards } from '../tiers/entryAwards';
import { canonicalJson } from '../values/canonicalJson';
import type { EntryId } from '../values/ids';
import { memberKeyText, orderKeyText, type MemberKey } from '../values/keys';
import type { Evaluated } from './evaluate';
import type { CheckpointToWrite, HistoryWanted, MemberHistory, TierState } from './records';
import { knownOrder, type Seen, type Sight } from './see';

/** Later orders settled in one transaction at most; the rest follows in the next. */
export const derivedAtOnce = 200;

/** A member's tier as derived anew, with what is paid and taken back for it. */
export type DerivedTier = TierState & Pick<EntryAwards, 'plan' | 'undue'>;

/** What came of deriving members' orders anew. */
export type Derivation = {
  readonly orders: readonly Evaluated[];
  readonly tiers: readonly DerivedTier[];
  /** Members of whom more orders changed than one transaction settles. */
  readonly unfinished: readonly MemberKey[];
  readonly checkpoints: readonly CheckpointToWrite[];
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
    checkpoints: derived.flatMap(({ checkpoint }) => checkpoint ?? []),
  };
};

const deriveMember = (
  sight: Sight,
  asked: HistoryWanted,
  inBatch: ReadonlyMap<string, Seen>,
  record: MemberHistory | undefined,
  newId: () => EntryId,
) => {
  const member = { programId: asked.programId, memberId: asked.memberId };
  const at = sight.momentOf(member);
  const versions = sight.grounds.versions.get(member.programId) ?? [];
  const history = historyOf(sight, member, record?.orders ?? [], inBatch);
  const remembered = record?.remembered ?? [];
  const placed = [...remembered.map(({ instant }) => instant), ...history.map((one) => standsOn(one).instant)];
  const keptAt = checkpointAt(placed, versions, sight.limits);
  const past = startPast(versions, record?.overrides ?? [], { from: record?.checkpoint?.holding ?? null, keptAt });
  const orders = changedOf(deriveHistory(history, versions, past, at, remembered), record);
  const tier = past.advance(at);
  const fresh = orders.filter((order) => inBatch.has(orderKeyText(order)));
  const later = orders.filter((order) => !inBatch.has(orderKeyText(order)));
  const unfinished = later.length > derivedAtOnce;
  const { clock } = past;
  const award = entryAwards(
    member.memberId,
    versions,
    { reached: clock.reached(), before: record?.awards ?? [] },
    at,
    newId,
  );
  return {
    orders: [...fresh, ...later.slice(0, derivedAtOnce)],
    tier: versions.some(({ document }) => document.tiers !== null)
      ? {
          programId: member.programId,
          memberId: member.memberId,
          tier,
          nextChangeAt: clock.nextChangeAt(),
          changes: clock.changes(),
          awards: award.awards,
          plan: award.plan,
          undue: award.undue,
        }
      : null,
    unfinished: unfinished ? [member] : [],
    checkpoint: checkpointToWrite(asked, record, unfinished ? null : past.checkpoint()),
  };
};

// Orders of which anything is to be written: messages told something, their facts are not kept yet, or what they depend
// on changed.
const changedOf = (
  orders: readonly DerivedOrder<ReturnType<typeof inHistory>>[],
  record: MemberHistory | undefined,
): readonly Evaluated[] => {
  const unsaid = new Set(record?.orders.filter(({ isRemembered }) => !isRemembered).map(orderKeyText));
  return orders
    .map((derived) => evaluatedAs(derived.order.seenAs, derived))
    .filter(
      (order) =>
        order.isNew ||
        unsaid.has(orderKeyText(order)) ||
        !same(order.context, order.record?.context) ||
        !same(order.finding, order.record?.finding),
    );
};

/**
 * An order with what was said of it. Written out: every order comes by here, and copying it would cost more than
 * judging it.
 */
export const evaluatedAs = (
  { programId, storeId, orderId, record, kept, base, zone, labels, memberId, at, isNew }: Seen,
  { context, finding, document, worth, facts }: Omit<Evaluated, keyof Seen>,
): Evaluated => ({
  programId,
  storeId,
  orderId,
  record,
  kept,
  base,
  zone,
  labels,
  memberId,
  at,
  isNew,
  context,
  finding,
  document,
  worth,
  facts,
});

// Null: what is kept stays as it is. One that does not hold goes, whether or not there is a new one.
const checkpointToWrite = (
  { programId, memberId, version }: HistoryWanted,
  record: MemberHistory | undefined,
  fresh: Checkpoint | null,
): CheckpointToWrite | null => {
  const isOutdated = record?.checkpoint?.holding === null;
  return fresh === null && !isOutdated ? null : { programId, memberId, version, checkpoint: fresh };
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
