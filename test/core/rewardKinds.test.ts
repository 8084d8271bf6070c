import { describe, expect, test } from 'vitest';
import { defaultDocument } from '~/core/program/defaults';
import { readDocument } from '~/core/program/migration';
import { worthOfPoints } from '~/core/program/pointValue';
import { mayFollow } from '~/core/redemptions/states';
import type { Lifecycle } from '~/core/rewards/grants';
import { returnTarget } from '~/core/redemptions/returned';
import { foreignNumber } from '~/core/rewards/names';
import { quoteReward, type WishCart } from '~/core/rewards/quote';
import { newReward, rewardKinds, type Reward, type RewardKind, type RewardOf } from '~/core/rewards/section';
import { programSummary } from '~/core/storefront/programSummary';
import { at, line, order, refund } from 'test/support/builders';

const kinds = Object.keys(rewardKinds) as RewardKind[];
const documentWith = (...rewards: Reward[]) => ({ ...defaultDocument('EUR', 'Europe/Rome'), rewards });
const shipping = (part: Partial<RewardOf<'free_shipping'>> = {}): RewardOf<'free_shipping'> => ({
  ...rewardKinds.free_shipping.model('EUR'),
  id: 'shipping',
  enabled: true,
  ...part,
});
const cart = (part: Partial<WishCart> = {}): WishCart => ({ subtotalMinor: 3000, currency: 'EUR', ...part });

describe.each(kinds)('a new reward of kind %s', (kind) => {
  test('is its kind’s own model: a document takes it, in any currency, and it is not on offer yet', () => {
    for (const currency of ['EUR', 'JPY', 'KWD']) {
      const reward = newReward(kind, 'new', currency);
      const read = readDocument(documentWith(reward));
      expect(read).toMatchObject({ ok: true });
      expect(reward).toMatchObject({ id: 'new', kind, currency, enabled: false });
    }
  });
  test('has a name that promises nothing else than it gives', () => {
    const reward = newReward(kind, 'new', 'EUR');
    for (const name of Object.values(reward.name)) expect(foreignNumber(reward, name)).toBeNull();
    expect(foreignNumber(reward, 'For 7777 points')).toBe('7777');
  });
  test('is priced as the storefront is told', () => {
    const reward = { ...newReward(kind, 'new', 'EUR'), enabled: true } as Reward;
    const [shown] = programSummary(documentWith(reward), 1, 'EUR').rewards;
    const quote = quoteReward(reward, { points: shown?.min_points ?? 0, cart: null });
    expect(quote).toMatchObject({ ok: true, value: { points: shown?.min_points } });
  });
});

describe('how grants live', () => {
  const states = ['held', 'issued', 'expiring', 'cancelling', 'used', 'released', 'used_late'] as const;
  const steps = (lifecycle: Lifecycle): readonly string[] =>
    states.flatMap((from) => states.filter((to) => mayFollow(lifecycle, from, to)).map((to) => `${from} ${to}`));

  test('a code can end, be given back and turn up late; what is final stays given; staff may say no', () => {
    expect(steps('code')).toEqual([
      'held issued',
      'held used',
      'held released',
      'issued expiring',
      'issued cancelling',
      'issued used',
      'expiring used',
      'expiring released',
      'cancelling used',
      'cancelling released',
      'released used_late',
    ]);
    expect(steps('final')).toEqual(['held used', 'held released']);
    expect(steps('staff')).toEqual(['held issued', 'held released', 'issued used', 'issued released']);
  });
});

describe('free shipping', () => {
  const quote = (
    wishCart: WishCart | null,
    part: Partial<RewardOf<'free_shipping'>> = {},
    points: number | null = null,
  ) => quoteReward(shipping(part), { points, cart: wishCart });

  test('costs its price and turns into a shipping code with the merchant’s limits', () => {
    const part = { maxRateMinor: 900, countries: ['IT', 'SM'], minimumSubtotalMinor: 2000, points: 150 };
    expect(quote(cart(), part)).toEqual({
      ok: true,
      value: {
        points: 150,
        grant: {
          kind: 'free_shipping',
          currency: 'EUR',
          minimumSubtotalMinor: 2000,
          maxRateMinor: 900,
          countries: ['IT', 'SM'],
          combinesWith: { orderDiscounts: true, productDiscounts: true, shippingDiscounts: false },
        },
      },
    });
    expect(quote(cart(), part, 149)).toEqual({ ok: false, error: { kind: 'other_price', points: 150 } });
  });
  test('needs nothing left to pay, because the shipping is; money off does', () => {
    const paid = cart({ remainingMinor: 0, discounts: ['order'] });
    expect(quote(paid)).toMatchObject({ ok: true });
    const off = { ...newReward('amount_off', 'off', 'EUR'), enabled: true } as Reward;
    expect(quoteReward(off, { points: null, cart: paid })).toEqual({ ok: false, error: { kind: 'nothing_left' } });
  });
  test('is refused for an empty or too small cart, another currency, or beside what it does not go with', () => {
    expect(quote(cart({ subtotalMinor: 0 }))).toEqual({ ok: false, error: { kind: 'cart_empty' } });
    expect(quote(cart(), { minimumSubtotalMinor: 3001 })).toEqual({
      ok: false,
      error: { kind: 'subtotal_too_small', minimumMinor: 3001, currency: 'EUR' },
    });
    expect(quote(cart({ currency: 'CHF' }))).toEqual({ ok: false, error: { kind: 'other_currency', currency: 'EUR' } });
    expect(quote(cart({ discounts: ['shipping'] }))).toEqual({ ok: false, error: { kind: 'not_together' } });
    const alone = { combinesWith: { orderDiscounts: false, productDiscounts: true } };
    expect(quote(cart({ discounts: ['order'] }), alone)).toEqual({ ok: false, error: { kind: 'not_together' } });
    expect(quote(cart({ discounts: ['product'] }), alone)).toMatchObject({ ok: true });
  });
  test('has no sum of money: points are worth what the other rewards say', () => {
    expect(worthOfPoints(documentWith(shipping()), 500, 'EUR')).toBe(0);
    const off = { ...newReward('amount_off', 'off', 'EUR'), enabled: true } as Reward;
    expect(worthOfPoints(documentWith(shipping(), off), 100, 'EUR')).toBe(500);
    const [shown] = programSummary(documentWith(shipping()), 1, 'EUR').rewards;
    expect(shown).toMatchObject({ apply: 'code', step_amount_minor: null, combines_with_shipping_discounts: false });
  });
  test('a country that is none, one named twice, a limit of nothing and a class it has not are refused', () => {
    const wrong = [
      [{ countries: ['ZZ'] }, 'rewards.0.countries.0', { kind: 'no_country' }],
      [{ countries: ['IT', 'IT'] }, 'rewards.0.countries', { kind: 'used_twice' }],
      [{ maxRateMinor: 0 }, 'rewards.0.maxRateMinor', { kind: 'too_small', limit: 1, of: 'number' }],
      [{ points: 0 }, 'rewards.0.points', { kind: 'too_small', limit: 1, of: 'number' }],
      [
        { combinesWith: { orderDiscounts: true, productDiscounts: true, shippingDiscounts: true } },
        'rewards.0.combinesWith',
        { kind: 'unknown_fields', fields: ['shippingDiscounts'] },
      ],
    ] as const;
    for (const [part, path, problem] of wrong) {
      const read = readDocument(documentWith({ ...shipping(), ...part } as unknown as Reward));
      expect(read).toMatchObject({ ok: false, error: [{ path, problem }] });
    }
  });
  test('its points come back with the whole order only, not with units or with the shipping (rules §6)', () => {
    const bought = order({
      lines: [line({ lineId: 1, quantity: 2, listMinor: 4000 })],
      shipping: { listMinor: 590, discounts: [{ code: 'SHIP', amountMinor: 590 }], taxMinor: 0 },
      discountCodes: ['SHIP'],
    });
    expect(returnTarget(bought, 'SHIP', 150).points).toBe(0);
    const oneBack = { ...bought, refunds: [refund({ at: at('13:00'), lines: [[1, 1]], shippingMinor: 590 })] };
    expect(returnTarget(oneBack, 'SHIP', 150).points).toBe(0);
    const refunded = { ...oneBack, financialStatus: 'refunded' as const };
    expect(returnTarget(refunded, 'SHIP', 150)).toMatchObject({ points: 150, because: 'whole_order' });
    expect(returnTarget({ ...bought, cancelledAt: at('13:00') }, 'SHIP', 150).points).toBe(150);
  });
});
