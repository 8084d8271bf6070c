import { describe, expect, test } from 'vitest';
import { holdPoints } from '~/core/ledger/hold';
import { openMemberBook } from '~/core/ledger/memberBook';
import { mergeEntries } from '~/core/ledger/merge';
import { creditPlan, emptyPlan } from '~/core/ledger/plan';
import { settleOrder } from '~/core/ledger/settleOrder';
import type { Slice } from '~/core/ledger/types';
import { worthNothing } from '~/core/evaluation/worth';
import { asId, type MemberId, type PlatformId, type StoreId } from '~/core/values/ids';
import { points } from '~/core/values/points';
import { order, program } from 'test/support/builders';
import { balance, day, debt, draft, ids, ledger, member, slice, store, zone } from 'test/support/ledger';

describe('a book of decisions', () => {
  const now = day('2026-02-01');
  const credit = (id: string, amount: number, part: Partial<Pick<Slice, 'availableAt' | 'expiresAt'>> = {}) =>
    creditPlan(
      { ...draft(id, 'award', now), points: points(amount), forgiven: points(0) },
      { originOrder: null, availableAt: now, expiresAt: null, ...part },
    );

  test('writes nobody whom nothing happened to, and whoever’s cache was out of date', () => {
    const still = { memberId: member, cached: balance(10, 0, 0, null), open: ledger([slice('a')]) };
    expect(openMemberBook([still], now).changed()).toEqual([]);
    for (const cached of [
      balance(9, 0, 0, null),
      balance(10, 1, 0, null),
      balance(10, 0, 1, null),
      balance(10, 0, 0, day('2026-03-01')),
    ]) {
      expect(openMemberBook([{ ...still, cached }], now).changed()).toEqual([
        { memberId: member, balance: balance(10, 0, 0, null), plan: emptyPlan },
      ]);
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
    const book = openMemberBook(
      [{ memberId: member, cached: balance(-3, 0, 3, null), open: ledger([], [debt('d', 3)]) }],
      now,
    );
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
    const [page] = openMemberBook(
      [{ memberId: member, cached: balance(-4, 10, 4, day('2026-01-25')), open }],
      now,
    ).changed();
    expect(page?.balance).toEqual(balance(6, 0, 0, null));
    expect(page?.plan.draws.map(({ at, points: drawn }) => [at, drawn])).toEqual([[day('2026-01-25'), 4]]);
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
  const base = {
    storeId: store,
    orderId: snapshot.orderId,
    instant: snapshot.instant,
    memberId: member,
    document: program(),
    zone,
    open: null,
    ownExpired: 0,
  };
  const state = (posted: number, seq: number, forgivenLapsed = 0) => ({ posted, seq, forgivenLapsed });

  test('posts the difference under the next number, and nothing when there is none', () => {
    expect(settleOrder({ ...base, state: state(30, 4), worth: worth(30) }, now, ids())).toEqual({
      plan: emptyPlan,
      state: state(30, 4),
    });
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
    const { plan, state: after } = settleOrder(
      { ...base, open, state: state(30, 1, 2), worth: worth(10), ownExpired: 5 },
      now,
      ids(),
    );
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
    expect(owing(program({ policies: { clawback: 'clamp' } }))).toMatchObject({
      debts: [],
      entries: [{ points: 0, forgiven: 10 }],
    });
    expect(() => settleOrder({ ...base, state: state(10, 1), worth: worth(0) }, now, ids())).toThrow('not loaded');
    expect(() => settleOrder({ ...base, document: null, state: state(0, 1), worth: worth(5) }, now, ids())).toThrow(
      'without a program',
    );
  });
});
