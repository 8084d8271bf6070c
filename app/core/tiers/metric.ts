import { instant, type Instant } from '../values/instant';
import type { Tiers } from './section';
import { leavesAt } from './windows';

/** What an order adds to a member's tier metric from a moment on. */
export type MetricStep = {
  readonly at: Instant;
  readonly spendMinor: number;
  readonly points: number;
  readonly orders: number;
};

/** What an order adds to the metric: its steps count from their own times, while the order is in the window. */
export type Contribution = {
  readonly instant: Instant;
  readonly currency: string;
  readonly steps: readonly MetricStep[];
};

/** What a member's orders add up to in the window of the tiers, while time goes on: never back. */
export type RunningMetric = {
  /** Adds an order; steps before `passed` count from then on. */
  readonly add: (order: Contribution, passed: Instant) => void;
  /** From now on it is judged by these tiers. */
  readonly judgeBy: (tiers: Tiers | null) => void;
  /** The metric at a moment: with the steps of that very moment, without the orders that left by then. */
  readonly at: (moment: Instant) => number;
  /** Whether steps wait that count by a moment. */
  readonly isDue: (moment: Instant) => boolean;
  /** The first moment after another at which a step counts or an order leaves; null: none. */
  readonly changesAfter: (moment: Instant) => Instant | null;
};

type Counted = {
  readonly instant: Instant;
  readonly currency: string;
  step: MetricStep | null;
  value: number;
  isGone: boolean;
};
type Waiting = { readonly at: Instant; readonly of: Counted; readonly step: MetricStep };

/**
 * Starts the metric of a member without orders. Every order enters and leaves once: a history costs no more than its
 * length.
 */
export const startMetric = (zone: string): RunningMetric => {
  const orders: Counted[] = []; // by instant, so that those that leave first come first
  const waiting: Waiting[] = []; // by moment
  let tiers: Tiers | null = null;
  let sum = 0;
  let staying = 0; // all before this one left

  const count = (order: Counted): void => {
    const value =
      order.isGone || tiers === null || order.step === null ? 0 : valueOf(order.step, order.currency, tiers);
    sum += value - order.value;
    order.value = value;
  };

  const leavesOf = (order: Counted): Instant | null => (tiers === null ? null : leavesAt(order.instant, tiers, zone));
  const leavesAfter = (moment: Instant): Instant | null => {
    for (let index = staying; index < orders.length; index += 1) {
      const order = orders[index];
      const leaves = order === undefined ? null : leavesOf(order);
      if (leaves === null || leaves > moment) return leaves;
    }
    return null;
  };

  return {
    add: ({ instant: placed, currency, steps }, passed) => {
      const order: Counted = { instant: placed, currency, step: null, value: 0, isGone: false };
      staying = Math.min(
        staying,
        insertSorted(orders, order, (one) => one.instant),
      );
      for (const step of steps)
        insertSorted(waiting, { at: instant(Math.max(step.at, passed)), of: order, step }, ({ at }) => at);
    },
    judgeBy: (judged) => {
      if (judged === tiers) return;
      tiers = judged;
      staying = 0;
      for (const order of orders) {
        order.isGone = false;
        count(order);
      }
    },
    at: (moment) => {
      const due = waiting.findIndex(({ at }) => at > moment);
      for (const { of, step } of waiting.splice(0, due === -1 ? waiting.length : due)) {
        if (of.step !== null && step.at < of.step.at) continue;
        of.step = step;
        count(of);
      }
      for (
        let order = orders[staying];
        order !== undefined && (leavesOf(order) ?? Infinity) <= moment;
        order = orders[staying]
      ) {
        order.isGone = true;
        count(order);
        staying += 1;
      }
      return sum;
    },
    isDue: (moment) => waiting[0] !== undefined && waiting[0].at <= moment,
    changesAfter: (moment) => {
      const step = waiting.find(({ at }) => at > moment)?.at ?? null;
      const left = leavesAfter(moment);
      return step === null || left === null ? (step ?? left) : instant(Math.min(step, left));
    },
  };
};

const valueOf = (step: MetricStep, currency: string, tiers: Tiers): number => {
  if (tiers.metric === 'spend') return currency === tiers.currency ? step.spendMinor : 0;
  return tiers.metric === 'points' ? step.points : step.orders;
};

// Nearly everything comes in order, so the place is looked for from the end. Of equals the later comes later.
const insertSorted = <Item>(items: Item[], item: Item, keyOf: (one: Item) => number): number => {
  let place = items.length;
  while (place > 0) {
    const before = items[place - 1];
    if (before === undefined || keyOf(before) <= keyOf(item)) break;
    place -= 1;
  }
  items.splice(place, 0, item);
  return place;
};
