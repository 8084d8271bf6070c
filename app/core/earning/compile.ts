import type { ProgramDocument } from '../program/document';
import { folded, type LineFacts, type Need, type OccasionFacts } from './conditions/condition';
import { readyCondition } from './conditions/all';
import type { BonusRule } from './bonusSchema';

/** A bonus rule made ready: the tests of the whole order, and those of a line (null: the rule is for the whole order). */
export type ReadyBonus = {
  readonly rule: BonusRule;
  readonly order: readonly ((order: OccasionFacts) => boolean)[];
  readonly line: readonly ((line: LineFacts) => boolean)[] | null;
};

/** The earning rules of a document in the form in which orders are evaluated. */
export type ReadyEarning = {
  readonly bonuses: readonly ReadyBonus[];
  /** What of an order's context the rules depend on. */
  readonly needs: ReadonlySet<Need>;
  readonly excludes: (line: LineFacts) => boolean;
  readonly excludesOrder: (channel: string | null, customerTags: readonly string[]) => boolean;
};

const ready = new WeakMap<ProgramDocument, ReadyEarning>();

/** Prepares a document's earning rules, once per document. */
export const readyEarning = (document: ProgramDocument): ReadyEarning => {
  const known = ready.get(document);
  if (known !== undefined) return known;
  const made = compile(document);
  ready.set(document, made);
  return made;
};

const compile = ({ earning }: ProgramDocument): ReadyEarning => {
  const { exclude } = earning;
  const needs = new Set<Need>();
  if (exclude.collectionIds.length + exclude.productTags.length + exclude.productTypes.length > 0 || exclude.saleItems) needs.add('products');
  const bonuses = earning.bonuses
    .filter(({ enabled }) => enabled)
    .map((rule): ReadyBonus => {
      const conditions = rule.conditions.map(readyCondition);
      for (const { need } of conditions) if (need !== null) needs.add(need);
      const line = conditions.flatMap((condition) => (condition.scope === 'line' ? [condition.test] : []));
      return { rule, order: conditions.flatMap((condition) => (condition.scope === 'order' ? [condition.test] : [])), line: line.length === 0 ? null : line };
    });
  const products = new Set(exclude.productIds);
  const collections = new Set(exclude.collectionIds);
  const [tags, types, vendors] = [folded(exclude.productTags), folded(exclude.productTypes), folded(exclude.vendors)];
  const [channels, customerTags] = [folded(exclude.channels), folded(exclude.customerTags)];
  return {
    bonuses,
    needs,
    excludes: (line) =>
      (line.productId !== null && products.has(line.productId)) ||
      (line.vendor !== null && vendors.has(line.vendor)) ||
      (line.type !== null && types.has(line.type)) ||
      line.tags.some((tag) => tags.has(tag)) ||
      line.collections.some((id) => collections.has(id)),
    excludesOrder: (channel, orderTags) =>
      (channel !== null && channels.has(channel.toLowerCase())) ||
      (customerTags.size > 0 && orderTags.some((tag) => customerTags.has(tag.trim().toLowerCase()))),
  };
};
