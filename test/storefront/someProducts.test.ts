import { describe, expect, test } from 'vitest';
import { defaultDocument } from '~/core/program/defaults';
import type { ProgramDocument } from '~/core/program/document';
import type { RewardLines } from '~/core/rewards/lines';
import { newReward, type Reward } from '~/core/rewards/section';
import { asId, type PlatformId } from '~/core/values/ids';
import { collectionOf } from 'test/devstore/admin-api/catalogue';
import { discount, held, page, product, store } from './painted';

const member = { available: 100_000 };
const pasta = 'pasta-di-gragnano';
const basket = 'cesto-regalo';

const products = (...handles: string[]): RewardLines => ({
  kind: 'product',
  productIds: handles.map((handle) => asId<PlatformId>(String(product(handle).id))),
});
const collection = (...handles: string[]): RewardLines => ({
  kind: 'collection',
  collectionIds: handles.map((handle) => String(collectionOf(handle))),
});
/** A cart with one of each. */
const cartWith = (...handles: string[]) => ({
  lines: handles.map((handle) => ({ variantId: product(handle).variantId, quantity: 1 })),
});
const programWith = (lines: RewardLines, fields: object = {}, kind: Reward['kind'] = 'amount_off'): ProgramDocument => {
  const reward = { ...newReward(kind, 'some', 'EUR'), enabled: true, lines, ...fields } as Reward;
  return { ...defaultDocument('EUR', 'Europe/Rome'), rewards: [reward] };
};
const button = 'data-redeem="some"';
const combines = { orderDiscounts: true, productDiscounts: true, shippingDiscounts: true };

describe.each([
  ['a product', products(pasta)],
  ['a collection', collection('pantry')],
])('a reward for %s', (_, lines) => {
  const painted = (handles: readonly string[], fields: object = {}, kind?: Reward['kind']) =>
    page({ member, document: programWith(lines, fields, kind), cart: cartWith(...handles) });

  test('says that it is for certain products, and can be had with one of them', async () => {
    const { html, text } = await painted([pasta, basket], { amountMinor: product(pasta).priceMinor });
    expect(text).toContain('Solo per alcuni prodotti');
    expect(html).toContain(button);
  });
  test('has no button where none of them is in the cart', async () => {
    const { html, text } = await painted([basket]);
    expect(html).not.toContain(button);
    expect(text).toContain('Vale per prodotti che non sono nel carrello.');
  });
  test('is too much where they cost less', async () => {
    const { html, text } = await painted([pasta, basket], { amountMinor: product(pasta).priceMinor + 1 });
    expect(html).not.toContain(button);
    expect(text).toMatch(/Vale \d+,\d\d €, più di quanto costano questi prodotti\./);
  });
  test('counts them alone for its minimum', async () => {
    const price = product(pasta).priceMinor;
    const below = await painted([pasta, basket], { minimumSubtotalMinor: price + 1, amountMinor: 100 });
    expect(below.html).not.toContain(button);
    expect(below.text).toMatch(/Con almeno \d+,\d\d € di questi prodotti/);
    const at = await painted([pasta, basket], { minimumSubtotalMinor: price, amountMinor: 100 });
    expect(at.html).toContain(button);
  });
  test('lets nobody choose more steps than they need; the rest of the cart stays to be paid', async () => {
    const { html } = await painted([pasta, basket], {}, 'chosen_amount_off');
    const steps = Math.ceil(product(pasta).priceMinor / 100);
    expect(html).toMatch(new RegExp(`max="${steps * 20}"[^>]*data-slider`));
    const left = product(pasta).priceMinor + product(basket).priceMinor;
    expect(html).toContain(`data-left="${left}" data-least="${product(basket).priceMinor}"`);
  });
  test('is said to be closed by an empty cart, once', async () => {
    const { html, text } = await painted([]);
    expect(html).not.toContain(button);
    expect(text.match(/Il carrello è vuoto: /g)).toHaveLength(1);
  });
  test('does not go onto lines that have a discount of their own', async () => {
    store.discounts.clear();
    discount('LINE', { amountMinor: 100, orderDiscounts: true, variantId: product(pasta).variantId });
    const cart = (...handles: string[]) => ({ ...cartWith(...handles), codes: ['LINE'] });
    const document = programWith(lines, { amountMinor: 100, combinesWith: combines });
    const only = await page({ member, document, cart: cart(pasta, basket) });
    expect(only.html).not.toContain(button);
    expect(only.text).toContain('Non si combina con lo sconto che è nel carrello.');
    const two = lines.kind === 'product' ? products(pasta, basket) : collection('pantry', 'gifts');
    const other = await page({
      member,
      document: programWith(two, { amountMinor: product(basket).priceMinor, combinesWith: combines }),
      cart: cart(pasta, basket),
    });
    expect(other.html).toContain(button);
    const more = await page({
      member,
      document: programWith(two, { amountMinor: product(basket).priceMinor + 1, combinesWith: combines }),
      cart: cart(pasta, basket),
    });
    expect(more.html).not.toContain(button);
  });
  test('combines with discounts as it says', async () => {
    store.discounts.clear();
    discount('LINE', { amountMinor: 100, orderDiscounts: true, variantId: product(basket).variantId });
    const cart = { ...cartWith(pasta, basket), codes: ['LINE'] };
    const beside = (productDiscounts: boolean) =>
      page({
        ...{ member, cart },
        document: programWith(lines, { amountMinor: 100, combinesWith: { ...combines, productDiscounts } }),
      });
    expect((await beside(true)).html).toContain(button);
    expect((await beside(false)).html).not.toContain(button);
  });
  test('has codes that go into a cart with its products only', async () => {
    store.discounts.clear();
    const codes = [{ ...held, reward_id: 'some' }];
    const inHand = (handles: readonly string[], fields: object = {}) =>
      page({ member: { ...member, codes }, document: programWith(lines, fields), cart: cartWith(...handles) });
    const use = 'data-apply="HELD5"';
    expect((await inHand([pasta])).html).toContain(use);
    const none = await inHand([basket]);
    expect(none.html).not.toContain(use);
    expect(none.text.match(/Vale per prodotti che non sono nel carrello\./g)).toHaveLength(2);
    const below = await inHand([pasta, basket], {
      ...{ minimumSubtotalMinor: product(pasta).priceMinor + 1, amountMinor: 100 },
    });
    expect(below.html).not.toContain(use);
    expect(below.text.match(/Con almeno \d+,\d\d € di questi prodotti/g)).toHaveLength(2);
    discount('LINE', { amountMinor: 100, orderDiscounts: true, variantId: product(pasta).variantId });
    const taken = await page({
      ...{ member: { ...member, codes }, document: programWith(lines, { combinesWith: combines }) },
      cart: { ...cartWith(pasta, basket), codes: ['LINE'] },
    });
    expect(taken.html).not.toContain(use);
  });
});

describe('a code in the cart', () => {
  test('of a reward for some products closes others of its class only where it says so', async () => {
    store.discounts.clear();
    discount('HELD5', { amountMinor: 100, orderDiscounts: true, variantId: product(basket).variantId });
    const codes = [{ ...held, reward_id: 'some' }];
    const beside = (productDiscounts: boolean) => {
      const some = programWith(products(basket), { combinesWith: { ...combines, productDiscounts } });
      const other = { ...newReward('percent_off', 'other', 'EUR'), enabled: true, lines: products(pasta) } as Reward;
      return page({
        member: { ...member, codes },
        document: { ...some, rewards: [...some.rewards, other] },
        cart: { ...cartWith(pasta, basket), codes: ['HELD5'] },
      });
    };
    expect((await beside(true)).html).toContain('data-redeem="other"');
    const closed = await beside(false);
    expect(closed.html).not.toContain('data-redeem="other"');
    expect(closed.text).toContain('non si combina con altri premi');
  });
});

test('of a reward whose products are too many to say, any line may be one', async () => {
  store.discounts.clear();
  const many = Array.from({ length: 21 }, (_, of) => {
    const productIds = Array.from({ length: 100 }, (_one, index) => asId<PlatformId>(String(1 + of * 100 + index)));
    const lines = { kind: 'product', productIds } as const;
    return { ...newReward('amount_off', `some-${of}`, 'EUR'), enabled: true, lines } as Reward;
  });
  const document = { ...defaultDocument('EUR', 'Europe/Rome'), rewards: many };
  const { html } = await page({ member, document, cart: cartWith(basket) });
  expect(html.match(/data-redeem="some-\d+"/g)).toEqual(['data-redeem="some-20"']);
  const empty = await page({ member, document, cart: { lines: [] } });
  expect(empty.html).not.toContain('data-redeem');
});

test.each([
  ['it', 'Solo per alcuni prodotti'],
  ['en', 'For certain products only'],
  ['de', 'Nur für bestimmte Produkte'],
  ['fr', 'Pour certains produits seulement'],
  ['es', 'Solo para algunos productos'],
])('guests are told, too, and of what is for the whole cart it is not said: %s', async (locale, words) => {
  const shown = (document: ProgramDocument) => page({ guest: true, locale, document, template: 'index' });
  expect((await shown(programWith(collection('pantry')))).text).toContain(words);
  expect((await shown(defaultDocument('EUR', 'Europe/Rome'))).text).not.toContain(words);
});
