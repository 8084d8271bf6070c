import { describe, expect, test } from 'vitest';
import { readyEarning } from '~/core/earning/compile';
import { entitlementOf } from '~/core/earning/entitlement';
import { expiryOf, type PolicyVersion } from '~/core/ledger/lotLife';
import { importLine, undoImport } from '~/core/ledger/import';
import { putBack } from '~/core/ledger/putBack';
import { dueWarning, warningDueAt } from '~/features/warnings/core/warnings';
import type { Draw } from '~/core/ledger/types';
import { asId, type EntryId } from '~/core/values/ids';
import { instant, isoOf, type Instant } from '~/core/values/instant';
import { points } from '~/core/values/points';
import { bonus, inForce, order, plain, program, shop } from 'test/support/builders';
import { day, debt, draft, ledger, slice, zone } from 'test/support/ledger';

describe('warnings', () => {
  const lapsesAt = day('2026-08-10T22:00:00Z'); // the last day is 10 August in Rome
  const due = (now: string, warningDays: readonly number[], amount = 5) =>
    dueWarning({ lapsesAt, points: amount }, warningDays, zone, day(now));
  test('are due at the beginning of the local day so many days before, across the change of clocks', () => {
    expect(isoOf(warningDueAt(lapsesAt, 7, zone))).toBe('2026-08-02T22:00:00.000Z');
    expect(isoOf(warningDueAt(lapsesAt, 1, zone))).toBe('2026-08-08T22:00:00.000Z');
    expect(isoOf(warningDueAt(day('2026-04-10T22:00:00Z'), 30, zone))).toBe('2026-03-10T23:00:00.000Z');
  });
  test('the nearest stage that is due counts; none when nothing is due, nothing is left, or it is too late', () => {
    expect(due('2026-07-11T21:59:59Z', [7, 30])).toEqual({
      lapsesAt,
      points: 5,
      daysBefore: 30,
      dueAt: day('2026-07-10T22:00:00Z'),
    });
    expect(due('2026-08-02T22:00:00Z', [30, 7])?.daysBefore).toBe(7);
    expect(due('2026-08-02T21:59:59Z', [30, 7])?.daysBefore).toBe(30);
    expect(due('2026-07-10T21:59:59Z', [30, 7])).toBeNull();
    expect(due('2026-08-10T22:00:00Z', [30, 7])).toBeNull();
    expect([due('2026-08-09', []), due('2026-08-09', [30], 0)]).toEqual([null, null]);
  });
});

describe('a line of a file', () => {
  const now = day('2026-06-01');
  const monthly = program({
    policies: { expiry: { kind: 'after_months', months: 1, endOfMonth: false }, minimumLifeDays: 30 },
  });
  const line = (
    amount: number,
    part: Partial<{ occurredAt: Instant; availableAt: Instant | null; expiresAt: Instant | null }> = {},
  ) => ({
    points: amount,
    occurredAt: day('2026-05-30'),
    availableAt: null,
    expiresAt: null,
    ...part,
  });
  const posting = {
    ...draft('line', 'import', now),
    why: { v: 1, kind: 'import', source: 'f', line: 2, note: null } as const,
  };
  const post = (
    amount: Parameters<typeof line>[0],
    part: Parameters<typeof line>[1] = {},
    open: Parameters<typeof importLine>[0] = null,
    activities: readonly Instant[] = [],
  ) =>
    importLine(
      open,
      posting,
      { ...line(amount, part), isBalance: false },
      { document: monthly, activities, isOfFile: ({ key }) => key.startsWith('file') },
      now,
    );
  test('opens a lot that is there at once and lives from its date, at least the minimum from now', () => {
    expect(post(7).entries).toEqual([{ ...posting, occurredAt: day('2026-05-30'), points: 7, forgiven: 0 }]);
    expect(post(7).opened[0]).toMatchObject({
      size: 7,
      remaining: 7,
      originOrder: null,
      openedAt: day('2026-05-30'),
      availableAt: now,
      expiresAt: day('2026-07-01'),
    });
    expect(post(7, { availableAt: day('2026-06-20'), expiresAt: day('2026-12-31') }).opened[0]).toMatchObject({
      availableAt: day('2026-06-20'),
      expiresAt: day('2026-12-31'),
    });
  });
  test('that takes draws from the file’s own lots, soonest to expire first; what they do not have is owed', () => {
    const open = ledger([
      slice('own', { key: 'file:1' }),
      slice('soon', { key: 'file:2', expiresAt: day('2026-09-01'), remaining: 3 }),
      slice('other', { remaining: 50 }),
    ]);
    const plan = post(-15, {}, open);
    expect(plan.draws.map(({ lotId, points: drawn }) => [lotId, drawn])).toEqual([
      ['soon', 3],
      ['own', 10],
    ]);
    expect(plan.debts).toEqual([{ entryId: 'line', open: 2, openedAt: day('2026-05-30') }]);
    expect(post(-4).debts[0]?.open).toBe(4);
  });
  test('taken back: the file’s lots first, what lapsed of them is let go, the rest from others or owed', () => {
    const open = ledger([
      slice('other', { remaining: 2 }),
      slice('own', { key: 'file:1', remaining: 4, openedAt: day('2026-05-01') }),
    ]);
    const plan = undoImport(
      open,
      draft('undo', 'import', now),
      { given: 10, lapsed: 3, isOfFile: ({ key }) => key === 'file:1' },
      now,
    );
    expect(plan.entries[0]).toMatchObject({ points: -7, forgiven: 3 });
    expect(plan.draws.map(({ lotId, points: drawn }) => [lotId, drawn])).toEqual([
      ['own', 4],
      ['other', 2],
    ]);
    expect(plan.debts[0]?.open).toBe(1);
  });
});

describe('the end of a lot', () => {
  const monthly = (months: number) =>
    program({ policies: { expiry: { kind: 'after_months', months, endOfMonth: false }, minimumLifeDays: 0 } }).policies;
  const idle = (months: number) =>
    program({ policies: { expiry: { kind: 'inactivity_months', months }, minimumLifeDays: 0 } }).policies;
  const never = program().policies;
  const lot = { openedAt: day('2026-01-10'), availableAt: day('2026-01-10'), zone };
  const end = (...[policies, later = [], activities = []]: [typeof never, PolicyVersion[]?, Instant[]?]) => {
    const found = expiryOf(lot, policies, later, activities);
    return found === null ? null : isoOf(found).slice(0, 10);
  };
  test('is moved by activities only where points lapse by inactivity', () => {
    expect([
      end(monthly(3), [], [day('2026-03-01')]),
      end(idle(3), [], [day('2026-03-01')]),
      end(idle(3), [], [day('2026-01-10'), day('2025-12-01')]),
    ]).toEqual(['2026-04-10', '2026-06-01', '2026-04-10']);
    expect(end(idle(1), [], [day('2026-02-10T23:00:00Z')]), 'at the end it is over').toBe('2026-02-10');
    expect(end(never, [], [day('2026-03-01')])).toBeNull();
  });
  test('is only ever moved on by a later policy: from the lot’s day or the last activity', () => {
    const from = day('2026-02-01');
    expect(end(monthly(2), [inForce(from, { policies: monthly(6) })])).toBe('2026-07-10');
    expect(end(monthly(2), [inForce(from, { policies: monthly(1) })])).toBe('2026-03-10');
    expect(end(monthly(2), [inForce(from, { policies: never })])).toBeNull();
    expect(end(never, [inForce(from, { policies: monthly(2) })])).toBe('2026-04-01');
    expect(end(idle(2), [inForce(day('2026-03-01'), { policies: idle(6) })], [day('2026-02-20')])).toBe('2026-08-20');
    expect(end(monthly(2), [inForce(from, { policies: idle(2) })], [day('2026-02-20')])).toBe('2026-04-20');
    expect(
      end(monthly(2), [inForce(day('2026-01-10'), { policies: monthly(9) })]),
      'what was in force already is no change',
    ).toBe('2026-03-10');
    expect(end(idle(2), [inForce(from, { policies: never })], [day('2026-02-20')])).toBeNull();
  });
});

describe('points that come back', () => {
  const now = day('2026-02-01');
  const grace = day('2026-02-08T23:00:00Z');
  const drawn = (lot: string, amount: number, n = 0, part = 0): Draw => ({
    entryId: asId<EntryId>('hold'),
    n,
    lotId: asId<EntryId>(lot),
    slice: part,
    points: points(amount),
    at: day('2026-01-20'),
  });
  const back = (
    amount: number,
    draws: readonly Draw[],
    slices: ReturnType<typeof slice>[],
    unpaid: ReturnType<typeof debt>[] = [],
  ) =>
    putBack(
      ledger([]),
      draft('back', 'return', now),
      amount,
      { spent: { draws, slices }, unpaid },
      { graceEnd: grace, now },
    );
  test('skip what came back before, latest draws first, and never more than was drawn', () => {
    const slices = [slice('a', { remaining: 0 }), slice('b', { remaining: 3 })];
    const draws = [drawn('a', 10), drawn('b', 7, 1), drawn('b', -7, 2), drawn('a', -2, 3)];
    const plan = back(5, draws, slices);
    expect(plan.draws).toEqual([{ entryId: 'back', n: 0, lotId: 'a', slice: 0, points: -5, at: now }]);
    expect(plan.remaining).toMatchObject([{ lotId: 'a', slice: 0, remaining: 5 }]);
    expect(() => back(9, draws, slices)).toThrow('put back 9 points, but only 8 were drawn');
    expect(() => back(1, [drawn('lost', 1)], [])).toThrow('was not loaded');
  });
  test('cancel draws of their own lot: a debt may have been paid from another one since', () => {
    const slices = [slice('a', { remaining: 4 }), slice('b', { remaining: 0 })];
    // Drawn from a, 4 came back to it; later b paid the debt of the same entry, and is read beside its first draw.
    const plan = back(12, [drawn('a', 10), drawn('b', 6, 1), drawn('a', -4, 0)], slices);
    expect(plan.remaining).toMatchObject([
      { lotId: 'b', remaining: 6 },
      { lotId: 'a', remaining: 10 },
    ]);
  });
  test('to two slices of a lapsed lot share one further slice, after the highest there is', () => {
    const gone = { expiresAt: day('2026-01-25'), remaining: 0 };
    const slices = [
      slice('a', gone),
      slice('a', { ...gone, slice: 1, size: 0 }),
      slice('b', { ...gone, slice: 4 }),
      slice('edge', { expiresAt: grace, remaining: 0 }),
    ];
    const plan = back(12, [drawn('a', 4), drawn('a', 3, 1, 1), drawn('b', 2, 2, 4), drawn('edge', 3, 3)], slices);
    expect(
      plan.opened.map(({ lotId, slice: n, remaining, size, expiresAt }) => [lotId, n, remaining, size, expiresAt]),
    ).toEqual([
      ['b', 5, 2, 0, grace],
      ['a', 2, 7, 0, grace],
    ]);
    expect(
      plan.remaining.map(({ lotId, remaining }) => [lotId, remaining]),
      'a lot that ends with the grace keeps its end',
    ).toEqual([['edge', 3]]);
  });
  test('live as long as activities since say; what has lapsed by its written end is never filled again', () => {
    const later = day('2026-05-01');
    const open = slice('open', { expiresAt: day('2026-03-01'), remaining: 0 });
    const gone = slice('gone', { expiresAt: day('2026-01-25'), remaining: 0 });
    const spent = { draws: [drawn('open', 4), drawn('gone', 3, 1)], slices: [open, gone], endOf: () => later };
    const plan = putBack(ledger([]), draft('back', 'release', now), 7, { spent, unpaid: [] }, { graceEnd: grace, now });
    expect(plan.remaining.map(({ lotId, remaining, expiresAt }) => [lotId, remaining, expiresAt])).toEqual([
      ['open', 4, later],
    ]);
    expect(plan.opened.map(({ lotId, slice: n, remaining, expiresAt }) => [lotId, n, remaining, expiresAt])).toEqual([
      ['gone', 1, 3, later],
    ]);
    const sooner = putBack(
      ledger([]),
      draft('back', 'release', now),
      7,
      { spent: { ...spent, endOf: () => day('2026-02-02') }, unpaid: [] },
      { graceEnd: grace, now },
    );
    expect(sooner.opened.map(({ lotId, expiresAt }) => [lotId, expiresAt])).toEqual([
      ['gone', grace],
      ['open', grace],
    ]);
  });
  test('first cancel debts of the same redemption, each as far as it goes', () => {
    const plan = back(6, [drawn('a', 4)], [slice('a', { remaining: 0 })], [debt('x', 1), debt('y', 0), debt('z', 1)]);
    expect(plan.debts.map(({ entryId, open }) => [entryId, open])).toEqual([
      ['x', 0],
      ['z', 0],
    ]);
    expect(plan.entries[0]?.points).toBe(6);
    expect(back(1, [], [], [debt('x', 5)]).debts[0]?.open).toBe(4);
  });
});

describe('what a program asks of products', () => {
  const needs = (earning: Parameters<typeof program>[0] & object) => [...readyEarning(program(earning)).needs];
  test.each([
    ['nothing', { earning: { exclude: { vendors: ['x'], productIds: ['5'] } } }, []],
    ['collections', { earning: { exclude: { collectionIds: ['5'] } } }, ['products']],
    ['tags', { earning: { exclude: { productTags: ['x'] } } }, ['products']],
    ['types', { earning: { exclude: { productTypes: ['x'] } } }, ['products']],
    ['sale', { earning: { exclude: { saleItems: true } } }, ['products']],
    [
      'rules',
      {
        earning: {
          bonuses: [
            bonus({
              id: 'a',
              times: 2,
              conditions: [
                { kind: 'product_tag', tags: ['x'] },
                { kind: 'weekday', days: [1] },
              ],
            }),
          ],
        },
      },
      ['products'],
    ],
    [
      'switched off',
      {
        earning: {
          bonuses: [bonus({ id: 'a', times: 2, enabled: false, conditions: [{ kind: 'product_tag', tags: ['x'] }] })],
        },
      },
      [],
    ],
  ])('%s', (_, earning, expected) => {
    expect(needs(earning)).toEqual(expected);
  });
  test('without a tier nothing comes of a tier’s rule, without a channel none is excluded', () => {
    const levels = [{ id: 'gold', name: { en: 'x', it: 'x', de: 'x', fr: 'x', es: 'x' }, threshold: 5 }];
    const tiers = { metric: 'orders' as const, currency: 'EUR', window: { kind: 'lifetime' as const }, levels };
    const document = program({
      tiers,
      earning: {
        bonuses: [bonus({ id: 'a', times: 3, conditions: [{ kind: 'tier', tierIds: ['gold'] }] })],
        exclude: { channels: ['pos'] },
      },
    });
    const worth = (tier: string | null, channel: string | null) =>
      entitlementOf(order({ channel }), document, plain({ tier }), shop).points;
    expect([worth(null, null), worth('gold', null), worth('silver', null), worth('gold', 'POS')]).toEqual([
      10, 30, 10, 0,
    ]);
  });
});

test('hours are minutes of the day: from is in, to is out', () => {
  const document = program({
    earning: { bonuses: [bonus({ id: 'a', times: 2, conditions: [{ kind: 'hours', from: '10:30', to: '11:15' }] })] },
  });
  // Rome is two hours ahead in June.
  const worth = (utc: string) =>
    entitlementOf(order({ instant: instant(Date.parse(`2026-06-10T${utc}Z`)) }), document, plain(), shop).points;
  expect(['08:29:59', '08:30:00', '09:14:59', '09:15:00'].map(worth)).toEqual([10, 20, 20, 10]);
});
