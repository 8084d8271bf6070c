import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultDocument } from '~/core/program/defaults';
import { quoteReward, type WishCart } from '~/core/rewards/quote';
import { newReward, type Reward } from '~/core/rewards/section';
import { programSummary } from '~/core/storefront/programSummary';
import type { MemberSummary, ProgramSummary } from '~/core/storefront/summary';
import type { PlatformId } from '~/core/values/ids';
import { collectionOf } from 'test/devstore/admin-api/catalogue';
import { cartJson } from 'test/devstore/checkout/cart';
import type { Discount, Product } from 'test/devstore/process/state';
import { renderPage } from 'test/devstore/storefront/theme';
import { offersFor } from '../../extensions/shared/offers';
import { seen } from '../../storefront/cart';
import { nobody } from './nobody';
import { customer, store } from './painted';

const anyCombination = fc.record({
  orderDiscounts: fc.boolean(),
  productDiscounts: fc.boolean(),
  shippingDiscounts: fc.boolean(),
});
const ofCode = { minimumSubtotalMinor: fc.option(fc.integer({ min: 1, max: 12_000 })), combinesWith: anyCombination };
const made = (kind: Reward['kind'], id: string, fields: object): Reward =>
  ({ ...newReward(kind, id, 'EUR'), enabled: true, ...fields }) as Reward;

const anyAmountOff = fc
  .record({ ...ofCode, points: fc.integer({ min: 1, max: 900 }), amountMinor: fc.integer({ min: 1, max: 9_000 }) })
  .map((fields) => made('amount_off', 'amount', fields));
const anyChosen = fc
  .record({
    ...ofCode,
    stepPoints: fc.integer({ min: 1, max: 60 }),
    // Some of them divide what a cart comes to.
    stepAmountMinor: fc.oneof(fc.constantFrom(10, 30, 90, 100, 890), fc.integer({ min: 1, max: 1_500 })),
    least: fc.integer({ min: 1, max: 5 }),
    more: fc.integer({ min: 0, max: 300 }),
  })
  .map(({ least, more, ...fields }) => {
    const bounds = { minPoints: least * fields.stepPoints, maxPoints: (least + more) * fields.stepPoints };
    return made('chosen_amount_off', 'chosen', { ...fields, ...bounds });
  });
const anyPercentOff = fc
  .record({ ...ofCode, points: fc.integer({ min: 1, max: 900 }), percent: fc.integer({ min: 1, max: 100 }) })
  .map((fields) => made('percent_off', 'percent', fields));

const anyCapped = fc
  .record({ ...ofCode, points: fc.integer({ min: 1, max: 900 }), capMinor: fc.integer({ min: 1, max: 2000 }) })
  .map((fields) => made('percent_off', 'capped', fields));
const anyShipping = fc
  .record({ ...ofCode, points: fc.integer({ min: 1, max: 900 }) })
  .map((fields) => made('free_shipping', 'shipping', fields));

// Two of one collection, the first of which may have a discount, and one of another.
const severalProducts = [0, 6, 1].flatMap((index) => store.products[index] ?? []);

/** The same for some products or collections only. */
const anyLines = fc.oneof(
  fc
    .subarray([...severalProducts, ...store.products.slice(2, 3)], { minLength: 1 })
    .map((some) => ({ kind: 'product', productIds: some.map(({ id }) => String(id)) })),
  fc
    .subarray([...new Set(store.products.map(({ collection }) => collectionOf(collection)))], { minLength: 1 })
    .map((some) => ({ kind: 'collection', collectionIds: some.map(String) })),
);
const forSome = (any: fc.Arbitrary<Reward>) =>
  fc.tuple(any, anyLines).map(([reward, lines]) => ({ ...reward, id: `${reward.id}-some`, lines }) as Reward);

const anyCart = fc.record({
  quantities: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 0, maxLength: 3, size: 'max' }),
  off: fc.option(
    fc.record({ amountMinor: fc.integer({ min: 1, max: 12_000 }), onProduct: fc.boolean(), with: anyCombination }),
  ),
});

const discountOf = (off: { amountMinor: number; onProduct: boolean; with: Discount['combinesWith'] }): Discount => ({
  ...{ id: 1, title: 'OFF', code: 'OFF', tags: [], startsAt: '2020-01-01T00:00:00Z', endsAt: null, usageLimit: null },
  ...{ appliesOncePerCustomer: false, customerIds: [], amountMinor: off.amountMinor, percentage: null, shipping: null },
  ...{ items: off.onProduct ? { of: 'variant', ids: [store.products[0]?.variantId ?? 0] } : null, buys: null },
  ...{ minimumMinor: null, combinesWith: off.with, active: true, uses: 0 },
});

type CartDrawn = { quantities: readonly number[]; off: Parameters<typeof discountOf>[0] | null };

const cartOf = ({ quantities, off }: CartDrawn, among: readonly Product[]) => {
  store.discounts.clear();
  if (off !== null) store.discounts.set(1, discountOf(off));
  const lines = quantities.flatMap((quantity, index) => {
    const product = among[index];
    return product === undefined ? [] : [{ variantId: product.variantId, quantity }];
  });
  return cartJson(store, { token: 't', lines, codes: off === null ? [] : ['OFF'] }, customer);
};

/** A cart as the app reads it from a wish; `known`: with the collections that the shop then says. */
const wishOf = (cart: Parameters<typeof seen>[0], known: boolean): WishCart => {
  const { lines, ...said } = seen(cart, 100, 'EUR');
  const collectionsOf = (id: string | null): readonly string[] =>
    store.products.filter((one) => String(one.id) === id).map(({ collection }) => String(collectionOf(collection)));
  return {
    ...(said as WishCart),
    lines: lines.map(({ product, amountMinor, discounted }) => ({
      ...{ productId: product as PlatformId | null, amountMinor, isDiscounted: discounted },
      ...(known ? { collections: collectionsOf(product) } : {}),
    })),
  };
};

/** The most points that the core takes as they are; null: it refuses the reward for this cart and member. */
const mostTaken = (
  reward: Reward,
  cart: WishCart,
  available: number,
  { min_points: min, max_points: max, step_points: step }: ProgramSummary['rewards'][number],
): number | null => {
  const isTaken = (points: number): boolean => {
    const quote = quoteReward(reward, { points, cart });
    return quote.ok && quote.value.points === points;
  };
  if (available < min || !isTaken(min)) return null;
  let most = min;
  for (let points = min; points <= Math.min(max, available); points += step) if (isTaken(points)) most = points;
  return most;
};

const painted = async (program: ProgramSummary, member: MemberSummary, cart: object) => {
  const app = 'gid://shopify/AppInstallation/1|loyalty';
  store.metafields.set(`${app}|program`, { type: 'json', value: JSON.stringify(program) });
  for (const key of ['published', 'earns', 'rewards'])
    store.metafields.set(`${app}|${key}`, { type: 'boolean', value: 'true' });
  const ofCustomer = `gid://shopify/Customer/${customer?.id ?? 0}|$app|loyalty`;
  store.metafields.set(ofCustomer, { type: 'json', value: JSON.stringify(member) });
  const data = { locale: 'en', path: '/cart', customer, cart, page: { orders: [] } };
  const html = await renderPage(store, 'cart', data as Parameters<typeof renderPage>[2]);
  return (id: string): number | null => {
    const from = html.indexOf(`data-reward="${id}"`);
    const item = html.slice(from, html.indexOf('</li>', from));
    const button = /data-redeem="[^"]*" data-points="(\d+)"/.exec(item);
    if (from < 0 || button === null) return null;
    return Number(/<input[^>]*\bmax="(\d+)"[^>]*data-slider/.exec(item)?.[1] ?? button[1]);
  };
};

test.each([
  ['the whole cart', fc.tuple(anyAmountOff, anyChosen, anyPercentOff, anyCapped, anyShipping), store.products],
  ['some products or collections', fc.tuple(...[anyAmountOff, anyChosen, anyPercentOff].map(forSome)), severalProducts],
])(
  'Liquid, the checkout and the core agree on what a cart can take, and how much of it: %s',
  { timeout: 300_000 },
  async (_, anyRewards, among) => {
    const seenOutcomes = { taken: 0, refused: 0, cut: 0 };
    const anyCase = fc.record<{ rewards: readonly Reward[]; cart: CartDrawn; available: number }>({
      rewards: anyRewards,
      cart: anyCart,
      available: fc.integer({ min: 0, max: 9_000 }),
    });
    await fc.assert(
      fc.asyncProperty(anyCase, async ({ rewards, cart: given, available }) => {
        const program = programSummary({ ...defaultDocument('EUR', 'Europe/Rome'), rewards: [...rewards] }, 1, 'EUR');
        const member: MemberSummary = { ...nobody, available };
        const cart = cartOf(given, among) as Parameters<typeof seen>[0];
        const inLiquid = await painted(program, member, cart);
        const open = program.rewards.map(({ id, min_points: points }) => ({
          ...{ id, name: id, points, refused: points > available ? { kind: 'x', reason: 'x' } : null },
        }));
        const inCheckout = offersFor(program, member, open, seen(cart, 100, 'EUR') as Parameters<typeof offersFor>[3]);
        for (const reward of rewards) {
          const form = program.rewards.find(({ id }) => id === reward.id);
          const offer = inCheckout.find((one) => one.reward.id === reward.id);
          if (form === undefined) throw new Error('the program leaves a reward out');
          const most = mostTaken(reward, wishOf(cart, true), available, form);
          expect({ liquid: inLiquid(reward.id), id: reward.id }).toEqual({ liquid: most, id: reward.id });
          // The checkout does not know collections: it says what the core says without them.
          const unknown = mostTaken(reward, wishOf(cart, false), available, form);
          expect(offer?.refusal === null ? offer.choice.max : null, 'in the checkout').toBe(unknown);
          seenOutcomes[most === null ? 'refused' : most < Math.min(form.max_points, available) ? 'cut' : 'taken'] += 1;
        }
      }),
      { numRuns: 500, seed: 20_261_127 },
    );
    // The draw shows all of it, else the comparison says little.
    expect(Object.values(seenOutcomes).filter((count) => count > 20)).toHaveLength(3);
  },
);
