import { describe, expect, test } from 'vitest';
import { addLotToBalance, balanceOf, spendable } from '~/core/ledger/balance';
import { holdPoints } from '~/core/ledger/hold';
import { lapseLots } from '~/core/ledger/lapse';
import { cacheHolds, openMemberBook } from '~/core/ledger/memberBook';
import { mergeEntries } from '~/core/ledger/merge';
import { applyPlan, creditPlan, emptyPlan } from '~/core/ledger/plan';
import { lengthenLots, renewLots, renews, reviveLots, type Renewal } from '~/core/ledger/renew';
import { repayDebts } from '~/core/ledger/repay';
import { settleOrder } from '~/core/ledger/settleOrder';
import type { Balance, Entry, OpenLedger, Slice } from '~/core/ledger/types';
import { worthNothing } from '~/core/orders/worth';
import { asId, type EntryId, type MemberId, type PlatformId, type StoreId } from '~/core/values/ids';
import { instant, isoOf, type Instant } from '~/core/values/instant';
import { points } from '~/core/values/points';
import { order, program } from 'test/support/builders';

const member = asId<MemberId>('member');
const store = asId<StoreId>('store');
const zone = 'Europe/Rome';
const day = (iso: string): Instant => instant(Date.parse(iso.length === 10 ? `${iso}T12:00:00Z` : iso));
const ids = () => {
  let n = 0;
  return (): EntryId => asId<EntryId>(`new-${(n += 1)}`);
};
const slice = (id: string, part: Partial<Omit<Slice, 'remaining' | 'size'>> & { readonly remaining?: number; readonly size?: number } = {}): Slice => {
  const { remaining = 10, size = 10, ...rest } = part;
  return {
    lotId: asId<EntryId>(id),
    slice: 0,
    size: points(size),
    remaining: points(remaining),
    originOrder: null,
    openedAt: day('2026-01-10'),
    availableAt: day('2026-01-10'),
    expiresAt: null,
    key: `key-${id}`,
    ...rest,
  };
};
const debt = (id: string, open: number, openedAt = day('2026-01-20')) => ({ entryId: asId<EntryId>(id), open: points(open), openedAt, drawsSoFar: 0 });
const ledger = (slices: readonly Slice[], debts: OpenLedger['debts'] = []): OpenLedger => ({ memberId: member, slices, debts });
const draft = (id: string, kind: Entry['kind'], when: Instant): Omit<Entry, 'points' | 'forgiven'> => ({
  id: asId<EntryId>(id),
  memberId: member,
  kind,
  key: id,
  concerns: {},
  why: {},
  actor: { kind: 'system' },
  occurredAt: when,
  recordedAt: when,
});
const balance = (available: number, pending: number, owed: number, nextChangeAt: Instant | null): Balance => ({
  available: points(available),
  pending: points(pending),
  debt: points(owed),
  nextChangeAt,
});

describe('the balance of open lots', () => {
  const now = day('2026-02-01');
  const open = ledger(
    [
      slice('a'),
      slice('waits', { availableAt: day('2026-03-01'), expiresAt: day('2026-09-01'), remaining: 4 }),
      slice('soon', { expiresAt: day('2026-02-20'), remaining: 5 }),
      slice('gone', { expiresAt: day('2026-01-15'), remaining: 6 }),
      slice('empty', { expiresAt: day('2026-02-02'), remaining: 0 }),
    ],
    [debt('d', 3)],
  );
  test('counts what can be spent less what is owed, what waits, and looks again when something changes', () => {
    expect(balanceOf(open, now)).toEqual(balance(12, 4, 3, day('2026-01-15')));
    expect(balanceOf(ledger([slice('a'), slice('soon', { expiresAt: day('2026-02-20') })]), now)).toEqual(balance(20, 0, 0, day('2026-02-20')));
    expect(balanceOf(ledger([slice('waits', { availableAt: day('2026-03-01'), expiresAt: day('2026-09-01') })]), now)).toEqual(
      balance(0, 10, 0, day('2026-03-01')),
    );
    expect(balanceOf(ledger([slice('a')]), now)).toEqual(balance(10, 0, 0, null));
    expect(balanceOf(ledger([], [debt('d', 3)]), now)).toEqual(balance(-3, 0, 3, null));
  });
  test('a lot is available from its very moment on and gone at its very end', () => {
    const edge = ledger([slice('edge', { availableAt: now, expiresAt: day('2026-03-01') })]);
    expect(balanceOf(edge, now)).toEqual(balance(10, 0, 0, day('2026-03-01')));
    expect(balanceOf(edge, instant(now - 1))).toEqual(balance(0, 10, 0, now));
    expect(balanceOf(edge, day('2026-03-01'))).toEqual(balance(0, 0, 0, day('2026-03-01')));
  });
  test('is never shown below nothing', () => {
    expect([spendable(balance(-3, 0, 3, null)), spendable(balance(4, 0, 0, null))]).toEqual([0, 4]);
  });
  test.each([
    ['at once', {}, balance(17, 1, 0, day('2026-05-01'))],
    ['later', { availableAt: day('2026-03-01') }, balance(7, 11, 0, day('2026-03-01'))],
    ['lapses first', { expiresAt: day('2026-04-01') }, balance(17, 1, 0, day('2026-04-01'))],
    ['lapses last', { expiresAt: day('2026-08-01') }, balance(17, 1, 0, day('2026-05-01'))],
    ['has lapsed', { expiresAt: day('2026-01-20') }, balance(7, 1, 0, day('2026-01-20'))],
    ['lapses now', { expiresAt: now }, balance(7, 1, 0, now)],
    ['opens now', { availableAt: now }, balance(17, 1, 0, day('2026-05-01'))],
  ] as const)('a new lot changes the cached balance without reading any other: %s', (_, part, expected) => {
    expect(addLotToBalance(balance(7, 1, 0, day('2026-05-01')), slice('x', part), now)).toEqual(expected);
  });
  test('a cache without a next change gets one only from the lot', () => {
    expect(addLotToBalance(balance(0, 0, 0, null), slice('x'), now)).toEqual(balance(10, 0, 0, null));
    expect(addLotToBalance(balance(0, 0, 0, null), slice('x', { expiresAt: day('2026-04-01') }), now).nextChangeAt).toBe(day('2026-04-01'));
    expect(addLotToBalance(balance(0, 0, 0, day('2026-01-01')), slice('x'), now).nextChangeAt, 'a change that is due stays due').toBe(day('2026-01-01'));
  });
  test('the cache holds until its next change, and never beside a debt', () => {
    expect(cacheHolds(balance(1, 0, 0, null), now)).toBe(true);
    expect(cacheHolds(balance(1, 0, 0, instant(now + 1)), now)).toBe(true);
    expect(cacheHolds(balance(1, 0, 0, now), now)).toBe(false);
    expect(cacheHolds(balance(1, 0, 2, null), now)).toBe(false);
  });
});

describe('a book of decisions', () => {
  const now = day('2026-02-01');
  const credit = (id: string, amount: number, part: Partial<Pick<Slice, 'availableAt' | 'expiresAt'>> = {}) =>
    creditPlan({ ...draft(id, 'award', now), points: points(amount), forgiven: points(0) }, { originOrder: null, availableAt: now, expiresAt: null, ...part });

  test('writes nobody whom nothing happened to, and whoever’s cache was out of date', () => {
    const still = { memberId: member, cached: balance(10, 0, 0, null), open: ledger([slice('a')]) };
    expect(openMemberBook([still], now).changed()).toEqual([]);
    for (const cached of [balance(9, 0, 0, null), balance(10, 1, 0, null), balance(10, 0, 1, null), balance(10, 0, 0, day('2026-03-01'))]) {
      expect(openMemberBook([{ ...still, cached }], now).changed()).toEqual([{ memberId: member, balance: balance(10, 0, 0, null), plan: emptyPlan }]);
    }
  });
  test('credits a member whose lots were not read, and refuses to draw from one', () => {
    const book = openMemberBook([{ memberId: member, cached: balance(5, 0, 0, null), open: null }], now);
    expect(book.openOf(member)).toBeNull();
    book.post(member, credit('one', 10));
    book.post(member, credit('two', 4, { availableAt: day('2026-03-01') }));
    const [page] = book.changed();
    expect(page?.balance).toEqual(balance(15, 4, 0, day('2026-03-01')));
    expect(page?.plan.entries.map(({ id }) => id)).toEqual(['one', 'two']);
    const drawn = holdPoints(ledger([slice('a')]), draft('hold', 'redeem', now), 3, now);
    expect(() => drawn.ok && book.post(member, drawn.value)).toThrow('not loaded');
    expect(() => book.post(asId<MemberId>('nobody'), emptyPlan)).toThrow('not locked');
  });
  test('repays debts from what a decision made available, and shows each decision to the next', () => {
    const book = openMemberBook([{ memberId: member, cached: balance(-3, 0, 3, null), open: ledger([], [debt('d', 3)]) }], now);
    book.post(member, credit('one', 10));
    expect(book.openOf(member)).toMatchObject({ slices: [{ lotId: 'one', remaining: 7 }], debts: [] });
    const [page] = book.changed();
    expect(page?.balance).toEqual(balance(7, 0, 0, null));
    expect(page?.plan.draws).toEqual([{ entryId: 'd', n: 0, lotId: 'one', slice: 0, points: 3, at: now }]);
    expect(page?.plan.debts).toEqual([{ entryId: 'd', open: 0, openedAt: day('2026-01-20') }]);
    expect(page?.plan.opened[0]?.remaining, 'written once, with what is left').toBe(7);
  });
  test('what matured since the cache was written repays first', () => {
    const open = ledger([slice('a', { availableAt: day('2026-01-25') })], [debt('d', 4)]);
    const [page] = openMemberBook([{ memberId: member, cached: balance(-4, 10, 4, day('2026-01-25')), open }], now).changed();
    expect(page?.balance).toEqual(balance(6, 0, 0, null));
    expect(page?.plan.draws.map(({ at, points: drawn }) => [at, drawn])).toEqual([[day('2026-01-25'), 4]]);
  });
});

describe('inactivity', () => {
  const policies = program({ policies: { expiry: { kind: 'inactivity_months', months: 2 }, minimumLifeDays: 0 } }).policies;
  const never = program().policies;
  const regimes = [{ from: day('2025-01-01'), policies }];
  const end = day('2026-03-10T23:00:00Z');
  const renewal = (part: Partial<Renewal> = {}): Renewal => ({ regimes, activities: [], zone, lapsed: [], ...part });
  const alive = (id: string) => slice(id, { expiresAt: end });

  test('is asked of any version', () => {
    expect([
      renews(regimes),
      renews([{ from: day('2025-01-01'), policies: never }]),
      renews([{ from: day('2025-01-01'), policies: never }, ...regimes]),
    ]).toEqual([true, false, true]);
  });
  test('an activity lengthens every lot that was open then and had not lapsed, not those opened later, never shortens', () => {
    const open = ledger([
      alive('a'),
      slice('later', { openedAt: day('2026-03-05'), expiresAt: day('2026-05-05T22:00:00Z') }),
      slice('forever'),
      slice('long', { expiresAt: day('2027-01-01') }),
    ]);
    const changed = renewLots(open, renewal({ activities: [day('2026-03-01')] })).remaining;
    expect(changed).toEqual([{ lotId: 'a', slice: 0, remaining: 10, expiresAt: day('2026-05-01T22:00:00Z') }]);
    expect(
      renewLots(open, renewal({ activities: [end] })).remaining.map(({ lotId }) => lotId),
      'at its end it has lapsed',
    ).toEqual(['later']);
    expect(renewLots(ledger([alive('a')]), renewal({ activities: [day('2026-01-01')] }))).toBe(emptyPlan);
    expect(renewLots(ledger([alive('a')]), renewal())).toBe(emptyPlan);
  });
  test('one activity makes the next one count, in whatever order they are known', () => {
    const activities = [day('2026-06-20'), day('2026-03-01'), day('2026-04-25')];
    expect(renewLots(ledger([alive('a')]), renewal({ activities })).remaining.map(({ expiresAt }) => expiresAt)).toEqual([day('2026-08-20T22:00:00Z')]);
  });
  test('the policy of the activity’s own time counts, before the first version that one', () => {
    const switched = [...regimes, { from: day('2026-02-15'), policies: never }];
    expect(renewLots(ledger([alive('a')]), renewal({ regimes: switched, activities: [day('2026-02-20')] }))).toBe(emptyPlan);
    expect(renewLots(ledger([alive('a')]), renewal({ regimes: switched, activities: [day('2026-02-10')] })).remaining).toHaveLength(1);
    const late = [{ from: day('2026-06-01'), policies }];
    expect(renewLots(ledger([alive('a')]), renewal({ regimes: late, activities: [day('2026-02-10')] })).remaining).toHaveLength(1);
  });
  test('points that a sweep took come back to a further slice of their lot, less what was forgiven of the order', () => {
    const originOrder = { storeId: store, orderId: asId<PlatformId>('1') };
    const lapsed = [
      { slice: { ...slice('a', { expiresAt: end, originOrder, remaining: 0 }), furthest: 2 }, expired: 10, forgiven: 4 },
      { slice: slice('b', { expiresAt: end, originOrder, remaining: 0 }), expired: 5, forgiven: 4 },
      { slice: slice('c', { expiresAt: end, remaining: 0 }), expired: 3, forgiven: 0 },
      { slice: slice('d', { expiresAt: end, remaining: 0, originOrder: { storeId: store, orderId: asId<PlatformId>('2') } }), expired: 2, forgiven: 9 },
      { slice: slice('e', { expiresAt: day('2026-02-01'), remaining: 0 }), expired: 7, forgiven: 0 },
    ];
    const now = day('2026-04-01');
    const plan = reviveLots(ledger([]), renewal({ activities: [day('2026-03-01')], lapsed }), now, ids());
    const until = day('2026-05-01T22:00:00Z');
    expect(plan.entries).toEqual(
      [
        ['a', 6],
        ['b', 5],
        ['c', 3],
      ].map(([lot, amount], index) => ({
        ...draft(`new-${index + 1}`, 'adjust', now),
        points: amount,
        forgiven: 0,
        key: `revive:${lot}:0`,
        concerns: { lotId: lot },
        why: { v: 1, kind: 'late_activity', activeOn: '2026-03-01' },
      })),
    );
    expect(plan.opened.map(({ lotId, slice: n, size, remaining, expiresAt, memberId }) => [lotId, n, size, remaining, expiresAt, memberId])).toEqual([
      ['a', 3, 0, 6, until, member],
      ['b', 1, 0, 5, until, member],
      ['c', 1, 0, 3, until, member],
    ]);
    expect(plan.draws.map(({ entryId, lotId, slice: n, points: back, at }) => [entryId, lotId, n, back, at])).toEqual([
      ['new-1', 'a', 3, -6, now],
      ['new-2', 'b', 1, -5, now],
      ['new-3', 'c', 1, -3, now],
    ]);
    expect(plan.opened[0]).not.toHaveProperty('furthest');
    expect(reviveLots(ledger([]), renewal({ lapsed }), now, ids())).toBe(emptyPlan);
  });
  test('a book renews lots by what is posted to it, revives once, and remembers the activity', () => {
    const lapsed = [{ slice: slice('gone', { expiresAt: end, remaining: 0 }), expired: 8, forgiven: 0 }];
    const now = day('2026-04-01');
    const open = ledger([slice('b', { expiresAt: day('2026-04-20') })]);
    const book = openMemberBook([{ memberId: member, cached: balanceOf(open, now), open, renewal: renewal({ lapsed }) }], now, ids());
    expect(book.activitiesOf(member)).toEqual([]);
    const award = (id: string, when: Instant) =>
      creditPlan({ ...draft(id, 'award', when), points: points(1), forgiven: points(0) }, { originOrder: null, availableAt: when, expiresAt: null });
    book.post(member, {
      ...award('adjusted', day('2026-03-01')),
      entries: [{ ...draft('adjusted', 'adjust', day('2026-03-01')), points: points(1), forgiven: points(0) }],
    });
    expect(book.activitiesOf(member), 'an adjustment renews nothing').toEqual([]);
    book.post(member, award('one', day('2026-03-01')));
    book.post(member, award('two', day('2026-03-02')));
    expect(book.activitiesOf(member)).toEqual([day('2026-03-01'), day('2026-03-02')]);
    const [page] = book.changed();
    expect(page?.plan.entries.map(({ key }) => key)).toEqual(['adjusted', 'one', 'revive:gone:0', 'two']);
    expect(book.openOf(member)?.slices.map(({ lotId, remaining, expiresAt }) => [lotId, remaining, expiresAt === null ? null : isoOf(expiresAt)])).toEqual([
      ['b', 10, '2026-05-02T22:00:00.000Z'],
      ['adjusted', 1, null],
      ['one', 1, null],
      ['gone', 8, '2026-05-02T22:00:00.000Z'],
      ['two', 1, null],
    ]);
    expect(page?.balance.available).toBe(21);
    const without = openMemberBook([{ memberId: member, cached: balanceOf(open, now), open, renewal: renewal({ lapsed }) }], now);
    without.post(member, award('one', day('2026-03-01')));
    expect(
      without.changed()[0]?.plan.entries.map(({ key }) => key),
      'nothing comes back without ids',
    ).toEqual(['one']);
    expect(without.activitiesOf(asId<MemberId>('nobody'))).toEqual([]);
  });
  test('a policy that comes into force only ever lengthens', () => {
    const now = day('2026-02-01');
    const months = (n: number) => program({ policies: { expiry: { kind: 'after_months', months: n, endOfMonth: false }, minimumLifeDays: 0 } }).policies;
    const open = ledger([slice('none'), slice('short', { expiresAt: day('2026-02-20') }), slice('gone', { expiresAt: now }), slice('empty', { remaining: 0 })]);
    const ends = (policy: typeof policies, activities: readonly Instant[] = []) =>
      lengthenLots(open, policy, activities, zone, now).remaining.map(({ lotId, expiresAt, remaining }) => [
        lotId,
        expiresAt == null ? null : isoOf(expiresAt),
        remaining,
      ]);
    expect(ends(months(6))).toEqual([
      ['none', '2026-08-01T22:00:00.000Z', 10],
      ['short', '2026-07-10T22:00:00.000Z', 10],
    ]);
    expect(ends(months(1)).map(([lot]) => lot)).toEqual(['none']);
    expect(ends(never)).toEqual([['short', null, 10]]);
    expect(ends(policies, [day('2026-01-25'), day('2026-05-01')])).toEqual([
      ['none', '2026-04-01T22:00:00.000Z', 10],
      ['short', '2026-03-25T23:00:00.000Z', 10],
    ]);
    expect(lengthenLots(ledger([slice('none')]), never, [], zone, now)).toBe(emptyPlan);
  });
});

describe('lapsing and repaying in order', () => {
  test('lots are swept by their ends, then by key, then by slice; grace slices say so', () => {
    const lots = [
      slice('b', { expiresAt: day('2026-02-01'), key: 'k2' }),
      slice('a', { expiresAt: day('2026-02-01'), key: 'k1', slice: 1 }),
      slice('a', { expiresAt: day('2026-02-01'), key: 'k1' }),
      slice('first', { expiresAt: day('2026-01-15'), key: 'k9' }),
      slice('empty', { expiresAt: day('2026-01-15'), remaining: 0 }),
      slice('open', { expiresAt: day('2026-09-01') }),
    ];
    const plan = lapseLots(ledger(lots), 'inactivity_months', zone, day('2026-02-02'), ids());
    expect(plan.entries.map(({ key }) => key)).toEqual(['expire:first:0', 'expire:a:0', 'expire:a:1', 'expire:b:0']);
    expect(plan.entries.map(({ why }) => (why as { policy: string }).policy)).toEqual(['inactivity_months', 'inactivity_months', 'grace', 'inactivity_months']);
    expect(plan.entries[0]).toMatchObject({
      concerns: { lotId: 'first' },
      actor: { kind: 'system' },
      occurredAt: day('2026-01-15'),
      recordedAt: day('2026-02-02'),
      forgiven: 0,
    });
  });
  test('the oldest debt is paid first, then by entry; from the lot it meets first, then by the order of drawing', () => {
    const open = ledger(
      [slice('late', { availableAt: day('2026-02-10') }), slice('soon', { expiresAt: day('2026-03-01'), remaining: 3 }), slice('never', { remaining: 2 })],
      [debt('z', 4, day('2026-01-20')), debt('a', 2, day('2026-01-20')), debt('old', 1, day('2026-01-15'))],
    );
    const plan = repayDebts(open, day('2026-02-11'));
    expect(plan.draws.map(({ entryId, n, lotId, points: drawn, at }) => [entryId, n, lotId, drawn, isoOf(at).slice(0, 10)])).toEqual([
      ['old', 0, 'soon', 1, '2026-01-15'],
      ['a', 0, 'soon', 2, '2026-01-20'],
      ['z', 0, 'never', 2, '2026-01-20'],
      ['z', 1, 'late', 2, '2026-02-10'],
    ]);
    expect(applyPlan(open, plan).debts).toEqual([]);
    expect(
      repayDebts(ledger([slice('ends', { expiresAt: day('2026-01-20') })], [debt('d', 1)]), day('2026-02-11')).draws,
      'a lot that ends when the debt begins',
    ).toEqual([]);
  });
});

test('a merge moves what one member’s entries sum up to, debts included, and says to whom', () => {
  const to = asId<MemberId>('other');
  const [gone, come] = mergeEntries(
    ledger([slice('a'), slice('b', { remaining: 7 })], [debt('d', 3), debt('e', 1)]),
    to,
    { kind: 'staff', id: '9' },
    day('2026-02-01'),
    ids(),
  );
  expect(gone).toEqual({
    ...draft('new-1', 'merge', day('2026-02-01')),
    points: -13,
    forgiven: 0,
    key: 'merge:member:other:from',
    actor: { kind: 'staff', id: '9' },
    why: { v: 1, kind: 'merge', side: 'from', other: 'other' },
  });
  expect(come).toEqual({
    ...draft('new-2', 'merge', day('2026-02-01')),
    memberId: to,
    points: 13,
    forgiven: 0,
    key: 'merge:member:other:to',
    actor: { kind: 'staff', id: '9' },
    why: { v: 1, kind: 'merge', side: 'to', other: 'member' },
  });
});

describe('settling an order', () => {
  const now = day('2026-02-01');
  const snapshot = order();
  const worth = (amount: number) => ({ ...worthNothing(snapshot, 1, 'refunded'), points: points(amount) });
  const base = { storeId: store, orderId: snapshot.orderId, instant: snapshot.instant, memberId: member, document: program(), zone, open: null, ownExpired: 0 };
  const state = (posted: number, seq: number, forgivenLapsed = 0) => ({ posted, seq, forgivenLapsed });

  test('posts the difference under the next number, and nothing when there is none', () => {
    expect(settleOrder({ ...base, state: state(30, 4), worth: worth(30) }, now, ids())).toEqual({ plan: emptyPlan, state: state(30, 4) });
    const { plan, state: after } = settleOrder({ ...base, state: state(30, 4), worth: worth(50) }, now, ids());
    expect(after).toEqual(state(50, 5));
    expect(plan.entries).toEqual([
      {
        ...draft('new-1', 'award', snapshot.instant),
        recordedAt: now,
        points: 20,
        forgiven: 0,
        key: 'order:store:1001:5',
        concerns: { storeId: store, orderId: '1001' },
        why: { ...worth(50).why, before: 30 },
      },
    ]);
    expect(plan.opened[0]).toMatchObject({
      size: 20,
      remaining: 20,
      originOrder: { storeId: store, orderId: '1001' },
      availableAt: snapshot.instant,
      expiresAt: null,
    });
  });
  test('takes back from its own lots of this store’s order first; what lapsed of them is forgiven and remembered', () => {
    const own = { storeId: store, orderId: snapshot.orderId };
    const open = ledger([
      slice('other-store', { originOrder: { ...own, storeId: asId<StoreId>('elsewhere') } }),
      slice('other-order', { originOrder: { ...own, orderId: asId<PlatformId>('7') } }),
      slice('own', { originOrder: own, remaining: 4, openedAt: day('2026-01-30') }),
      slice('plain'),
    ]);
    const { plan, state: after } = settleOrder({ ...base, open, state: state(30, 1, 2), worth: worth(10), ownExpired: 5 }, now, ids());
    expect(plan.draws.map(({ lotId, points: drawn }) => [lotId, drawn])).toEqual([
      ['own', 4],
      ['other-order', 10],
      ['other-store', 3],
    ]);
    expect(plan.entries[0]).toMatchObject({ kind: 'clawback', points: -17, forgiven: 3, occurredAt: now });
    expect(after).toEqual(state(10, 2, 5));
  });
  test('what is missing is owed, or forgiven where the program says so; without a program it is owed', () => {
    const owing = (document: typeof base.document | null) =>
      settleOrder({ ...base, document, open: ledger([]), state: state(10, 1), worth: worth(0) }, now, ids()).plan;
    expect(owing(program()).debts).toEqual([{ entryId: 'new-1', open: 10, openedAt: now }]);
    expect(owing(null).debts).toHaveLength(1);
    expect(owing(program({ policies: { clawback: 'clamp' } }))).toMatchObject({ debts: [], entries: [{ points: 0, forgiven: 10 }] });
    expect(() => settleOrder({ ...base, state: state(10, 1), worth: worth(0) }, now, ids())).toThrow('not loaded');
    expect(() => settleOrder({ ...base, document: null, state: state(0, 1), worth: worth(5) }, now, ids())).toThrow('without a program');
  });
});
