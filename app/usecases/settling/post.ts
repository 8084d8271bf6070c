import type { Entitlement } from '~/core/earning/entitlement';
import type { MemberBook } from '~/core/ledger/memberBook';
import { settleOrder } from '~/core/ledger/settleOrder';
import { keptMoney, standingOf } from '~/core/orders/standing';
import { standsOn } from '~/core/orders/winner';
import { worthNothing } from '~/core/evaluation/worth';
import { policiesWithoutProgram } from '~/core/ledger/policies';
import { useCode } from '~/core/redemptions/onOrder';
import type { EntryId, MemberId } from '~/core/values/ids';
import type { LoadedLedger } from '~/db/ledger';
import type { OrderToWrite } from '~/db/orders';
import type { writeUses } from '~/db/redemptions';
import type { SpentRedemption } from '~/db/spentRedemptions';
import type { Deps } from '../deps';
import type { Evaluated, Grounds } from './evaluate';

type PostDeps = Pick<Deps, 'newId'>;

/** The redemptions whose codes are on an order. */
export const redemptionsOn = (
  order: Evaluated,
  redemptions: readonly SpentRedemption[],
): readonly SpentRedemption[] => {
  const codes = order.kept.newest.discountCodes.map((code) => code.toUpperCase());
  return redemptions.filter(
    ({ redemption }) => redemption.programId === order.programId && codes.includes(redemption.code),
  );
};

/** What is to be written of an order after its decisions. */
export type Outcome = {
  readonly order: OrderToWrite;
  readonly uses: readonly (Parameters<typeof writeUses>[1][number] & { readonly memberId: MemberId })[];
};

/** Decides about one order: what it is worth, whose it is, which codes it used. Posts to the members' book. */
export const settleOne = (
  deps: PostDeps,
  order: Evaluated,
  grounds: Grounds,
  redemptions: SpentRedemption[],
  ledgers: ReadonlyMap<MemberId, LoadedLedger>,
  book: MemberBook,
): Outcome => {
  const now = order.at;
  const version = order.context?.programVersion ?? 0;
  const later = (grounds.versions.get(order.programId) ?? []).filter((one) => one.version > version);
  const stood = standsOn(order.kept);
  let state = {
    posted: order.record?.posted ?? 0,
    seq: order.record?.seq ?? 0,
    forgivenLapsed: order.record?.forgivenLapsed ?? 0,
  };
  const settleFor = (memberId: MemberId, worth: Entitlement): void => {
    const expired = ledgers
      .get(memberId)
      ?.expired.find(({ storeId, orderId }) => storeId === order.storeId && orderId === order.orderId);
    const settled = settleOrder(
      {
        storeId: order.storeId,
        orderId: order.orderId,
        instant: stood.instant,
        memberId,
        state,
        worth,
        document: order.document,
        zone: order.zone,
        later,
        activities: [...book.activitiesOf(memberId), stood.instant],
        open: book.openOf(memberId),
        ownExpired: (expired?.points ?? 0) - book.revivedOf(memberId, order),
      },
      now,
      deps.newId<EntryId>,
    );
    book.post(memberId, settled.plan, now);
    book.forgive(memberId, order, settled.state.forgivenLapsed - state.forgivenLapsed);
    state = settled.state;
  };
  let uses: Outcome['uses'] = [];
  const spendCodes = (): void => {
    const applied = applyCodes(deps, order, redemptions, book, state.seq);
    uses = applied.uses;
    state = { ...state, seq: applied.seq };
  };
  const holder = order.record?.memberId ?? null;
  const isMoved = holder !== null && holder !== order.memberId && state.posted > 0;
  // What was spent on the order comes back before its points are taken back: only what is missing then is owed or
  // forgiven.
  const takesBack = isMoved || order.worth.points < state.posted;
  if (takesBack) spendCodes();
  if (isMoved) settleFor(holder, worthNothing(stood, order.context?.programVersion ?? null, 'moved'));
  if (order.memberId !== null) settleFor(order.memberId, order.worth);
  if (!takesBack) spendCodes();
  return {
    uses,
    order: {
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
      ...state,
      standingKind: standingOf(order.kept.settled),
      paidMinor: keptMoney(order.kept.settled),
    },
  };
};

const applyCodes = (
  deps: PostDeps,
  order: Evaluated,
  redemptions: SpentRedemption[],
  book: MemberBook,
  firstSeq: number,
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
      deps.newId<EntryId>,
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
