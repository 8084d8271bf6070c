import type { OrderRefund, OrderSnapshot } from '~/core/orders/snapshot';
import { asId, type PlatformId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { line, order } from 'test/support/builders';

/** An order as it truly is, whatever messages say. */
export type TrueOrder = {
  readonly id: number;
  customer: number;
  readonly placedAt: Instant;
  updatedAt: Instant;
  paid: boolean;
  fulfilled: boolean;
  cancelledAt: Instant | null;
  readonly lines: { readonly id: number; readonly price: number; quantity: number; edited: number; refunded: number }[];
  readonly refunds: {
    readonly at: Instant;
    readonly lines: readonly (readonly [number, number])[];
    readonly money: number;
  }[];
  /** A code on the first line. */
  readonly code: { readonly text: string; readonly amount: number } | null;
};

export const isRefunded = ({ lines }: TrueOrder): boolean =>
  lines.every((one) => one.refunded === one.quantity - one.edited);

/** The state of an order as the platform would send it. */
export const snapshotOf = (state: TrueOrder): OrderSnapshot => {
  const refunds = state.refunds.map((one, index): OrderRefund => ({
    refundId: asId<PlatformId>(String(state.id * 100 + index)),
    at: one.at,
    lines: one.lines.map(([lineId, quantity]) => ({
      lineId: asId<PlatformId>(String(lineId)),
      quantity,
      subtotalMinor: 0,
      taxMinor: 0,
    })),
    shippingMinor: 0,
    shippingTaxMinor: 0,
    adjustmentMinor: one.money === 0 ? 0 : -one.money,
  }));
  const { code } = state;
  return order({
    orderId: state.id,
    customerId: asId<PlatformId>(String(state.customer)),
    instant: state.placedAt,
    createdAt: state.placedAt,
    updatedAt: state.updatedAt,
    cancelledAt: state.cancelledAt,
    financialStatus: !state.paid
      ? 'pending'
      : refunds.length === 0
        ? 'paid'
        : isRefunded(state)
          ? 'refunded'
          : 'partially_refunded',
    fulfillmentStatus: state.fulfilled ? 'fulfilled' : 'none',
    discountCodes: code === null ? [] : [code.text],
    refunds,
    lines: state.lines.map((one, index) =>
      line({
        lineId: one.id,
        quantity: one.quantity,
        currentQuantity: one.quantity - one.edited - one.refunded,
        listMinor: one.price * one.quantity,
        discounts: index === 0 && code !== null ? [{ code: code.text, amountMinor: code.amount }] : [],
      }),
    ),
  });
};

const hour = 3_600_000;
// June in Rome is two hours ahead of UTC: all the model needs of time zones.
const romanDay = (moment: Instant): number => Math.floor((moment + 2 * hour) / (24 * hour));
const isWeekend = (moment: Instant): boolean => [0, 6].includes(new Date(moment + 2 * hour).getUTCDay());

export const dayCap = 120;
/** Once, for a member's first order. */
export const welcome = 7;

/** When a lot lapses after one month, to the end of the local day. */
export const naiveEnd = (openedAt: Instant): Instant => {
  const local = new Date(openedAt + 2 * hour);
  const lastOfNext = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 2, 0)).getUTCDate();
  return instant(
    Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, Math.min(local.getUTCDate(), lastOfNext) + 1) - 2 * hour,
  );
};

/** What an order had in money: sixths of a cent, so that units of up to three divide evenly. */
const unitBasis = (state: TrueOrder, index: number): number => {
  const one = state.lines[index];
  if (one === undefined) return 0;
  const off = index === 0 && state.code !== null ? state.code.amount : 0;
  return (Math.max(0, one.price * one.quantity - off) * 6) / one.quantity;
};

const isOver = (state: TrueOrder, at: Instant): boolean => {
  if (state.cancelledAt !== null && state.cancelledAt <= at) return true;
  const last = Math.max(...state.refunds.map((refund) => refund.at));
  return state.paid && state.refunds.length > 0 && isRefunded(state) && last <= at;
};

/** Base points at 1 per 1.00, twice at weekends, rounded down, and the welcome: before caps and refunds. */
const rawTotal = (state: TrueOrder, before: readonly TrueOrder[]): number => {
  if (!state.paid) return 0;
  const sixths = state.lines.reduce(
    (sum, one, index) => sum + unitBasis(state, index) * (one.quantity - one.edited),
    0,
  );
  const isFirst = before.every((one) => one.cancelledAt !== null && one.cancelledAt <= state.placedAt);
  return Math.floor((sixths * (isWeekend(state.placedAt) ? 2 : 1)) / 600) + (isFirst && sixths > 0 ? welcome : 0);
};

/** One member's orders, worth what the rules say: written as plainly as possible, on its own. */
export const naiveWorth = (orders: readonly TrueOrder[]): ReadonlyMap<number, number> => {
  const inOrder = [...orders].sort((a, b) => a.placedAt - b.placedAt || a.id - b.id);
  const totals = new Map<number, number>();
  const worth = new Map<number, number>();
  for (const state of inOrder) {
    const before = inOrder.slice(0, inOrder.indexOf(state));
    const used = before
      .filter((one) => romanDay(one.placedAt) === romanDay(state.placedAt) && !isOver(one, state.placedAt))
      .reduce((sum, one) => sum + (totals.get(one.id) ?? 0), 0);
    const total = Math.min(rawTotal(state, before), Math.max(0, dayCap - used));
    totals.set(state.id, total);
    worth.set(state.id, isOver(state, instant(8e15)) ? 0 : afterRefunds(state, total));
  }
  return worth;
};

const afterRefunds = (state: TrueOrder, total: number): number => {
  const units = state.lines.flatMap((one, index) =>
    Array.from({ length: one.quantity - one.edited }, (_, unit) => ({
      basis: unitBasis(state, index),
      gone: unit >= one.quantity - one.edited - one.refunded,
    })),
  );
  const sum = units.reduce((all, { basis }) => all + basis, 0);
  if (sum === 0) return 0;
  const shares = units.map(({ basis }) => Math.floor((total * basis) / sum));
  const rest = units
    .map(({ basis }, index) => ({ index, left: (total * basis) % sum }))
    .sort((a, b) => b.left - a.left || a.index - b.index);
  for (const { index } of rest.slice(0, total - shares.reduce((all, share) => all + share, 0)))
    shares[index] = (shares[index] ?? 0) + 1;
  const left = units.reduce((all, { gone }, index) => all + (gone ? 0 : (shares[index] ?? 0)), 0);
  const back = state.refunds.reduce((all, { money }) => all + money, 0) * 6;
  const paid = units.reduce((all, { basis, gone }) => all + (gone || basis === 0 ? 0 : basis), 0);
  if (back === 0) return left;
  return paid === 0 ? 0 : Math.floor((2 * left * Math.max(0, paid - back) + paid) / (2 * paid));
};

/** How many of the points spent on an order should have come back. */
export const naiveReturn = (state: TrueOrder, points: number): number => {
  if (isOver(state, instant(8e15))) return points;
  const [first] = state.lines;
  if (first === undefined || state.code === null || state.code.amount === 0) return 0;
  return Math.floor((2 * points * first.refunded + first.quantity) / (2 * first.quantity));
};
