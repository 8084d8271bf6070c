import { canonicalJson } from '../values/canonicalJson';
import { instant, type Instant } from '../values/instant';
import { invariant } from '../values/result';
import { insertSorted, takeUpTo } from '../values/sorted';
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

/** A metric as it is kept: what its orders come to, judged by the tiers of that moment. */
export type KeptMetric = {
  /** What orders add that leave together (null: never), and of which no step is to come. */
  readonly settled: readonly (readonly [Instant | null, number])[];
  /** Orders of which steps are to come, and the step that counts now. */
  readonly open: readonly (Contribution & { readonly step: MetricStep | null })[];
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
  /** The first moment after another at which an order leaves that adds something; null: none. */
  readonly fallsAfter: (moment: Instant) => Instant | null;
  /** The metric as it can be started again; then it may only be judged by the same tiers. */
  readonly keep: () => KeptMetric;
};

type Counted = Pick<Contribution, 'instant' | 'currency'> & {
  /** When it leaves the window of the tiers by which it is judged. */
  leaves: Instant | null;
  step: MetricStep | null;
  value: number;
  isGone: boolean;
};
const nobody = { leaves: null, value: 0 };
type Waiting = { readonly at: Instant; readonly of: Counted; readonly step: MetricStep };

/** The same tiers, whichever versions they are of. */
export const sameTiers = (a: Tiers | null, b: Tiers | null): boolean =>
  a === b || canonicalJson(a) === canonicalJson(b);

/**
 * Starts the metric of a member without orders, or as it was kept, judged by tiers. Every order enters and leaves once:
 * a history costs no more than its length.
 */
export const startMetric = (zone: string, judgedBy: Tiers | null, kept: KeptMetric | null = null): RunningMetric => {
  let tiers = judgedBy;
  const leavesOf = (placed: Instant): Instant | null => (tiers === null ? null : leavesAt(placed, tiers, zone));
  const { orders, waiting } = restored(kept, tiers, leavesOf);
  let sum = orders.reduce((all, { value }) => all + value, 0);
  let staying = 0; // all before this one left

  const count = (order: Counted): void => {
    const value = order.isGone ? 0 : valueOf(order, tiers);
    sum += value - order.value;
    order.value = value;
  };
  const leavesAfter = (moment: Instant, least = -Infinity): Instant | null => {
    for (let index = staying; index < orders.length; index += 1) {
      const { leaves, value } = orders[index] ?? nobody;
      if (leaves === null || (leaves > moment && value >= least)) return leaves;
    }
    return null;
  };
  const letGo = (moment: Instant): void => {
    for (let order = orders[staying]; order !== undefined && momentOf(order) <= moment; order = orders[staying]) {
      order.isGone = true;
      count(order);
      staying += 1;
    }
  };

  return {
    add: ({ instant: placed, currency, steps }, passed) => {
      const order = { instant: placed, currency, leaves: leavesOf(placed), step: null, value: 0, isGone: false };
      staying = Math.min(staying, insertSorted<Counted>(orders, order, momentOf));
      for (const step of steps)
        insertSorted<Waiting>(waiting, { at: instant(Math.max(step.at, passed)), of: order, step }, ({ at }) => at);
    },
    judgeBy: (judged) => {
      if (sameTiers(judged, tiers)) return;
      invariant(kept === null, 'a metric that was kept is judged by other tiers');
      tiers = judged;
      staying = 0;
      for (const order of orders) {
        order.leaves = leavesOf(order.instant);
        order.isGone = false;
        count(order);
      }
      orders.sort((a, b) => byLeaving(a, b) || a.instant - b.instant);
    },
    at: (moment) => {
      for (const { of, step } of takeUpTo(waiting, moment, ({ at }) => at)) {
        if (of.step !== null && step.at < of.step.at) continue;
        of.step = step;
        count(of);
      }
      letGo(moment);
      return sum;
    },
    isDue: (moment) => waiting[0] !== undefined && waiting[0].at <= moment,
    changesAfter: (moment) => {
      const step = waiting.find(({ at }) => at > moment)?.at ?? null;
      const left = leavesAfter(moment);
      return step === null || left === null ? (step ?? left) : instant(Math.min(step, left));
    },
    fallsAfter: (moment) => leavesAfter(moment, 1),
    keep: () => keptOf(orders, waiting),
  };
};

const byLeaving = (a: Counted, b: Counted): number => {
  const [first, second] = [momentOf(a), momentOf(b)];
  return first === second ? 0 : first - second;
};
const momentOf = ({ leaves }: Pick<Counted, 'leaves'>): number => leaves ?? Infinity;

const valueOf = ({ step, currency }: Pick<Counted, 'step' | 'currency'>, tiers: Tiers | null): number => {
  if (tiers === null || step === null) return 0;
  if (tiers.metric === 'spend') return currency === tiers.currency ? step.spendMinor : 0;
  return tiers.metric === 'points' ? step.points : step.orders;
};

// One that left before its last step came is kept, too: it leaves again at once.
const keptOf = (orders: readonly Counted[], waiting: readonly Waiting[]): KeptMetric => {
  const steps = new Map<Counted, MetricStep[]>();
  for (const { of, step } of waiting) steps.set(of, [...(steps.get(of) ?? []), step]);
  const settled = new Map<Instant | null, number>();
  for (const order of orders)
    if (!steps.has(order) && !order.isGone) settled.set(order.leaves, (settled.get(order.leaves) ?? 0) + order.value);
  const open = orders.flatMap((order) => {
    const { instant: placed, currency, step } = order;
    const toCome = steps.get(order);
    return toCome === undefined ? [] : [{ instant: placed, currency, step, steps: toCome }];
  });
  return { settled: [...settled], open };
};

const restored = (
  kept: KeptMetric | null,
  tiers: Tiers | null,
  leavesOf: (placed: Instant) => Instant | null,
): { readonly orders: Counted[]; readonly waiting: Waiting[] } => {
  if (kept === null) return { orders: [], waiting: [] };
  const waiting: Waiting[] = [];
  const settled = kept.settled.map(([leaves, value]): Counted => ({
    instant: instant(0),
    currency: '',
    leaves,
    step: null,
    value,
    isGone: false,
  }));
  const open = kept.open.map(({ steps, ...order }): Counted => {
    const value = valueOf(order, tiers);
    const counted = { ...order, leaves: leavesOf(order.instant), value, isGone: false };
    for (const step of steps) insertSorted<Waiting>(waiting, { at: step.at, of: counted, step }, ({ at }) => at);
    return counted;
  });
  const orders = [...settled, ...open].sort((a, b) => byLeaving(a, b));
  return { orders, waiting };
};
