import { identityKey, identityOf } from '../orders/owner';
import { standsOn } from '../orders/winner';
import type { Bundle } from '../settlement/bundles';
import { evaluate } from '../settlement/evaluate';
import { ledgersNeeded } from '../settlement/ledgers';
import type { HistoryAsked, HistoryWanted, MemberHistory, OrderRecord, OrderToWrite } from '../settlement/records';
import { see } from '../settlement/see';
import { settle, type Settlement } from '../settlement/settle';
import type { Instant } from '../values/instant';
import { orderKeyText } from '../values/keys';
import type { PlayedRecord, Table } from './table';

/** The three steps of settling, with this table in place of a database. */
export const settleTable = (
  table: Table,
  batch: readonly Bundle[],
  asked: readonly HistoryAsked[],
  now: Instant,
): void => {
  const { ground, grounds, member, shelf, records, newId } = table;
  const identityKeys = batch.flatMap((bundle) =>
    bundle.snapshots.flatMap((snapshot) => {
      const identity = identityOf(bundle, snapshot);
      return identity === null ? [] : [identityKey(identity)];
    }),
  );
  const locked = {
    programId: ground.programId,
    memberId: member.memberId,
    cached: shelf.balance(),
    tier: table.tier?.tier ?? null,
    mergedInto: null,
    identityKeys,
  };
  const known = batch.flatMap((bundle) => records.get(orderKeyText(bundle)) ?? []);
  const labels = member.labels.map((one) => ({ memberId: member.memberId, ...one }));
  const sight = see({ batch, asked, labelled: [] }, { members: [locked], records: known, labels }, grounds, now);
  const histories = sight.histories.map((wanted) => historyOf(table, wanted));
  const evaluation = evaluate(sight, histories, newId);
  const codes = new Set(evaluation.codes.map(({ code }) => code));
  const redemptions = [...table.redemptions.values()]
    .filter(({ code }) => code !== null && codes.has(code))
    .map((redemption) => {
      const { spent, unpaid } = shelf.spentOn(redemption.id);
      return { redemption, spent, unpaid };
    });
  const needed = ledgersNeeded(sight, evaluation, redemptions);
  const forgivenOf = (order: Pick<OrderRecord, 'storeId' | 'orderId'>): number =>
    records.get(orderKeyText({ programId: ground.programId, storeId: order.storeId, orderId: order.orderId }))
      ?.forgivenLapsed ?? 0;
  const ledgers = needed.members.map(({ programId, memberId }) => {
    const { open, expired, activities, lapsed } = shelf.load(needed.orders, forgivenOf);
    return { programId, memberId, open, expired, activities, lapsed };
  });
  const expiredOfAwards = shelf.expiredOfAwards(needed.awards.flatMap(({ keys }) => keys));
  write(table, settle(sight, evaluation, { redemptions, ledgers, expiredOfAwards }, newId));
};

const write = (table: Table, { outcomes, checkpoints, tiers, book }: Settlement): void => {
  for (const fresh of checkpoints) table.checkpoint = fresh.checkpoint;
  for (const tier of tiers) {
    table.tier = tier;
    for (const award of tier.awards) table.awards.set(award.key, award);
  }
  table.shelf.write(book);
  for (const { order, uses } of outcomes) {
    table.records.set(orderKeyText(order), recordOf(order));
    for (const { id, state, usedOrderId, returned } of uses) {
      const redemption = table.redemptions.get(id);
      if (redemption !== undefined) table.redemptions.set(id, { ...redemption, state, usedOrderId, returned });
    }
  }
};

// Written out: copying it would cost more than what is done with it.
const recordOf = (order: OrderToWrite): PlayedRecord => ({
  programId: order.programId,
  storeId: order.storeId,
  orderId: order.orderId,
  memberId: order.memberId,
  newest: order.newest,
  settled: order.settled,
  owned: order.owned,
  context: order.context,
  finding: order.finding,
  entitlement: order.entitlement,
  posted: order.posted,
  seq: order.seq,
  forgivenLapsed: order.forgivenLapsed,
  erased: false,
  facts: order.facts,
  isRemembered: order.facts !== null,
});

const historyOf = (table: Table, { since }: HistoryWanted): MemberHistory => {
  const { ground, member, records, checkpoint: kept } = table;
  const holding = kept !== null && since !== null && kept.until < since ? kept : null;
  const mine = [...records.values()].filter((one) => holding === null || standsOn(one).instant > holding.until);
  const isInFull = (one: (typeof mine)[number]): boolean =>
    since === null || one.facts === null || standsOn(one).instant >= since;
  return {
    programId: ground.programId,
    memberId: member.memberId,
    orders: mine.filter(isInFull),
    remembered: mine.flatMap((one) => (isInFull(one) ? [] : (one.facts ?? []))),
    checkpoint: kept === null ? null : { holding },
    overrides: member.overrides,
    awards: [...table.awards.values()],
  };
};
