import { hasPeriodCaps } from '../earning/caps';
import { readyEarning } from '../earning/compile';
import type { OrderContext } from '../earning/context';
import type { Entitlement } from '../earning/entitlement';
import type { EarningDocument } from '../earning/section';
import { isFinal, type LedgerDocument } from '../ledger/policies';
import type { OrderSnapshot } from '../orders/snapshot';
import { standsOn } from '../orders/winner';
import type { TierDocument } from '../tiers/section';
import { canonicalJson } from '../values/canonicalJson';
import type { Instant } from '../values/instant';
import type { Version } from '../values/version';
import { contextAt } from './context';
import { compareOrders, factsOf, type KnownOrder, type OrderFacts } from './facts';
import { labelsAt, type CustomerLabels } from './labels';
import type { Past } from './past';
import { orderWorth } from './worth';

/** One of a member's orders while their contexts are derived. */
export type HistoryOrder = KnownOrder & {
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
export const lastingContext = (
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
 * are enough (`remembered`), or what they come to (`past`): together these are all of the member's orders.
 */
export const deriveHistory = <Order extends HistoryOrder>(
  orders: readonly Order[],
  versions: readonly Version<RulesDocument>[],
  past: Past,
  now: Instant,
  remembered: readonly OrderFacts[] = [],
): readonly DerivedOrder<Order>[] => {
  const earlier = [...remembered].sort(compareOrders);
  let known = 0; // all before this one were learned
  const goOnTo = (order: OrderSnapshot | null): void => {
    for (let fact = earlier[known]; fact !== undefined; fact = earlier[known]) {
      if (order !== null && compareOrders(fact, order) >= 0) return;
      past.advance(fact.instant);
      past.learn(fact);
      known += 1;
    }
  };
  const documents = new Map(versions.map(({ version, document }) => [version, document]));
  const derived = [...orders]
    .map((order) => ({ order, stood: standsOn(order) }))
    .sort((a, b) => compareOrders(a.stood, b.stood))
    .map(({ order, stood }): DerivedOrder<Order> => {
      goOnTo(stood);
      const document = order.base === null ? null : (documents.get(order.base.programVersion) ?? null);
      const one = deriveOrder(order, document, past, now);
      past.learn(one.facts);
      return one;
    });
  goOnTo(null);
  return derived;
};

const deriveOrder = <Order extends HistoryOrder>(
  order: Order,
  document: RulesDocument | null,
  past: Past,
  now: Instant,
): DerivedOrder<Order> => {
  const { instant: moment } = standsOn(order);
  const tier = past.advance(moment);
  const asOfNow =
    order.base === null || document === null ? order.base : contextOf(order, order.base, document, tier, past);
  const final = order.known && document !== null && isFinal(moment, document, now);
  const context = final ? order.base : asOfNow;
  const place = { storeId: order.storeId, zone: order.zone };
  const worth = orderWorth(order.newest, order.settled, context, document, place);
  return {
    order,
    context,
    document,
    worth,
    facts: factsOf(order, context, document, worth),
    finding: final && canonicalJson(asOfNow) !== canonicalJson(order.base) ? asOfNow : null,
  };
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
  past: Past,
): OrderContext => {
  const { programVersion, via, lines } = base;
  const { instant: moment } = standsOn(order);
  const labels = askedLabels(order.labels, base, document, moment);
  const numbered = readyEarning(document).needs.has('order_number');
  return {
    programVersion,
    via,
    ...(document.tiers === null ? {} : { tier }),
    ...(numbered ? { orderNumber: past.numberAt(moment) } : {}),
    ...(hasPeriodCaps(document.earning.caps) ? { used: past.usedAt(moment, order.zone, document.earning.caps) } : {}),
    ...(lines === undefined ? {} : { lines }),
    ...(labels === undefined ? {} : { labels }),
  };
};
