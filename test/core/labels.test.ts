import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addLabelFact,
  allLabelsAt,
  labelFact,
  labelSpans,
  labelsAt,
  type CustomerLabels,
  type LabelFact,
} from '~/core/evaluation/labels';
import { instant } from '~/core/values/instant';
import { at } from 'test/support/builders';

const known = (...facts: readonly LabelFact[]): CustomerLabels => ({
  facts: facts.reduce<readonly LabelFact[]>(addLabelFact, []),
  until: null,
});
const standsAt = (customer: CustomerLabels, time: string): boolean =>
  labelsAt([customer], new Set(['vip']), at(time)).length === 1;
const added = (time: string, ...labels: readonly string[]) =>
  labelFact('added', labels.length === 0 ? ['vip'] : labels, at(time));
const removed = (time: string) => labelFact('removed', ['vip'], at(time));
const read = (time: string, ...labels: readonly string[]) => labelFact('read', labels, at(time));

describe('a label is a dated fact', () => {
  test.each([
    ['a message dates it', known(added('10:00')), { '09:59': false, '10:00': true, '23:00': true }],
    ['a removal ends it', known(added('10:00'), removed('11:00')), { '10:30': true, '11:00': false }],
    [
      'what is read and nothing dates counts from the beginning',
      known(read('10:00', 'vip')),
      { '01:00': true, '10:00': true, '20:00': true },
    ],
    [
      'a message that comes later dates what was read',
      known(read('10:00', 'vip'), added('09:00')),
      { '08:59': false, '09:00': true, '10:30': true },
    ],
    [
      'what is removed and nothing dates was there from the beginning',
      known(removed('10:00')),
      { '09:59': true, '10:00': false },
    ],
    ['what is not read is not there', known(read('10:00')), { '01:00': false, '20:00': false }],
    [
      'a later reading mends from its own time on',
      known(read('10:00'), read('15:00', 'vip')),
      { '14:59': false, '15:00': true },
    ],
    [
      'a later reading ends what a lost message would have ended',
      known(added('10:00'), read('15:00')),
      { '14:59': true, '15:00': false },
    ],
    [
      'of one moment an addition comes after a removal',
      known(added('10:00'), removed('10:00')),
      { '09:59': true, '10:00': true },
    ],
    ['upper case and spaces do not matter', known(added('10:00', ' VIP ')), { '10:00': true }],
    ['another label says nothing', known(added('10:00', 'x'), removed('12:00')), { '11:00': true, '12:00': false }],
  ] as const)('%s', (_, customer, expected) => {
    for (const [time, stands] of Object.entries(expected)) expect(standsAt(customer, time), time).toBe(stands);
  });
  test('a customer who was merged has none afterwards; a member has those of all customers', () => {
    const gone = { ...known(read('09:00', 'vip')), until: at('12:00') };
    const kept = known(read('12:00', 'gold'));
    const asked = new Set(['vip', 'gold', 'else']);
    expect(labelsAt([gone, kept], asked, at('11:59'))).toEqual(['gold', 'vip']);
    expect(labelsAt([gone, kept], asked, at('12:00'))).toEqual(['gold']);
    expect(labelSpans(gone)).toEqual([{ label: 'vip', from: null, until: at('12:00') }]);
  });
  test('spans say from when to when', () => {
    expect(labelSpans(known(read('09:00', 'a'), added('10:00'), removed('11:00'), added('12:00')))).toEqual([
      { label: 'a', from: null, until: null },
      { label: 'vip', from: at('10:00'), until: at('11:00') },
      { label: 'vip', from: at('12:00'), until: null },
    ]);
  });
});

const facts = fc
  .array(
    fc.record({
      kind: fc.constantFrom('added' as const, 'removed' as const, 'read' as const),
      labels: fc.subarray(['a', 'B', 'c ']),
      at: fc.integer({ min: 0, max: 6 }).map((hours) => instant(hours * 3_600_000)),
    }),
    { maxLength: 8 },
  )
  .map((list) => list.map(({ kind, labels, at: moment }) => labelFact(kind, labels, moment)));

test('whatever the order in which facts come, and however often, the labels of every moment are the same', () => {
  fc.assert(
    fc.property(
      facts.chain((list) =>
        fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 })),
      ),
      fc.integer({ min: -1, max: 7 }),
      ([list, shuffled], hours) => {
        const [one, other] = [list, shuffled].map((some) => some.reduce<readonly LabelFact[]>(addLabelFact, []));
        expect(other).toEqual(one);
        expect(allLabelsAt(other ?? [], instant(hours * 3_600_000))).toEqual(
          allLabelsAt(one ?? [], instant(hours * 3_600_000)),
        );
      },
    ),
    { numRuns: 500 },
  );
});

test('spans and single questions agree at every moment', () => {
  fc.assert(
    fc.property(facts, fc.integer({ min: -1, max: 7 }), (list, hours) => {
      const moment = instant(hours * 3_600_000 + 1);
      const customer = known(...list);
      const within = labelSpans(customer).filter(
        ({ from, until }) => (from === null || from <= moment) && (until === null || moment < until),
      );
      expect(within.map(({ label }) => label)).toEqual(allLabelsAt(customer.facts, moment));
    }),
    { numRuns: 500 },
  );
});
