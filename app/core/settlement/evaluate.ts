import type { OrderContext } from '../earning/context';
import type { Entitlement } from '../earning/entitlement';
import type { OrderFacts } from '../evaluation/facts';
import { askedLabels, type RulesDocument } from '../evaluation/history';
import { nobodysWorth, orderWorth } from '../evaluation/worth';
import { isFinal } from '../ledger/policies';
import { standsOn } from '../orders/winner';
import { canonicalJson } from '../values/canonicalJson';
import type { EntryId } from '../values/ids';
import { orderKeyText } from '../values/keys';
import { invariant } from '../values/result';
import type { ProgramCode } from './bundles';
import { deriveMembers, evaluatedAs, type Derivation } from './derive';
import { hasHistory, type Grounds } from './grounds';
import type { MemberHistory } from './records';
import type { Seen, Sight } from './see';

/** An order in its newest state, and what it is worth in it. */
export type Evaluated = Seen & {
  readonly context: OrderContext | null;
  /** What the context would be now, when it is final and differs. */
  readonly finding: OrderContext | null;
  readonly document: RulesDocument | null;
  readonly worth: Entitlement;
  /** What later orders of the member ask of it; null where no rule of the program asks. */
  readonly facts: OrderFacts | null;
};

/** What orders are worth and which tiers members have, and what has to be read to post it. */
export type Evaluation = Derivation & {
  /** Codes on the orders: their redemptions are to be read for the next step. */
  readonly codes: readonly ProgramCode[];
};

/**
 * The second step of settling: orders that depend on no other one are evaluated alone, the others with their members'
 * whole histories (those that `see` asked for).
 */
export const evaluate = (sight: Sight, histories: readonly MemberHistory[], newId: () => EntryId): Evaluation => {
  const { orders, tiers, unfinished, checkpoints } = evaluated(sight, histories, newId);
  return { orders, tiers, unfinished, checkpoints, codes: codesOf(orders) };
};

const evaluated = (sight: Sight, histories: readonly MemberHistory[], newId: () => EntryId): Derivation => {
  const { grounds, seen } = sight;
  const fresh = seen.filter(({ isNew }) => isNew);
  const isAlone = ({ memberId, programId }: Seen): boolean => memberId === null || !hasHistory(grounds, programId);
  const alone = fresh.filter(isAlone);
  const orders = alone.map((order) => evaluateAlone(order, grounds));
  if (sight.histories.length === 0) return { orders, tiers: [], unfinished: [], checkpoints: [] };
  // Orders that leave a member for nobody are of the batch, too, and those that are evaluated alone: the histories must
  // not count them.
  const together = [...fresh.filter((order) => !isAlone(order)), ...alone];
  const derived = deriveMembers(sight, together, histories, newId);
  const derivedKeys = new Set(derived.orders.map(orderKeyText));
  return {
    orders: [...orders.filter((order) => !derivedKeys.has(orderKeyText(order))), ...derived.orders],
    tiers: derived.tiers,
    unfinished: derived.unfinished,
    checkpoints: derived.checkpoints,
  };
};

const noCodes: readonly ProgramCode[] = [];

const codesOf = (orders: readonly Evaluated[]): readonly ProgramCode[] =>
  orders.every(({ kept }) => kept.newest.discountCodes.length === 0) ? noCodes : distinctCodes(orders);

const distinctCodes = (orders: readonly Evaluated[]): readonly ProgramCode[] => [
  ...new Map(
    orders
      .flatMap(({ programId, kept }) =>
        kept.newest.discountCodes.map((code) => ({ programId, code: code.toUpperCase() })),
      )
      .map((asked) => [`${asked.programId}|${asked.code}`, asked]),
  ).values(),
];

/** What an order is worth that depends on no other one. */
export const evaluateAlone = (seen: Seen, grounds: Grounds): Evaluated => {
  const document = documentOf(seen, grounds);
  const asOfNow = withLabels(seen, document);
  const isKept =
    seen.record !== null &&
    seen.record.memberId === seen.memberId &&
    seen.base !== null &&
    seen.record.context?.programVersion === seen.base.programVersion;
  const final = isKept && document !== null && isFinal(standsOn(seen.kept).instant, document, seen.at);
  const context = final ? seen.base : asOfNow;
  const finding = final && canonicalJson(asOfNow) !== canonicalJson(seen.base) ? asOfNow : null;
  const worth = orderWorth(seen.kept.newest, seen.kept.settled, context, document, {
    storeId: seen.storeId,
    zone: seen.zone,
  });
  return evaluatedAs(seen, {
    context,
    finding,
    document,
    worth: seen.memberId === null ? nobodysWorth(worth, standsOn(seen.kept)) : worth,
    facts: null,
  });
};

const withLabels = ({ base, kept, labels: known }: Seen, document: RulesDocument | null): OrderContext | null => {
  const labels =
    base === null || document === null ? undefined : askedLabels(known, base, document, standsOn(kept).instant);
  return base === null || labels === undefined ? base : { ...base, labels };
};

const documentOf = ({ base, programId }: Seen, grounds: Grounds): RulesDocument | null => {
  if (base === null) return null;
  const document = grounds.versions.get(programId)?.find(({ version }) => version === base.programVersion)?.document;
  invariant(document !== undefined, `the program has no version ${base.programVersion}`);
  return document;
};
