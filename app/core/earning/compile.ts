import { readyCondition } from './conditions/all';
import { fold, folded, type LineFacts, type Need, type OccasionFacts } from './conditions/condition';
import type { BonusRule } from './bonusSchema';
import { bonusRules, type EarningDocument, type EarningRules } from './section';

/**
 * A bonus rule made ready: the tests of the whole order, and those of a line (null: the rule is for the whole order).
 */
export type ReadyBonus = {
  readonly rule: BonusRule;
  /** Its place in the document. */
  readonly index: number;
  readonly order: readonly ((order: OccasionFacts) => boolean)[];
  readonly line: readonly ((line: LineFacts) => boolean)[] | null;
};

/** The earning rules of a document in the form in which orders are evaluated. */
export type ReadyEarning = {
  readonly isEmpty: boolean;
  /** Rules for the whole order. */
  readonly everywhere: readonly ReadyBonus[];
  /** Rules with line conditions, by the keys of which a line that matches has at least one. */
  readonly byKey: ReadonlyMap<string, readonly ReadyBonus[]>;
  /** What of an order's context the rules depend on. */
  readonly needs: ReadonlySet<Need>;
  /** null when nothing excludes lines, so that they need not be looked at. */
  readonly excludes: ((line: LineFacts) => boolean) | null;
  /** The labels of members that rules ask for, folded: those that exclude, and those of segments that a rule names. */
  readonly labels: ReadonlySet<string>;
  readonly excludesOrder: (channel: string | null, labels: readonly string[]) => boolean;
};

const ready = new WeakMap<EarningDocument, ReadyEarning>();

/** Prepares a document's earning rules, once per document. */
export const readyEarning = (document: EarningDocument): ReadyEarning => {
  const known = ready.get(document);
  if (known !== undefined) return known;
  const made = compile(document);
  ready.set(document, made);
  return made;
};

const compile = (document: EarningDocument): ReadyEarning => {
  const { earning, segments } = document;
  const { exclude } = earning;
  const needs = new Set<Need>();
  const labels = new Set(folded(exclude.customerTags));
  if (exclude.collectionIds.length + exclude.productTags.length + exclude.productTypes.length > 0 || exclude.saleItems)
    needs.add('products');
  const everywhere: ReadyBonus[] = [];
  const byKey = new Map<string, ReadyBonus[]>();
  bonusRules(document).forEach((rule, index) => {
    if (!rule.enabled) return;
    const conditions = rule.conditions.map(readyCondition);
    for (const { need } of conditions) if (need !== null) needs.add(need);
    for (const condition of rule.conditions) {
      if (condition.kind !== 'segment') continue;
      const named = segments.filter(({ id }) => condition.segmentIds.includes(id));
      for (const tag of folded(named.flatMap(({ customerTags }) => customerTags))) labels.add(tag);
    }
    const order = conditions.flatMap((condition) => (condition.scope === 'order' ? [condition.test] : []));
    const lines = conditions.flatMap((condition) => (condition.scope === 'line' ? [condition] : []));
    const bonus = { rule, index, order, line: lines.length === 0 ? null : lines.map(({ test }) => test) };
    const [first] = lines;
    if (first === undefined) everywhere.push(bonus);
    else for (const key of new Set(first.keys)) byKey.set(key, [...(byKey.get(key) ?? []), bonus]);
  });
  if (labels.size > 0) needs.add('labels');
  return {
    isEmpty: everywhere.length === 0 && byKey.size === 0,
    everywhere,
    byKey,
    needs,
    labels,
    ...exclusions(exclude),
  };
};

const exclusions = (exclude: EarningRules['exclude']): Pick<ReadyEarning, 'excludes' | 'excludesOrder'> => {
  const products = new Set(exclude.productIds);
  const collections = new Set(exclude.collectionIds);
  const [tags, types, vendors] = [folded(exclude.productTags), folded(exclude.productTypes), folded(exclude.vendors)];
  const [channels, customerTags] = [folded(exclude.channels), folded(exclude.customerTags)];
  const isLimited = products.size + collections.size + tags.size + types.size + vendors.size > 0;
  return {
    excludes: isLimited
      ? (line) =>
          (line.productId !== null && products.has(line.productId)) ||
          (line.vendor !== null && vendors.has(line.vendor)) ||
          (line.type !== null && types.has(line.type)) ||
          line.tags.some((tag) => tags.has(tag)) ||
          line.collections.some((id) => collections.has(id))
      : null,
    excludesOrder: (channel, labels) =>
      (channel !== null && channels.size > 0 && channels.has(fold(channel))) ||
      (customerTags.size > 0 && labels.some((label) => customerTags.has(label))),
  };
};
