import { fold } from '../earning/conditions/condition';
import { instant, type Instant } from '../values/instant';

/**
 * What became known of the labels (customer tags) of one customer of a store: that some were added or removed at a
 * moment, or which there were when all of them were read. Folded and sorted, so that the same fact is the same value.
 */
export type LabelFact = {
  readonly at: Instant;
  readonly kind: 'added' | 'removed' | 'read';
  readonly labels: readonly string[];
};

/**
 * Everything known of one customer's labels, in time order, and until when it counts: a customer who was merged has
 * none afterwards.
 */
export type CustomerLabels = { readonly facts: readonly LabelFact[]; readonly until: Instant | null };

// At one moment a removal comes first, and a reading sees what both led to.
const kindOrder: Readonly<Record<LabelFact['kind'], number>> = { removed: 0, added: 1, read: 2 };

const compareFacts = (a: LabelFact, b: LabelFact): number => a.at - b.at || kindOrder[a.kind] - kindOrder[b.kind];

export const labelFact = (kind: LabelFact['kind'], labels: readonly string[], at: Instant): LabelFact => ({
  at,
  kind,
  labels: sorted(labels.map(fold)),
});

const sorted = (labels: readonly string[]): readonly string[] =>
  [...new Set(labels)].filter((label) => label !== '').sort();

/**
 * Adds a fact, wherever in time it belongs. The order in which facts come does not matter; the same list when it was
 * known.
 */
export const addLabelFact = (facts: readonly LabelFact[], fact: LabelFact): readonly LabelFact[] => {
  const same = facts.find((one) => compareFacts(one, fact) === 0);
  if (same === undefined)
    return fact.labels.length === 0 && fact.kind !== 'read' ? facts : [...facts, fact].sort(compareFacts);
  const labels = sorted([...same.labels, ...fact.labels]);
  return labels.length === same.labels.length ? facts : facts.map((one) => (one === same ? { ...one, labels } : one));
};

/**
 * Since when a fact that becomes known may change which labels stood: since the last one before it that tells of the
 * same label; null: from the beginning.
 */
export const changesSince = (facts: readonly LabelFact[], { at, labels }: LabelFact): Instant | null => {
  const since = labels.map((label) => telling(facts, label).findLast((fact) => fact.at < at)?.at ?? null);
  return since.reduce(
    (earliest, one) => (earliest === null || one === null ? null : instant(Math.min(earliest, one))),
    at,
  );
};

const telling = (facts: readonly LabelFact[], label: string): readonly LabelFact[] =>
  facts.filter(({ kind, labels }) => kind === 'read' || labels.includes(label));

/** Whether all labels of the customer were read at some time: before, what no message told is not known. */
export const areLabelsRead = (facts: readonly LabelFact[]): boolean => facts.some(({ kind }) => kind === 'read');

/**
 * Whether a customer carried a label at a moment (rules §2.9). The last fact before says so; where there is none, what
 * the first one after it presupposes: a label that was read or removed, and that nothing dates, was there from the
 * beginning.
 */
const carries = ({ facts, until }: CustomerLabels, label: string, at: Instant): boolean => {
  if (until !== null && at >= until) return false;
  const told = telling(facts, label);
  const before = told.findLast((fact) => fact.at <= at);
  if (before !== undefined) return before.kind === 'read' ? before.labels.includes(label) : before.kind === 'added';
  const after = told[0];
  return after !== undefined && after.kind !== 'added' && after.labels.includes(label);
};

/**
 * Which of the labels asked for a member carried at a moment, by any of the customers that the member is in the store;
 * sorted.
 */
export const labelsAt = (
  customers: readonly CustomerLabels[],
  asked: ReadonlySet<string>,
  at: Instant,
): readonly string[] => [...asked].filter((label) => customers.some((customer) => carries(customer, label, at))).sort();

/** All labels that a customer carries at a moment, sorted. */
export const allLabelsAt = (facts: readonly LabelFact[], at: Instant): readonly string[] =>
  labelsAt([{ facts, until: null }], new Set(facts.flatMap(({ labels }) => labels)), at);

/** A label as a dated fact, `[from, until)`; null: from the beginning, without an end. */
export type LabelSpan = { readonly label: string; readonly from: Instant | null; readonly until: Instant | null };

/** The spans in which a customer carried labels, by label, then time. */
export const labelSpans = (customer: CustomerLabels): readonly LabelSpan[] => {
  const labels = sorted(customer.facts.flatMap((fact) => fact.labels));
  const moments = sortedMoments([
    ...customer.facts.map(({ at }) => at),
    ...(customer.until === null ? [] : [customer.until]),
  ]);
  return labels.flatMap((label) => {
    const spans: { from: Instant | null; until: Instant | null }[] = [];
    const first = moments[0];
    let stands = first !== undefined && carries(customer, label, instant(first - 1));
    if (stands) spans.push({ from: null, until: null });
    for (const at of moments) {
      const now = carries(customer, label, at);
      if (now && !stands) spans.push({ from: at, until: null });
      const last = spans.at(-1);
      if (!now && stands && last !== undefined) last.until = at;
      stands = now;
    }
    return spans.map((span) => ({ label, ...span }));
  });
};

const sortedMoments = (moments: readonly Instant[]): readonly Instant[] => [...new Set(moments)].sort((a, b) => a - b);
