import type { Caps } from '../earning/bonusSchema';
import { hasPeriodCaps } from '../earning/caps';
import { readyEarning } from '../earning/compile';
import type { Entitlement } from '../earning/entitlement';
import type { ProgramDocument } from '../program/document';
import { startTierClock, type TierClock, type TierOverride, type TierRegime } from '../tiers/clock';
import { canonicalJson } from '../values/canonicalJson';
import { labelsAt, type CustomerLabels } from './labels';
import type { StoreId } from '../values/ids';
import type { Instant } from '../values/instant';
import { invariant } from '../values/result';
import { localClockOf } from '../values/zone';
import { contextAt, type OrderContext, type UsedCaps } from './context';
import { compareOrders, factsOf, type OrderFacts } from './facts';
import type { OrderSnapshot } from '../orders/snapshot';
import { standsOn } from '../orders/winner';
import { orderWorth } from './worth';

const dayMs = 86_400_000;

/** One of a member's orders while their contexts are derived. */
export type HistoryOrder = {
  readonly storeId: StoreId;
  /** The store's time zone. */
  readonly zone: string;
  readonly newest: OrderSnapshot;
  readonly settled: OrderSnapshot | null;
  /** The version of the program and what is frozen already; null before the program. */
  readonly base: OrderContext | null;
  /** Whether its context was derived before, so that it can be final. */
  readonly known: boolean;
  /** The labels of the member in the store; null where nobody has read them yet: then the order keeps those it has. */
  readonly labels: readonly CustomerLabels[] | null;
};

export type DerivedOrder<Order extends HistoryOrder> = {
  readonly order: Order;
  readonly context: OrderContext | null;
  readonly document: ProgramDocument | null;
  readonly worth: Entitlement;
  readonly facts: OrderFacts;
  /** What the context would be now, when it is final and differs: a finding, not a correction. */
  readonly finding: OrderContext | null;
};

/** All versions of a program with their moments, oldest first. */
export type Regime = { readonly version: number; readonly publishedAt: Instant; readonly document: ProgramDocument };

/**
 * Whether the context of an order that was derived before stays as it is, so many days after the order's instant (rules
 * §2.9).
 */
export const isFinal = (
  orderInstant: Instant,
  { policies }: Pick<ProgramDocument, 'policies'>,
  now: Instant,
): boolean => now >= orderInstant + policies.contextFinalDays * dayMs;

/**
 * The context that an order keeps (rules §2.9): null when, before it is final, another version turns out to apply at
 * the order's moment, which was corrected, say. A backfill keeps the version that it named.
 */
export const standingContext = (
  known: OrderContext | null,
  orderInstant: Instant,
  regimes: readonly Regime[],
  now: Instant,
): OrderContext | null => {
  if (known === null || known.via === 'backfill') return known;
  const document = regimes.find(({ version }) => version === known.programVersion)?.document;
  const final = document !== undefined && isFinal(orderInstant, document, now);
  return final || contextAt(null, orderInstant, regimes, null)?.programVersion === known.programVersion ? known : null;
};

/** Whether orders of a program depend on labels that the store gave the member. */
export const dependsOnLabels = (document: ProgramDocument): boolean => readyEarning(document).needs.has('labels');

/** Whether the orders of a program depend on the member's earlier ones. */
export const dependsOnHistory = (document: ProgramDocument): boolean =>
  document.tiers !== null || hasPeriodCaps(document.earning.caps) || readyEarning(document).needs.has('order_number');

/** The tier clock of a member, before any order. */
export const tierClockOf = (regimes: readonly Regime[], overrides: readonly TierOverride[]): TierClock => {
  const newest = regimes.at(-1);
  invariant(newest !== undefined, 'tiers are asked of a program without a version');
  const tiers = regimes.map(({ version, publishedAt, document }): TierRegime => ({
    version,
    from: publishedAt,
    tiers: document.tiers,
  }));
  return startTierClock(tiers, overrides, newest.document.timeZone);
};

/**
 * Derives the contexts of a member's orders, each from the facts before it (rules §2.9), and what each is worth in it;
 * answered in the order of `compareOrders`. Final contexts stay as they are. Of orders whose contexts stand, the facts
 * are enough (`remembered`): together the two are all of the member's orders.
 */
export const deriveHistory = <Order extends HistoryOrder>(
  orders: readonly Order[],
  regimes: readonly Regime[],
  clock: TierClock,
  now: Instant,
  remembered: readonly OrderFacts[] = [],
): readonly DerivedOrder<Order>[] => {
  const facts: OrderFacts[] = [];
  const earlier = [...remembered].sort(compareOrders);
  const learn = (fact: OrderFacts): void => {
    facts.push(fact);
    clock.add(fact);
  };
  const goOnTo = (order: OrderSnapshot | null): void => {
    for (
      let fact = earlier[0];
      fact !== undefined && (order === null || compareOrders(fact, order) < 0);
      fact = earlier[0]
    ) {
      clock.advance(fact.instant);
      learn(fact);
      earlier.shift();
    }
  };
  const documents = new Map(regimes.map(({ version, document }) => [version, document]));
  const derived = [...orders]
    .map((order) => ({ order, stood: standsOn(order) }))
    .sort((a, b) => compareOrders(a.stood, b.stood))
    .map(({ order, stood }): DerivedOrder<Order> => {
      goOnTo(stood);
      const document = order.base === null ? null : (documents.get(order.base.programVersion) ?? null);
      const tier = clock.advance(stood.instant);
      const asOfNow =
        order.base === null || document === null ? order.base : contextOf(order, order.base, document, tier, facts);
      const final = order.known && document !== null && isFinal(stood.instant, document, now);
      const context = final ? order.base : asOfNow;
      const place = { storeId: order.storeId, zone: order.zone };
      const fact = factsOf(order.storeId, order.newest, order.settled, context, document, place);
      learn(fact);
      return {
        order,
        context,
        document,
        worth: orderWorth(order.newest, order.settled, context, document, place),
        facts: fact,
        finding: final && canonicalJson(asOfNow) !== canonicalJson(order.base) ? asOfNow : null,
      };
    });
  goOnTo(null);
  return derived;
};

/**
 * Which of the labels that rules ask for stood at an order; those it has already where nobody has read them. Undefined:
 * no rule asks.
 */
export const askedLabels = (
  labels: HistoryOrder['labels'],
  { labels: before }: Pick<OrderContext, 'labels'>,
  document: ProgramDocument,
  at: Instant,
): readonly string[] | undefined => {
  const asked = readyEarning(document).labels;
  if (asked.size === 0) return undefined;
  return labels === null ? (before ?? []) : labelsAt(labels, asked, at);
};

const contextOf = (
  order: HistoryOrder,
  base: OrderContext,
  document: ProgramDocument,
  tier: string | null,
  facts: readonly OrderFacts[],
): OrderContext => {
  const { programVersion, via, lines } = base;
  const { instant: moment } = standsOn(order);
  const labels = askedLabels(order.labels, base, document, moment);
  const numbered = readyEarning(document).needs.has('order_number');
  return {
    programVersion,
    via,
    ...(document.tiers === null ? {} : { tier }),
    ...(numbered ? { orderNumber: orderNumberAt(moment, facts) } : {}),
    ...(hasPeriodCaps(document.earning.caps) ? { used: usedAt(order, document.earning.caps, facts) } : {}),
    ...(lines === undefined ? {} : { lines }),
    ...(labels === undefined ? {} : { labels }),
  };
};

const orderNumberAt = (moment: Instant, facts: readonly OrderFacts[]): number =>
  1 + facts.filter(({ numbered, cancelledAt }) => numbered && (cancelledAt === null || cancelledAt > moment)).length;

// No two moments of one calendar month are further apart.
const monthMs = 32 * dayMs;

const usedAt = (order: HistoryOrder, caps: Caps, facts: readonly OrderFacts[]): UsedCaps => {
  const { zone } = order;
  const { instant: moment } = standsOn(order);
  const day = localClockOf(moment, zone).isoDate;
  const month = day.slice(0, 7);
  const used = { day: 0, month: 0, lifetime: 0 };
  for (const { room, freedAt, instant: placed } of facts) {
    if (room === 0 || (freedAt !== null && freedAt <= moment)) continue;
    used.lifetime += room;
    if (moment - placed > monthMs) continue;
    const its = localClockOf(placed, zone).isoDate;
    if (its.startsWith(month)) used.month += room;
    if (its === day) used.day += room;
  }
  return {
    ...(caps.perDay === null ? {} : { day: used.day }),
    ...(caps.perMonth === null ? {} : { month: used.month }),
    ...(caps.lifetime === null ? {} : { lifetime: used.lifetime }),
  };
};
