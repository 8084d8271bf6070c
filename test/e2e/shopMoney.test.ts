import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newReward, type Reward } from '~/core/rewards/section';
import { perTongue } from '~/core/values/text';
import { pictureOf, publishRewards } from 'test/support/rewardStory';
import { startStory, type Merchant, type Story } from 'test/support/story';

const slow = 240_000;

let story: Story;
let shopper: Page;
let merchant: Merchant;
/** The balance before the gift card. */
let start = 0;

const named = (it: string) => ({ ...perTongue(() => it), it });
const rewards = [
  {
    ...newReward('gift_card', 'buono', 'EUR'),
    enabled: true,
    points: 20,
    amountMinor: 1000,
    validDays: 365,
    name: named('Buono da 10 €'),
  },
  {
    ...newReward('store_credit', 'credito', 'EUR'),
    enabled: true,
    points: 10,
    amountMinor: 500,
    validDays: 90,
    name: named('5 € di credito'),
  },
];

const picture = (page: Page, name: string): Promise<void> => pictureOf(page, name, page === shopper);
const at = (path: string): Promise<unknown> => shopper.goto(`${story.launched.store.origin}${path}`);
const available = async (): Promise<number> => {
  await at('/cart');
  return Number(await shopper.locator('[data-fidelio-available]').first().textContent());
};
const says = (text: string | RegExp): Promise<void> =>
  shopper.locator('.fidelio-rewards__status').getByText(text).waitFor();
const money = async (selector: string): Promise<string | undefined> =>
  (await shopper.locator(selector).textContent())?.replace(/\s/g, ' ');
const order = async (handle: string, quantity = '1'): Promise<void> => {
  await at(`/products/${handle}`);
  await shopper.fill('input[name=quantity]', quantity);
  await shopper.click('button[name=add]');
  await at('/checkout');
};
const pay = async (): Promise<string> => {
  await shopper.click('button[name=pay]');
  return (await shopper.locator('[data-order-name]').textContent()) ?? '';
};
const orderNamed = (name: string) => {
  const found = [...story.launched.store.orders.values()].find((one) => one.name === name);
  if (found === undefined) throw new Error(`no order ${name}`);
  return found;
};
const refund = (name: string, quantity: number): Promise<Response> => {
  const { id, line_items: lines } = orderNamed(name);
  return fetch(`${story.launched.store.origin}/devstore/orders/${id}/refund`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ lines: [{ lineId: lines[0]?.id, quantity }] }),
  });
};

beforeAll(async () => {
  mkdirSync(join(process.cwd(), 'test-output', 'screenshots'), { recursive: true });
  story = await startStory('shop-money');
  await publishRewards(story, rewards as readonly Reward[]);
  shopper = await story.shopper('giulia.rossi@example.com');
  merchant = await story.merchant();
  await order('cesto-regalo', '2');
  await pay();
}, slow);

afterAll(() => story?.end(), slow);

test('points become a gift card whose code can be read again, and it pays an order', { timeout: slow }, async () => {
  await expect.poll(available, { timeout: 60_000 }).toBeGreaterThan(80);
  start = await available();
  await picture(shopper, 'shop-gift-card');
  await shopper.click('[data-redeem="buono"]');
  await says(/Il tuo buono regalo da 10,00\s€: [A-Z0-9]{14}, valido fino al/);
  expect(Number(await shopper.locator('[data-fidelio-available]').first().textContent())).toBe(start - 20);
  await picture(shopper, 'shop-gift-card-said');
  const [card] = story.launched.store.giftCards.values();
  expect(card).toMatchObject({ initialMinor: 1000, balanceMinor: 1000, note: expect.stringContaining('Buono') });
  await at('/account');
  await shopper.locator('fidelio-history summary').click();
  await shopper.getByText(`Il tuo codice: ${card?.code}`).waitFor();
  await shopper.getByText('In cambio di un buono regalo da 10,00 €').waitFor();
  await picture(shopper, 'shop-gift-card-history');
  await order('tazza-in-ceramica');
  await shopper.fill('input[name=card]', 'NOTACARD');
  await shopper.click('button[name=use-card]');
  expect(await shopper.locator('[data-card-refused]').textContent()).toContain('Enter a valid');
  await shopper.fill('input[name=card]', card?.code.toLowerCase() ?? '');
  await shopper.click('button[name=use-card]');
  expect(await money('[data-checkout-card]')).toBe('−10,00 €');
  // 24.00 and 5.90 of shipping, less the card.
  expect(await money('[data-checkout-left]')).toBe('19,90 €');
  await picture(shopper, 'shop-gift-card-checkout');
  const name = await pay();
  expect(orderNamed(name).payment_gateway_names).toEqual(['gift_card', 'shopify_payments']);
  expect(card?.balanceMinor).toBe(0);
  await merchant.page.goto(`${story.launched.store.origin}/admin/gift_cards`);
  expect(await merchant.page.locator('[data-gift-card]').count()).toBe(1);
});

test(
  'refunds give the order’s points back and the card its money, never the card’s own points',
  { timeout: slow },
  async () => {
    // The order that the card paid for has brought its points: 24.
    await expect.poll(available, { timeout: 60_000 }).toBe(start - 20 + 24);
    await order('tazza-in-ceramica', '2');
    const [card] = story.launched.store.giftCards.values();
    const name = await pay();
    const after = start + 4 + 48;
    await expect.poll(available, { timeout: 60_000 }).toBe(after);
    await refund(name, 1);
    await expect.poll(available, { timeout: 60_000 }).toBe(after - 24);
    await refund(name, 1);
    await expect.poll(available, { timeout: 60_000 }).toBe(after - 48);
    const withCard = [...story.launched.store.orders.values()].find(
      ({ payment_gateway_names: ways }) => Array.isArray(ways) && ways.includes('gift_card'),
    );
    const before = await available();
    await refund(withCard?.name ?? '', 1);
    // The cup's 24 points go, the 20 of the card stay spent; the card has its 10.00 again.
    await expect.poll(available, { timeout: 60_000 }).toBe(before - 24);
    expect(card?.balanceMinor).toBe(1000);
  },
);

test('points become store credit, which pays an order and comes back to the account', { timeout: slow }, async () => {
  const { store } = story.launched;
  const before = await available();
  await shopper.click('[data-redeem="credito"]');
  await says(/5,00\s€ sono sul tuo account: puoi spenderli fino al/);
  expect(Number(await shopper.locator('[data-fidelio-available]').first().textContent())).toBe(before - 10);
  await picture(shopper, 'shop-credit-said');
  await at('/account');
  expect(await money('[data-account-credit]')).toContain('5,00 €');
  await order('tazza-in-ceramica');
  await shopper.click('button[name=use-credit]');
  expect(await money('[data-checkout-credit]')).toBe('−5,00 €');
  expect(await money('[data-checkout-left]')).toBe('24,90 €');
  await picture(shopper, 'shop-credit-checkout');
  const name = await pay();
  expect(orderNamed(name).payment_gateway_names).toEqual(['shopify_store_credit', 'shopify_payments']);
  await expect.poll(available, { timeout: 60_000 }).toBe(before - 10 + 24);
  await refund(name, 1);
  // The cup's points go, those of the credit stay spent; the credit is in the account again.
  await expect.poll(available, { timeout: 60_000 }).toBe(before - 10);
  const [account] = store.creditAccounts.values();
  expect(account?.transactions.map(({ event, minor }) => [event, minor])).toEqual([
    ['ADJUSTMENT', 500],
    ['ORDER_PAYMENT', 500],
    ['ORDER_REFUND', 500],
  ]);
});

test('the merchant allows store credit beside the reward', { timeout: slow }, async () => {
  const { store } = story.launched;
  const scopes = [...store.app.scopes];
  (store.app.scopes as string[]).splice(0, scopes.length, ...scopes.filter((scope) => !scope.includes('store_credit')));
  await merchant.open('/app/program/rewards/credito');
  await merchant.admin.getByText('Basta consentirlo una volta').waitFor();
  await picture(merchant.page, 'admin-credit-missing');
  await merchant.admin.getByRole('button', { name: 'Consenti' }).click();
  await merchant.admin.getByText('Basta consentirlo una volta').waitFor({ state: 'detached' });
  expect([...store.app.scopes].sort()).toEqual(scopes.sort());
  await picture(merchant.page, 'admin-credit');
});

test('the merchant sets it up, and reads beside it what is missing', { timeout: slow }, async () => {
  await merchant.open('/app/program/rewards/buono');
  await merchant.admin.getByText('per un buono regalo da').first().waitFor();
  await picture(merchant.page, 'admin-gift-card');
  const { store } = story.launched;
  store.giving.giftCardLimitMinor = 500;
  await merchant.open('/app/program/rewards/buono');
  await merchant.admin.getByText('È più di quanto il tuo negozio mette su un buono: al massimo 5,00').waitFor();
  const scopes = [...store.app.scopes];
  (store.app.scopes as string[]).splice(0, scopes.length, ...scopes.filter((scope) => !scope.includes('gift_card')));
  await merchant.open('/app/program/rewards/buono');
  await merchant.admin.getByText('read_gift_cards, write_gift_cards').waitFor();
  await picture(merchant.page, 'admin-gift-card-missing');
  // Without the access the points come back at once.
  const before = await available();
  await shopper.click('[data-redeem="buono"]');
  await says(/./);
  await expect.poll(available, { timeout: 60_000 }).toBe(before);
  (store.app.scopes as string[]).splice(0, store.app.scopes.length, ...scopes);
  store.giving.giftCardLimitMinor = 200_000;
});
