import { describe, expect, test } from 'vitest';
import { addLotToBalance, balanceOf, spendable } from '~/core/ledger/balance';
import { cacheHolds } from '~/core/ledger/memberBook';
import { instant } from '~/core/values/instant';
import { balance, day, debt, ledger, slice } from 'test/support/ledger';

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
    expect(balanceOf(ledger([slice('a'), slice('soon', { expiresAt: day('2026-02-20') })]), now)).toEqual(
      balance(20, 0, 0, day('2026-02-20')),
    );
    expect(
      balanceOf(ledger([slice('waits', { availableAt: day('2026-03-01'), expiresAt: day('2026-09-01') })]), now),
    ).toEqual(balance(0, 10, 0, day('2026-03-01')));
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
    expect(
      addLotToBalance(balance(0, 0, 0, null), slice('x', { expiresAt: day('2026-04-01') }), now).nextChangeAt,
    ).toBe(day('2026-04-01'));
    expect(
      addLotToBalance(balance(0, 0, 0, day('2026-01-01')), slice('x'), now).nextChangeAt,
      'a change that is due stays due',
    ).toBe(day('2026-01-01'));
  });
  test('the cache holds until its next change, and never beside a debt', () => {
    expect(cacheHolds(balance(1, 0, 0, null), now)).toBe(true);
    expect(cacheHolds(balance(1, 0, 0, instant(now + 1)), now)).toBe(true);
    expect(cacheHolds(balance(1, 0, 0, now), now)).toBe(false);
    expect(cacheHolds(balance(1, 0, 2, null), now)).toBe(false);
  });
});
