import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newReward, type Reward } from '~/core/rewards/section';
import { perTongue } from '~/core/values/text';
import { publishRewards, pictureOf } from 'test/support/rewardStory';
import { startStory, type Merchant, type Story } from 'test/support/story';

const slow = 240_000;

let story: Story;
let shopper: Page;
let merchant: Merchant;

const picture = (page: Page, name: string): Promise<void> => pictureOf(page, name, page === shopper);
const soldAs = (handle: string) => {
  const product = story.launched.store.products.find((one) => one.handle === handle);
  if (product === undefined) throw new Error(`the shop has no ${handle}`);
  return product;
};
const cart = (): Promise<unknown> => shopper.goto(`${story.launched.store.origin}/cart`);
const available = async (): Promise<number> =>
  Number(await shopper.locator('[data-fidelio-available]').first().textContent());
const says = (text: string | RegExp): Promise<void> =>
  shopper.locator('.fidelio-rewards__status').getByText(text).waitFor();

beforeAll(async () => {
  mkdirSync(join(process.cwd(), 'test-output', 'screenshots'), { recursive: true });
  story = await startStory('free-product');
  const cup = {
    ...newReward('free_product', 'tazza', 'EUR'),
    enabled: true,
    points: 10,
    copayMinor: 290,
    name: { ...perTongue(() => 'Cup'), it: 'Un regalo per te' },
    variantIds: ['tazza-in-ceramica', 'quaderno'].map((handle) => String(soldAs(handle).variantId)),
  };
  await publishRewards(story, [cup as Reward]);
  shopper = await story.shopper('giulia.rossi@example.com');
  merchant = await story.merchant();
}, slow);

afterAll(() => story?.end(), slow);

test(
  'the shopper chooses a product: it comes into the cart with its code, and only it is cheaper',
  { timeout: slow },
  async () => {
    const { origin } = story.launched.store;
    await shopper.goto(`${origin}/products/cesto-regalo`);
    await shopper.click('button[name=add]');
    await shopper.goto(`${origin}/checkout`);
    await shopper.click('button[name=pay]');
    await shopper.waitForSelector('[data-order-name]');
    await expect.poll(async () => (await cart(), available()), { timeout: 60_000 }).toBeGreaterThan(80);
    const before = await available();
    await shopper.selectOption('[data-reward="tazza"] select', String(soldAs('tazza-in-ceramica').variantId));
    await picture(shopper, 'shop-product');
    await shopper.click('[data-redeem="tazza"]');
    await says('Lo sconto è nel carrello.');
    expect(await available()).toBe(before - 10);
    // 24.00 less 2.90 come off the cup, which is the only thing in the cart.
    expect((await shopper.locator('[data-line-discount]').textContent())?.replace(/\s/g, ' ')).toContain('−21,10 €');
    expect((await shopper.locator('[data-cart-total]').textContent())?.replace(/\s/g, ' ')).toBe('2,90 €');
    const { items } = (await (await shopper.request.get(`${origin}/cart.js`)).json()) as {
      items: { properties: Record<string, string>; quantity: number }[];
    };
    expect(items).toMatchObject([
      { quantity: 1, properties: { _fidelio: expect.stringMatching(/^[A-Z0-9]{14}$/) as unknown } },
    ]);
    await picture(shopper, 'shop-product-in-cart');
    await shopper.goto(`${origin}/checkout`);
    await shopper.click('button[name=pay]');
    await shopper.waitForSelector('[data-order-name]');
  },
);

test('one that was sold out meanwhile is refused in words, and the points stay', { timeout: slow }, async () => {
  await cart();
  const before = await available();
  const notebook = soldAs('quaderno').variantId;
  await shopper.selectOption('[data-reward="tazza"] select', String(notebook));
  story.launched.store.soldOut.add(notebook);
  await shopper.click('[data-redeem="tazza"]');
  await says('Al momento questo prodotto non è disponibile. Il tuo saldo resta com’è.');
  expect(await available()).toBe(before);
  await cart();
  expect(await shopper.locator('[data-reward="tazza"] option').allTextContents()).toEqual(['Tazza in ceramica']);
  story.launched.store.soldOut.clear();
});

test(
  'one that sells out between its code and the cart: the code waits, and brings it later',
  { timeout: slow },
  async () => {
    await cart();
    const before = await available();
    await shopper.selectOption('[data-reward="tazza"] select', String(soldAs('quaderno').variantId));
    await shopper.route('**/cart/add.js', (route) => route.fulfill({ status: 422, body: '{}' }), { times: 1 });
    await shopper.click('[data-redeem="tazza"]');
    await says(/Il prodotto non si è potuto mettere nel carrello\. Il codice è tuo/);
    expect(await available()).toBe(before - 10);
    await picture(shopper, 'shop-product-waiting');
    await shopper.click('[data-apply]');
    await says('Lo sconto è nel carrello.');
    expect(await shopper.locator('[data-line-discount]').count()).toBe(1);
    expect(await available()).toBe(before - 10);
    // What a code in the cart has paid for is not offered again.
    expect(await shopper.locator('[data-reward="tazza"] option').allTextContents()).toEqual(['Tazza in ceramica']);
    await shopper.goto(`${story.launched.store.origin}/cart?locale=de`);
    await picture(shopper, 'shop-product-de');
    await shopper.goto(`${story.launched.store.origin}/cart?locale=it`);
  },
);

test(
  'the merchant chooses the products in the shop’s list and reads the reward as a sentence',
  { timeout: slow },
  async () => {
    await merchant.open('/app/program/rewards/tazza');
    await merchant.admin
      .getByText('10 punti per Tazza in ceramica o Quaderno, con un contributo di 2,90 €.')
      .first()
      .waitFor();
    await picture(merchant.page, 'admin-reward-product');
    await merchant.admin.getByRole('button', { name: /^Scegli prodotti/ }).click();
    await merchant.admin.getByRole('dialog').getByText('Candela al fico').click();
    await merchant.admin.getByRole('dialog').getByText('Seleziona', { exact: true }).click();
    await merchant.admin
      .getByText(/^10 punti per .*Candela al fico/)
      .first()
      .waitFor();
    await picture(merchant.page, 'admin-reward-product-chosen');
  },
);
