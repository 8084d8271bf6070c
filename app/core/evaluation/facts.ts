import { earningLines, excludesOrder } from '../earning/basis';
import type { OrderContext } from '../earning/context';
import { keptOf, moneyBack, moneyLeft, type Entitlement } from '../earning/entitlement';
import type { EarningDocument } from '../earning/section';
import type { OrderSnapshot } from '../orders/snapshot';
import { stateAt } from '../orders/stateAt';
import { standsOn } from '../orders/winner';
import type { MetricStep } from '../tiers/metric';
import { compareIds, type PlatformId, type StoreId } from '../values/ids';
import { instant, type Instant } from '../values/instant';
import { commonFractions, divideWhole, mulDiv, sumOf } from '../values/ratio';
import { orderWorth } from './worth';

/** What later orders of a member ask of an earlier one. */
export type OrderFacts = {
  readonly storeId: StoreId;
  readonly orderId: PlatformId;
  readonly instant: Instant;
  readonly currency: string;
  /** Whether it is counted among the member's orders at all: test and voided ones are not. */
  readonly numbered: boolean;
  readonly cancelledAt: Instant | null;
  /** Its capped points before refunds: what it takes of the period caps. */
  readonly room: number;
  /** From when on it takes nothing: cancelled or refunded in full; null: never. */
  readonly freedAt: Instant | null;
  readonly steps: readonly MetricStep[];
};

/** The order in which a member's orders come after each other: by instant, then by order id. */
export const compareOrders = (
  a: { readonly instant: Instant; readonly orderId: PlatformId },
  b: { readonly instant: Instant; readonly orderId: PlatformId },
): number => a.instant - b.instant || compareIds(a.orderId, b.orderId);

/** An order as it is known, and where it was bought: `newest` and `settled` as in `keepSnapshot`. */
export type KnownOrder = {
  readonly storeId: StoreId;
  /** The store's time zone. */
  readonly zone: string;
  readonly newest: OrderSnapshot;
  readonly settled: OrderSnapshot | null;
};

/**
 * What an order means for those after it; without a program it only counts. `worth` is what it is worth in the context:
 * the states it went through are mostly that one alone, and nothing is asked twice.
 */
export const factsOf = (
  { storeId, zone, newest, settled }: KnownOrder,
  context: OrderContext | null,
  document: EarningDocument | null,
  worth: Entitlement = orderWorth(newest, settled, context, document, { storeId, zone }),
): OrderFacts => {
  const place = { storeId, zone };
  const stood = standsOn({ newest, settled });
  const worthIn = (state: OrderSnapshot): Entitlement =>
    state === settled ? worth : orderWorth(state, state, context, document, place);
  const first = settled === null ? null : worthIn(stateAt(stood, stood.instant));
  return {
    storeId,
    orderId: newest.orderId,
    instant: stood.instant,
    currency: stood.currency,
    numbered: !stood.test && stood.financialStatus !== 'voided',
    cancelledAt: stood.cancelledAt,
    room: totalOf(first),
    freedAt: freedAt(stood),
    steps: settled === null ? [] : stepsOf(settled, context, document, worthIn),
  };
};

const totalOf = (worth: Entitlement | null): number => (worth?.why.worth === 'points' ? worth.why.total : 0);

const freedAt = (order: OrderSnapshot): Instant | null => {
  const refunded =
    order.financialStatus === 'refunded'
      ? instant(Math.max(order.instant, ...order.refunds.map(({ at }) => at)))
      : null;
  if (order.cancelledAt === null || refunded === null) return order.cancelledAt ?? refunded;
  return instant(Math.min(order.cancelledAt, refunded));
};

const stepsOf = (
  order: OrderSnapshot,
  context: OrderContext | null,
  document: EarningDocument | null,
  worthIn: (state: OrderSnapshot) => Entitlement,
): readonly MetricStep[] => {
  const moments = [
    order.instant,
    ...order.refunds.map(({ at }) => at),
    ...(order.cancelledAt === null ? [] : [order.cancelledAt]),
  ]
    .map((at) => instant(Math.max(at, order.instant)))
    .sort((a, b) => a - b);
  const steps: MetricStep[] = [];
  for (const at of new Set(moments)) {
    const state = stateAt(order, at);
    const step = {
      at,
      spendMinor: document === null ? 0 : spendOf(state, document, context),
      points: worthIn(state).points,
      orders: isCounted(state) ? 1 : 0,
    };
    const before = steps.at(-1);
    if (
      before === undefined ||
      before.spendMinor !== step.spendMinor ||
      before.points !== step.points ||
      before.orders !== step.orders
    )
      steps.push(step);
  }
  return steps;
};

const isCounted = (order: OrderSnapshot): boolean =>
  !order.test &&
  order.cancelledAt === null &&
  (order.financialStatus === 'paid' || order.financialStatus === 'partially_refunded');

/**
 * Basis of the units left of a paid order, less money given back without units in proportion; in minor units, to the
 * nearest.
 */
export const spendOf = (order: OrderSnapshot, document: EarningDocument, context: OrderContext | null): number => {
  if (!isCounted(order) || excludesOrder(order, document, context ?? {})) return 0;
  const lines = earningLines(order, document, context ?? {});
  const basis = sumOf(
    commonFractions(
      lines.map((line) => ({ amount: line.basisMinor, units: line.units - line.refundedUnits, of: line.quantity })),
    ),
  );
  const back = moneyBack(order, document.earning.includeShipping);
  if (back > 0) return Number(keptOf(BigInt(basis.minor), BigInt(basis.per), moneyLeft(lines), back));
  return typeof basis.minor === 'number'
    ? mulDiv(basis.minor, 1, Number(basis.per), 'nearest')
    : Number(divideWhole(basis.minor, BigInt(basis.per), 'nearest'));
};
