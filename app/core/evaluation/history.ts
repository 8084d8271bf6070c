import type { Caps } from '../earning/bonusSchema';
import { hasPeriodCaps } from '../earning/caps';
import { readyEarning } from '../earning/compile';
import type { OrderContext, UsedCaps } from '../earning/context';
import type { Entitlement } from '../earning/entitlement';
import type { EarningDocument } from '../earning/section';
import { isFinal, type LedgerDocument } from '../ledger/policies';
import type { OrderSnapshot } from '../orders/snapshot';
import { standsOn } from '../orders/winner';
import type { TierClock } from '../tiers/clock';
import type { TierDocument } from '../tiers/section';
import { canonicalJson } from '../values/canonicalJson';
import type { StoreId } from '../values/ids';
import type { Instant } from '../values/instant';
import type { Version } from '../values/version';
import { localClockOf } from '../values/zone';
import { contextAt } from './context';
import { compareOrders, factsOf, type OrderFacts } from './facts';
import { labelsAt, type CustomerLabels } from './labels';
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
  readonly document: RulesDocument | null;
  readonly worth: Entitlement;
  readonly facts: OrderFacts;
  /** What the context would be now, when it is final and differs: a finding, not a correction. */
  readonly finding: OrderContext | null;
};

/** What deriving members' orders reads of a program document. */
export type RulesDocument = EarningDocument & TierDocument & LedgerDocument;

/**
 * The context that an order keeps (rules §2.9): null when, before it is final, another version turns out to apply at
 * the order's moment, which was corrected, say. A backfill keeps the version that it named.
 */
export const standingContext = (
  known: OrderContext | null,
  orderInstant: Instant,
  versions: readonly Version<RulesDocument>[],
  now: Instant,
): OrderContext | null => {
  if (known === null || known.via === 'backfill') return known;
  const document = versions.find(({ version }) => version === known.programVersion)?.document;
  const final = document !== undefined && isFinal(orderInstant, document, now);
  return final || contextAt(null, orderInstant, versions, null)?.programVersion === known.programVersion ? known : null;
};

/** Whether orders of a program depend on labels that the store gave the member. */
export const dependsOnLabels = (document: EarningDocument): boolean => readyEarning(document).needs.has('labels');

/** Whether the orders of a program depend on the member's earlier ones. */
export const dependsOnHistory = (document: EarningDocument & Pick<TierDocument, 'tiers'>): boolean =>
  document.tiers !== null || hasPeriodCaps(document.earning.caps) || readyEarning(document).needs.has('order_number');

/**
 * Derives the contexts of a member's orders, each from the facts before it (rules §2.9), and what each is worth in it;
 * answered in the order of `compareOrders`. Final contexts stay as they are. Of orders whose contexts stand, the facts
 * are enough (`remembered`): together the two are all of the member's orders.
 */
export const deriveHistory = <Order extends HistoryOrder>(
  orders: readonly Order[],
  versions: readonly Version<RulesDocument>[],
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
  const documents = new Map(versions.map(({ version, document }) => [version, document]));
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
  document: RulesDocument,
  at: Instant,
): readonly string[] | undefined => {
  const asked = readyEarning(document).labels;
  if (asked.size === 0) return undefined;
  return labels === null ? (before ?? []) : labelsAt(labels, asked, at);
};

const contextOf = (
  order: HistoryOrder,
  base: OrderContext,
  document: RulesDocument,
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
