import { describe, expect, test } from 'vitest';
import { defaultDocument } from '~/core/program/defaults';
import { readDocument } from '~/core/program/migration';
import { worthOfPoints } from '~/core/program/pointValue';
import { firstState, mayFollow, mayReopen, type Redemption } from '~/core/redemptions/states';
import type { Lifecycle } from '~/core/rewards/grants';
import { returnTarget } from '~/core/redemptions/returned';
import { unmetCondition } from '~/core/rewards/conditions';
import { isTooDear } from '~/core/rewards/partners';
import { foreignNumber } from '~/core/rewards/names';
import { quoteReward, type SoldVariant, type WishCart } from '~/core/rewards/quote';
import {
  currencyOf,
  newReward,
  rewardKinds,
  type Reward,
  type RewardKind,
  type RewardOf,
} from '~/core/rewards/section';
import { memberBalance } from '~/core/storefront/memberSummary';
import { programSummary } from '~/core/storefront/programSummary';
import { asId, type PlatformId } from '~/core/values/ids';
import { perTongue } from '~/core/values/text';
import { at, line, order, refund } from 'test/support/builders';

const kinds = Object.keys(rewardKinds) as RewardKind[];
const documentWith = (...rewards: Reward[]) => ({ ...defaultDocument('EUR', 'Europe/Rome'), rewards });
const shipping = (part: Partial<RewardOf<'free_shipping'>> = {}): RewardOf<'free_shipping'> => ({
  ...rewardKinds.free_shipping.model('EUR'),
  id: 'shipping',
  enabled: true,
  ...part,
});
const sold = (part: Partial<SoldVariant> = {}): SoldVariant => ({
  variantId: asId('41'),
  productId: asId('31'),
  vendor: null,
  handle: 'cup',
  priceMinor: 1290,
  currency: 'EUR',
  isAvailable: true,
  ...part,
});
const cup = (part: Partial<RewardOf<'free_product'>> = {}): RewardOf<'free_product'> => ({
  ...rewardKinds.free_product.model('EUR'),
  id: 'cup',
  enabled: true,
  points: 10,
  variantIds: ['41', '42'],
  copayMinor: 290,
  ...part,
});
const ticket = (part: Partial<RewardOf<'partner'>> = {}): RewardOf<'partner'> => ({
  ...rewardKinds.partner.model(),
  ...{ id: 'ticket', enabled: true, provider: 'cine', itemId: 'ticket', cost: { amountMinor: 750, currency: 'EUR' } },
  ...part,
});
/** A new reward that is put on offer: one of a product, or of a partner, names it first. */
const offered = (kind: RewardKind): Reward => {
  if (kind === 'free_product') return cup();
  return kind === 'partner' ? ticket() : ({ ...newReward(kind, 'new', 'EUR'), enabled: true } as Reward);
};
const productFor = (reward: Reward) =>
  reward.kind === 'free_product' ? { variantId: sold().variantId, sold: sold() } : {};
const cart = (part: Partial<WishCart> = {}): WishCart => ({ subtotalMinor: 3000, currency: 'EUR', ...part });

describe.each(kinds)('a new reward of kind %s', (kind) => {
  test('is its kind’s own model: a document takes it, in any currency, and it is not on offer yet', () => {
    for (const currency of ['EUR', 'JPY', 'KWD']) {
      const reward = newReward(kind, 'new', currency);
      const read = readDocument(documentWith(reward));
      expect(read).toMatchObject({ ok: true });
      expect(reward).toMatchObject({ id: 'new', kind, enabled: false });
      expect([currency, null]).toContain(currencyOf(reward));
    }
  });
  test('has a name that promises nothing else than it gives', () => {
    const reward = newReward(kind, 'new', 'EUR');
    for (const name of Object.values(reward.name)) expect(foreignNumber(reward, name)).toBeNull();
    expect(foreignNumber(reward, 'For 7777 points')).toBe('7777');
  });
  test('is priced as the storefront is told', () => {
    const reward = offered(kind);
    const [shown] = programSummary(documentWith(reward), 1, 'EUR').rewards;
    const quote = quoteReward(reward, { points: shown?.min_points ?? 0, cart: null, ...productFor(reward) });
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
  test('only what staff does can be done again, once it is done', () => {
    const tour = { kind: 'experience' as const, name: ticket().name, question: null };
    expect(states.filter((state) => mayReopen({ state, grant: tour }))).toEqual(['used']);
    const cost = { amountMinor: 750, currency: 'EUR' };
    const order = { kind: 'partner' as const, provider: 'cine', itemId: 'ticket', name: ticket().name, cost };
    expect(mayReopen({ state: 'used', grant: order })).toBe(false);
  });
});

describe('something of a partner’s', () => {
  const grant = {
    ...{ kind: 'partner' as const, provider: 'cine', itemId: 'ticket', name: ticket().name },
    cost: { amountMinor: 750, currency: 'EUR' },
  };
  test('is held until it is ordered, and costs its price whatever is in the cart', () => {
    expect(quoteReward(ticket(), { points: null, cart: cart() })).toEqual({ ok: true, value: { points: 500, grant } });
    expect(firstState(grant)).toBe('held');
  });
  test('is not on offer before somebody chose whose it is, and what', () => {
    for (const part of [{ provider: null }, { itemId: null }, { cost: null }]) {
      expect(readDocument(documentWith(ticket(part)))).toMatchObject({
        ok: false,
        error: [{ path: 'rewards.0.itemId', problem: { kind: 'missing' } }],
      });
      expect(readDocument(documentWith(ticket({ ...part, enabled: false }))).ok).toBe(true);
    }
  });
  test('costs the merchant what the partner asks, in the partner’s currency, and is offered in every shop', () => {
    expect(worthOfPoints(documentWith(ticket()), 1000, 'EUR')).toBe(1500);
    expect(worthOfPoints(documentWith(ticket()), 1000, 'CHF')).toBe(0);
    expect(programSummary(documentWith(ticket()), 1, 'CHF').rewards).toHaveLength(1);
  });
  test('is too dear from 10 % above what was agreed on, or in another currency', () => {
    const agreed = { amountMinor: 750, currency: 'EUR' };
    expect([824, 825, 826].map((amountMinor) => isTooDear({ amountMinor, currency: 'EUR' }, agreed))).toEqual([
      ...[false, true, true],
    ]);
    expect(isTooDear({ amountMinor: 1, currency: 'CHF' }, agreed)).toBe(true);
  });
});

describe('a donation', () => {
  const give = (part: Partial<RewardOf<'donation'>> = {}): RewardOf<'donation'> => ({
    ...rewardKinds.donation.model('EUR'),
    id: 'give',
    enabled: true,
    charity: 'Bosco Vivo',
    ...part,
  });

  test('costs its price, asks for no cart, and is used in the moment it is given', () => {
    const grant = { kind: 'donation' as const, amountMinor: 500, currency: 'EUR', charity: 'Bosco Vivo' };
    for (const wishCart of [null, cart({ subtotalMinor: 0 }), cart({ currency: 'CHF', discounts: ['order'] })])
      expect(quoteReward(give(), { points: null, cart: wishCart })).toEqual({
        ok: true,
        value: { points: 100, grant },
      });
    expect(quoteReward(give(), { points: 99, cart: null })).toEqual({
      ok: false,
      error: { kind: 'other_price', points: 100 },
    });
    expect(firstState(grant)).toBe('used');
  });
  test('costs the merchant what it gives, and is shown as given at once', () => {
    expect(worthOfPoints(documentWith(give()), 200, 'EUR')).toBe(1000);
    expect(worthOfPoints(documentWith(give()), 200, 'CHF')).toBe(0);
    const [shown] = programSummary(documentWith(give()), 1, 'EUR').rewards;
    expect(shown).toMatchObject({
      apply: 'given',
      takes_off: null,
      step_amount_minor: 500,
      minimum_subtotal_minor: null,
      combines_with_order_discounts: true,
      combines_with_shipping_discounts: true,
    });
    expect(programSummary(documentWith(give()), 1, 'CHF').rewards).toEqual([]);
  });
  test('names who gets it once it is on offer; until then it may be left open', () => {
    expect(readDocument(documentWith(give({ enabled: false, charity: '' })))).toMatchObject({ ok: true });
    expect(readDocument(documentWith(give({ charity: ' ' })))).toMatchObject({
      ok: false,
      error: [{ path: 'rewards.0.charity', problem: { kind: 'too_small', limit: 1, of: 'text' } }],
    });
  });
});

describe('an experience', () => {
  const visit = (part: Partial<RewardOf<'experience'>> = {}): RewardOf<'experience'> => ({
    ...rewardKinds.experience.model(),
    id: 'visit',
    enabled: true,
    ...part,
  });
  const question = perTongue(() => 'Which size?');
  const ask = (answer: string | null, part: Partial<RewardOf<'experience'>> = {}) =>
    quoteReward(visit(part), { points: null, cart: null, answer });

  test('costs its price, waits for staff, and is in every shop whatever its currency', () => {
    const { name } = visit();
    const grant = { kind: 'experience' as const, name, question: null };
    expect(ask(null)).toEqual({ ok: true, value: { points: 500, grant } });
    expect(firstState(grant)).toBe('issued');
    for (const currency of ['EUR', 'JPY']) {
      const [shown] = programSummary(documentWith(visit({ question })), 1, currency).rewards;
      expect(shown).toMatchObject({ apply: 'given', step_amount_minor: null, question: { en: 'Which size?' } });
    }
    expect(worthOfPoints(documentWith(visit()), 500, 'EUR')).toBe(0);
  });
  test('a question has to be answered, in at most 500 characters; without one nothing is asked', () => {
    for (const answer of [null, '', '  \n'])
      expect(ask(answer, { question })).toEqual({ ok: false, error: { kind: 'answer_missing' } });
    expect(ask(' M ', { question })).toMatchObject({ ok: true, value: { grant: { question } } });
    expect(ask('x'.repeat(500), { question })).toMatchObject({ ok: true });
    expect(ask('x'.repeat(501), { question })).toEqual({ ok: false, error: { kind: 'answer_too_long', most: 500 } });
  });
  test('of which all are taken is sold out; its limit in all is another word', () => {
    const asker = { tier: null, segments: [], takenAt: [], takenInTotal: 2 };
    const unmet = (part: Partial<RewardOf<'experience'>>) =>
      unmetCondition(visit(part), asker, 'Europe/Rome', at('12:00'));
    expect(unmet({})).toBeNull();
    expect(unmet({ stock: 3 })).toBeNull();
    expect(unmet({ stock: 2 })).toEqual({ kind: 'sold_out' });
    expect(unmet({ stock: 2, limits: { perMember: null, total: 2 } })).toEqual({ kind: 'all_taken' });
  });
  test('that staff has not done in time is still owed: nothing is on its way back, and there is no code', () => {
    const redemption: Redemption = {
      id: asId('r'),
      memberId: asId('m'),
      storeId: asId('s'),
      customerId: null,
      state: 'issued',
      rewardId: 'visit',
      points: 500,
      amountMinor: null,
      currency: null,
      code: null,
      programVersion: 1,
      heldAt: at('12:00'),
      issuedAt: at('12:00'),
      endsAt: at('13:00'),
      endedAt: null,
      usedOrderId: null,
      returned: 0,
    };
    const shown = (part: Partial<Redemption>) =>
      memberBalance(
        { memberId: asId('m'), slices: [], debts: [] },
        [{ ...redemption, ...part }],
        { timeZone: 'Europe/Rome', codeHoldMinutes: 60 },
        at('14:00'),
      );
    expect(shown({})).toMatchObject({ returning: null, codes: [] });
    expect(shown({ code: 'CODE' }).returning).toMatchObject({ points: 500 });
  });
  test('is to be done within 90 days, for as long as its answer is kept; a question is asked in all languages', () => {
    for (const [part, path] of [
      [{ doneWithinDays: 91 }, 'rewards.0.doneWithinDays'],
      [{ stock: 0 }, 'rewards.0.stock'],
      [{ question: { ...question, de: ' ' } }, 'rewards.0.question.de'],
    ] as const)
      expect(readDocument(documentWith(visit(part)))).toMatchObject({ ok: false, error: [{ path }] });
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

describe('a product', () => {
  const { variantId } = sold();
  const quote = (
    part: Partial<RewardOf<'free_product'>> = {},
    wish: { readonly cart?: WishCart; readonly variantId?: PlatformId | null; readonly sold?: SoldVariant | null } = {},
  ) => quoteReward(cup(part), { points: null, cart: null, variantId, sold: sold(), ...wish });
  const refused = (kind: string) => ({ ok: false, error: { kind } });

  test('costs its price in points and turns into its price now less what the member pays', () => {
    const { name, combinesWith } = cup();
    const common = { kind: 'free_product', variantId: '41', name, currency: 'EUR', combinesWith };
    expect(quote()).toEqual({
      ok: true,
      value: {
        points: 10,
        grant: { ...common, amountMinor: 1000, minimumSubtotalMinor: null, collectionIds: [] },
      },
    });
    expect(quote({}, { sold: sold({ priceMinor: 1590 }) })).toMatchObject({ value: { grant: { amountMinor: 1300 } } });
    const minimum = { copayMinor: 0, minimumSubtotalMinor: 3000, collectionIds: ['7'] };
    expect(quote(minimum)).toMatchObject({ value: { grant: { ...common, amountMinor: 1290, collectionIds: ['7'] } } });
  });
  test('is one of those on offer, is there, and costs more than is paid for it; else nothing is spent', () => {
    for (const other of [null, asId<PlatformId>('43')])
      expect(quote({}, { variantId: other })).toEqual(refused('product_missing'));
    const away = [null, sold({ isAvailable: false }), sold({ priceMinor: 290 }), sold({ priceMinor: 0 })];
    for (const one of away) expect(quote({}, { sold: one })).toEqual(refused('product_away'));
    expect(quote({}, { sold: sold({ priceMinor: 291 }) })).toMatchObject({ value: { grant: { amountMinor: 1 } } });
    expect(quote({}, { sold: sold({ currency: 'CHF' }) })).toMatchObject(refused('other_currency'));
  });
  test('comes into an empty cart and a paid one, but not beside what it does not go with', () => {
    for (const wishCart of [cart({ subtotalMinor: 0 }), cart({ remainingMinor: 0 })])
      expect(quote({}, { cart: wishCart })).toMatchObject({ ok: true });
    expect(quote({}, { cart: cart({ currency: 'CHF' }) })).toMatchObject(refused('other_currency'));
    const alone = { combinesWith: { orderDiscounts: false, productDiscounts: false, shippingDiscounts: true } };
    for (const discount of ['order', 'product'] as const)
      expect(quote(alone, { cart: cart({ discounts: [discount] }) })).toEqual(refused('not_together'));
    const minimum = { copayMinor: 0, minimumSubtotalMinor: 3001, collectionIds: ['7'] };
    expect(quote(minimum, { cart: cart() })).toMatchObject(refused('subtotal_too_small'));
  });
  test('on offer names products; with a minimum it names where that is bought, and is free as a whole', () => {
    expect(readDocument(documentWith(cup({ enabled: false, variantIds: [] })))).toMatchObject({ ok: true });
    const minimum = { copayMinor: 0, minimumSubtotalMinor: 3000 };
    const short = { kind: 'too_small', limit: 1, of: 'list' };
    for (const [part, path, problem] of [
      [{ variantIds: [] }, 'variantIds', short],
      [{ variantIds: ['41', '41'] }, 'variantIds', { kind: 'used_twice' }],
      [{ variantIds: Array.from({ length: 21 }, (_, id) => `${id}`) }, 'variantIds', { kind: 'too_big', limit: 20 }],
      [minimum, 'collectionIds', short],
      [{ ...minimum, copayMinor: 1, collectionIds: ['7'] }, 'copayMinor', { kind: 'copay_with_minimum' }],
      [{ copayMinor: -1 }, 'copayMinor', {}],
    ] as const)
      expect(readDocument(documentWith({ ...cup(), ...part } as unknown as Reward))).toMatchObject({
        ok: false,
        error: [{ path: `rewards.0.${path}`, problem }],
      });
  });
  test('is shown with what is paid for it and the products that the shop sells; a code says which it brings', () => {
    const summary = programSummary(documentWith(cup()), 1, 'EUR', new Map([['41', sold()]]));
    expect(summary.rewards).toMatchObject([
      {
        apply: 'item',
        takes_off: 'product',
        step_amount_minor: null,
        copay_minor: 290,
        items: [{ variant_id: '41', handle: 'cup' }],
      },
    ]);
    expect(programSummary(documentWith(shipping()), 1, 'EUR').rewards[0]).not.toHaveProperty('items');
  });
  test('its points come back with the unit that it was taken off (Raccolta, 10 July; two of three)', () => {
    const paid = (quantity: number, listMinor: number) =>
      order({
        lines: [
          line({ lineId: 1, quantity, listMinor, discounts: [{ code: 'CUP', amountMinor: 1000 }] }),
          line({ lineId: 2, listMinor: 3000 }),
        ],
        discountCodes: ['CUP'],
      });
    const back = (bought: ReturnType<typeof order>, lines: [number, number][]) =>
      returnTarget({ ...bought, refunds: [refund({ at: at('13:00'), lines })] }, 'CUP', 10).points;
    expect(back(paid(1, 1290), [[1, 1]])).toBe(10);
    expect(back(paid(1, 1290), [[2, 1]])).toBe(0);
    expect(back(paid(3, 3870), [[1, 2]])).toBe(7);
  });
});
