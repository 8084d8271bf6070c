import type { Entitlement } from '../earning/entitlement';
import { worthNothing } from '../evaluation/worth';
import type { MemberBook } from '../ledger/memberBook';
import { policiesWithoutProgram } from '../ledger/policies';
import { settleOrder, type PostedState } from '../ledger/settleOrder';
import { keptMoney, statusOf } from '../orders/status';
import { standsOn } from '../orders/winner';
import { useCode } from '../redemptions/onOrder';
import type { EntryId, MemberId } from '../values/ids';
import type { Evaluated } from './evaluate';
import type { Grounds } from './grounds';
import type { LoadedLedger, OrderToWrite, RedemptionUse, SpentRedemption } from './records';

/** The redemptions whose codes are on an order. */
export const redemptionsOn = (
  order: Evaluated,
  redemptions: readonly SpentRedemption[],
): readonly SpentRedemption[] => {
  const codes = order.kept.newest.discountCodes.map((code) => code.toUpperCase());
  return redemptions.filter(
    ({ redemption }) =>
      redemption.programId === order.programId && redemption.code !== null && codes.includes(redemption.code),
  );
};

/** What is to be written of an order after its decisions. */
export type Outcome = { readonly order: OrderToWrite; readonly uses: readonly RedemptionUse[] };

/** What orders are posted to, one after the other: each sees what those before it did. */
export type Posting = {
  readonly grounds: Grounds;
  /** Those whose codes are on the orders, as they are by now. */
  readonly redemptions: SpentRedemption[];
  readonly ledgers: ReadonlyMap<MemberId, LoadedLedger>;
  readonly book: MemberBook;
  readonly newId: () => EntryId;
};

/** Decides about one order: what it is worth, whose it is, which codes it used. Posts to the members' book. */
export const settleOne = (order: Evaluated, posting: Posting): Outcome => {
  const { record } = order;
  let state: PostedState = {
    posted: record?.posted ?? 0,
    seq: record?.seq ?? 0,
    forgivenLapsed: record?.forgivenLapsed ?? 0,
  };
  let uses: Outcome['uses'] = [];
  const spendCodes = (): void => {
    const applied = applyCodes(order, state.seq, posting);
    uses = applied.uses;
    state = { ...state, seq: applied.seq };
  };
  const holder = record?.memberId ?? null;
  const isMoved = holder !== null && holder !== order.memberId && state.posted > 0;
  // What was spent on the order comes back before its points are taken back: only what is missing then is owed or
  // forgiven.
  const takesBack = isMoved || order.worth.points < state.posted;
  if (takesBack) spendCodes();
  if (isMoved) {
    const moved = worthNothing(standsOn(order.kept), order.context?.programVersion ?? null, 'moved');
    state = settleFor(order, holder, moved, state, posting);
  }
  if (order.memberId !== null) state = settleFor(order, order.memberId, order.worth, state, posting);
  if (!takesBack) spendCodes();
  return { uses, order: written(order, state) };
};

// Posts what the order is worth for a member less what was posted; answers what the ledger holds for the order then.
const settleFor = (
  order: Evaluated,
  memberId: MemberId,
  worth: Entitlement,
  state: PostedState,
  { grounds, ledgers, book, newId }: Posting,
): PostedState => {
  const { instant: moment } = standsOn(order.kept);
  const version = order.context?.programVersion ?? 0;
  const expired = ledgers
    .get(memberId)
    ?.expired.find(({ storeId, orderId }) => storeId === order.storeId && orderId === order.orderId);
  const settled = settleOrder(
    {
      storeId: order.storeId,
      orderId: order.orderId,
      instant: moment,
      memberId,
      state,
      worth,
      document: order.document,
      zone: order.zone,
      later: (grounds.versions.get(order.programId) ?? []).filter((one) => one.version > version),
      activities: [...book.activitiesOf(memberId), moment],
      open: book.openOf(memberId),
      ownExpired: (expired?.points ?? 0) - book.revivedOf(memberId, order),
    },
    order.at,
    newId,
  );
  book.post(memberId, settled.plan, order.at);
  book.forgive(memberId, order, settled.state.forgivenLapsed - state.forgivenLapsed);
  return settled.state;
};

const applyCodes = (
  order: Evaluated,
  firstSeq: number,
  { redemptions, book, newId }: Posting,
): { readonly uses: Outcome['uses']; readonly seq: number } => {
  let seq = firstSeq;
  const uses = redemptionsOn(order, redemptions).flatMap((sighted) => {
    const { redemption, spent, unpaid } = sighted;
    const use = useCode(
      {
        storeId: order.storeId,
        orderId: order.orderId,
        newest: order.kept.newest,
        settled: order.kept.settled,
        redemption,
        spent,
        unpaid,
        policies: order.document?.policies ?? policiesWithoutProgram,
        zone: order.zone,
        seq,
      },
      book,
      order.at,
      newId,
    );
    if (use === null) return [];
    const { seq: usedSeq, ...after } = use;
    seq = usedSeq;
    // A later order of this batch sees what this one made of the code.
    redemptions[redemptions.indexOf(sighted)] = { ...sighted, redemption: { ...redemption, ...after } };
    return [{ programId: order.programId, memberId: redemption.memberId, id: redemption.id, ...after }];
  });
  return { uses, seq };
};

const written = (order: Evaluated, { posted, seq, forgivenLapsed }: PostedState): OrderToWrite => ({
  programId: order.programId,
  storeId: order.storeId,
  orderId: order.orderId,
  memberId: order.memberId,
  newest: order.kept.newest,
  settled: order.kept.settled,
  owned: order.kept.owned,
  context: order.context,
  finding: order.finding,
  facts: order.facts,
  entitlement: order.memberId === null ? 0 : order.worth.points,
  status: statusOf(order.kept.settled),
  paidMinor: keptMoney(order.kept.settled),
  posted,
  seq,
  forgivenLapsed,
});
