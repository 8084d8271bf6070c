import { lapseLots } from '../ledger/lapse';
import { openMemberBook } from '../ledger/memberBook';
import type { OrderSnapshot } from '../orders/snapshot';
import { bundlesOf } from '../settlement/bundles';
import { instant, type Instant } from '../values/instant';
import { settleTable } from './settleTable';
import type { Table } from './table';
import type { PlayedOrder } from './timeline';

/** The shop told states of orders, each when it happened; what they are worth by now is posted. */
export const tell = (table: Table, told: readonly (PlayedOrder & { readonly at: Instant })[], now: Instant): void => {
  const { programId } = table.ground;
  const messages = told.map(({ storeId, snapshot, at }) => ({
    receivedAt: at,
    store: { programId, storeId },
    snapshot: asTold(table, snapshot),
  }));
  settleTable(table, bundlesOf(messages, now), [], now);
};

/** Orders of before the time that is played: later ones may ask of them, but their points are not there. */
export const recall = (table: Table, told: readonly PlayedOrder[], now: Instant): void => {
  tell(
    table,
    told.map((order) => ({ ...order, at: now })),
    now,
  );
  table.shelf.empty();
};

/** Time goes on to a moment: lots lapse and tiers end at their own moments. */
export const goOn = (table: Table, to: Instant): void => {
  for (;;) {
    const lapses = table.shelf.nextChangeAt();
    const ends = table.tier?.nextChangeAt ?? null;
    if (lapses === null && ends === null) return;
    const next = instant(Math.min(lapses ?? Infinity, ends ?? Infinity));
    if (next > to) return;
    if (lapses !== null && lapses <= next) sweep(table, next);
    if (ends !== null && ends <= next) requalify(table, next);
  }
};

const sweep = (table: Table, now: Instant): void => {
  const { shelf, member, newId } = table;
  const { policies, timeZone } = table.ground.document;
  const book = openMemberBook(
    [{ memberId: member.memberId, cached: shelf.balance(), open: shelf.openOf() }],
    now,
    newId,
  );
  const policy = policies.expiry.kind === 'none' ? 'after_months' : policies.expiry.kind;
  book.post(member.memberId, lapseLots(book.openOf(member.memberId) ?? shelf.openOf(), policy, timeZone, now, newId));
  shelf.write(book);
};

const requalify = (table: Table, now: Instant): void => {
  const { ground, member } = table;
  // What came before now stands: only the tier may change.
  settleTable(table, [], [{ programId: ground.programId, memberId: member.memberId, since: now }], now);
};

// The codes are those of rewards that were taken in the play. An order that names nobody any more stays the member's.
const asTold = ({ redemptions, member }: Table, snapshot: OrderSnapshot): OrderSnapshot => {
  const discountCodes = [...redemptions.values()].flatMap(({ code, usedOrderId }) =>
    usedOrderId === snapshot.orderId && code !== null ? [code] : [],
  );
  const isNobodys = snapshot.customerId === null && snapshot.emailHash === null;
  return { ...snapshot, discountCodes, emailHash: isNobodys ? member.memberId : snapshot.emailHash };
};
