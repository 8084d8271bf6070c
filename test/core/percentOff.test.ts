import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quoteReward, type WishCart } from '~/core/rewards/quote';
import { rewardKinds, type RewardOf } from '~/core/rewards/section';

const reward = (part: Partial<RewardOf<'percent_off'>> = {}): RewardOf<'percent_off'> => ({
  ...rewardKinds.percent_off.model('EUR'),
  id: 'percent',
  enabled: true,
  points: 200,
  basisPoints: 2000,
  ...part,
});
const of = (subtotalMinor: number, part: Partial<WishCart> = {}): WishCart => ({
  subtotalMinor,
  currency: 'EUR',
  ...part,
});
const quote = (cart: WishCart | null, part: Parameters<typeof reward>[0] = {}) =>
  quoteReward(reward(part), { points: null, cart });

describe('a percentage off', () => {
  test('without a limit is the platform’s own percentage, for any cart', () => {
    expect(quote(null)).toMatchObject({
      ok: true,
      value: { points: 200, grant: { kind: 'percent_off', basisPoints: 2000, minimumSubtotalMinor: null } },
    });
    expect(quote(of(500, { remainingMinor: 0 }))).toMatchObject({ ok: false, error: { kind: 'nothing_left' } });
  });

  // 7.B1: 20 % up to €30.
  test.each([
    [10_000, 2000, 10_000],
    [20_000, 3000, 15_000],
    [15_000, 3000, 15_000],
    [999, 199, 995],
    [30_000, 3000, 15_000],
  ])('with a limit of 30.00, 20 %% of a cart of %i is %i, from a cart of %i on', (subtotal, amountMinor, minimum) => {
    expect(quote(of(subtotal), { capMinor: 3000 })).toMatchObject({
      ok: true,
      value: { points: 200, grant: { kind: 'amount_off', amountMinor, minimumSubtotalMinor: minimum } },
    });
  });

  test('with a limit it needs the cart, and something to take off', () => {
    expect(quote(null, { capMinor: 3000 })).toEqual({ ok: false, error: { kind: 'cart_needed' } });
    expect(quote(of(4), { capMinor: 3000 })).toEqual({ ok: false, error: { kind: 'cart_empty' } });
    expect(quote(of(10_000, { remainingMinor: 1999 }), { capMinor: 3000 })).toMatchObject({
      ok: false,
      error: { kind: 'more_than_cart', amountMinor: 2000 },
    });
  });

  test('with a limit it never takes more than the percentage or the limit, and a wrong size gains nothing', () => {
    const amounts = fc.integer({ min: 1, max: 10_000_000 });
    fc.assert(
      fc.property(amounts, amounts, fc.integer({ min: 100, max: 10_000 }), amounts, (named, real, basisPoints, cap) => {
        const made = quote(of(named), { basisPoints, capMinor: cap });
        if (!made.ok) return;
        const { grant } = made.value;
        if (grant.kind !== 'amount_off') throw new Error(grant.kind);
        // What the shop's checkout takes off the real cart, and what was meant.
        const taken = real >= (grant.minimumSubtotalMinor ?? 0) ? grant.amountMinor : 0;
        const meant = Math.min(Math.floor((real * basisPoints) / 10_000), cap);
        expect(taken).toBeLessThanOrEqual(meant);
        // The cart that was named gets exactly what was meant.
        expect(named).toBeGreaterThanOrEqual(grant.minimumSubtotalMinor ?? 0);
        expect(grant.amountMinor).toBe(Math.min(Math.floor((named * basisPoints) / 10_000), cap));
      }),
    );
  });
});
