import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newReward, rewardKinds, type Reward } from '~/core/rewards/section';
import { newTiers } from '~/core/tiers/newTiers';
import { perTongue } from '~/core/values/text';
import { pictureOf, publishRewards } from 'test/support/rewardStory';
import { startStory, type Merchant, type Story } from 'test/support/story';

const slow = 300_000;

let story: Story;
let shopper: Page;
let merchant: Merchant;

const on = { enabled: true };
const rewardsWith = (cup: number) => [
  { ...newReward('amount_off', 'five', 'EUR'), ...on, points: 20, amountMinor: 500 },
  { ...rewardKinds.chosen_amount_off.model('EUR'), id: 'choice', ...on, stepPoints: 5, minPoints: 5 },
  { ...newReward('percent_off', 'ten', 'EUR'), ...on, points: 15, basisPoints: 1000, capMinor: null },
  { ...newReward('free_shipping', 'ship', 'EUR'), ...on, points: 10 },
  { ...newReward('free_product', 'cup', 'EUR'), ...on, points: 10, copayMinor: 290, variantIds: [String(cup)] },
  { ...newReward('gift_card', 'card', 'EUR'), ...on, points: 20, amountMinor: 1000, validDays: 365 },
  { ...newReward('store_credit', 'credit', 'EUR'), ...on, points: 10, amountMinor: 500, validDays: 90 },
  { ...newReward('pool_code', 'cinema', 'EUR'), ...on, points: 20 },
  { ...newReward('donation', 'wood', 'EUR'), ...on, points: 10, charity: 'Bosco Vivo' },
  {
    ...newReward('experience', 'cellar', 'EUR'),
    ...{ ...on, points: 30, question: perTongue(() => 'Quante persone siete?') },
  },
];

const at = (path: string, page = shopper): Promise<unknown> => page.goto(`${story.launched.store.origin}${path}`);
const money = async (selector: string): Promise<string | undefined> =>
  (await shopper.locator(selector).textContent())?.replace(/\s/g, ' ');
const shown = async (): Promise<number> =>
  Number(await shopper.locator('[data-fidelio-available]').first().textContent());
const available = async (): Promise<number> => (await at('/cart'), shown());
const balanceIs = (points: number): Promise<void> => expect.poll(available, { timeout: 60_000 }).toBe(points);
const says = (text: string | RegExp): Promise<void> =>
  shopper.locator('.fidelio-rewards__status:visible').getByText(text).waitFor();
const bring = async (quantity: string): Promise<void> => {
  await at('/products/cesto-regalo');
  await shopper.fill('input[name=quantity]', quantity);
  await shopper.click('button[name=add]');
  await shopper.waitForURL('**/cart');
};
const redeem = async (id: string, answer: string | RegExp = 'Lo sconto è nel carrello.'): Promise<void> => {
  await shopper.click(`[data-redeem=${id}]`);
  await says(answer);
};
const pay = async (): Promise<string> => {
  await at('/checkout');
  await shopper.click('button[name=pay]');
  return (await shopper.locator('[data-order-name]').textContent()) ?? '';
};
const refundAll = async (name: string): Promise<void> => {
  const order = [...story.launched.store.orders.values()].find((one) => one.name === name);
  const lines = order?.line_items.map(({ id, quantity }) => ({ lineId: id, quantity }));
  const answer = await fetch(`${story.launched.store.origin}/devstore/orders/${order?.id}/refund`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ lines }),
  });
  expect(answer.status, await answer.text()).toBeLessThan(300);
};

beforeAll(async () => {
  mkdirSync(join(process.cwd(), 'test-output', 'screenshots'), { recursive: true });
  story = await startStory('whole-story');
  const cup = story.launched.store.products.find(({ handle }) => handle === 'tazza-in-ceramica');
  await publishRewards(story, rewardsWith(cup?.variantId ?? 0) as readonly Reward[], { tiers: newTiers('EUR') });
  merchant = await story.merchant();
}, slow);

afterAll(() => story?.end(), slow);

test(
  'a guest browses, a member buys, reaches a tier, takes each kind of reward, returns an order, and it adds up',
  { timeout: slow },
  async () => {
    // A guest reads what it would earn, signs in, and is back at the same product.
    const guest = await story.shopper(null);
    await at('/products/cesto-regalo', guest);
    expect(await guest.locator('fidelio-earn').innerText()).toContain('89 punti');
    await guest.context().close();
    shopper = await story.shopper('giulia.rossi@example.com');
    await balanceIs(0);

    // Four baskets at 89.00 are 356 points, and the way to silver (300.00) is done.
    await bring('4');
    await pay();
    await balanceIs(356);
    await expect
      .poll(async () => (await at('/pages/loyalty'), shopper.locator('.fidelio-page__card').innerText()), {
        timeout: 60_000,
      })
      .toContain('Argento');
    await pictureOf(shopper, 'story-silver', true);

    // What the merchant gives needs no cart: 90 points in all.
    await merchant.open('/app/codes/cinema');
    const file = { name: 'codici.csv', mimeType: 'text/csv', buffer: Buffer.from('CINE-AAA,2099-12-31\n') };
    await merchant.admin.locator('input[type=file]').setInputFiles(file);
    await merchant.admin.getByText('1 codice aggiunto.').first().waitFor();
    await at('/cart');
    await redeem('wood', '5,00 € vanno a Bosco Vivo. Grazie!');
    await redeem('cinema', /Il tuo codice: CINE-AAA, valido fino al/);
    await shopper.fill('[data-reward=cellar] textarea', 'Siamo in due');
    await redeem('cellar', /È tua: ti scriviamo entro (il |l’)/);
    await redeem('card', /Il tuo buono regalo da 10,00\s€: [A-Z0-9]{14}/);
    await redeem('credit', /5,00\s€ sono sul tuo account/);
    expect(await shown()).toBe(356 - 90);

    // Five euros off, the shipping and a cup for 2.90: three codes on one order. Silver earns 1.25 times 86.90.
    await bring('1');
    await redeem('five');
    await redeem('ship');
    await redeem('cup');
    await at('/checkout');
    await pictureOf(shopper, 'story-three-codes', true);
    const three = await pay();
    await balanceIs(266 - 40 + 108);

    // A chosen amount: 50 points are 10.00. 1.25 times 79.00.
    await bring('1');
    await shopper.fill('[data-reward=choice] [data-typed]', '50');
    await shopper.locator('[data-reward=choice] [data-typed]').blur();
    await redeem('choice');
    expect(await money('[data-cart-total]')).toBe('79,00 €');
    await pay();
    await balanceIs(334 - 50 + 98);

    // Ten per cent: 8.90. 1.25 times 80.10.
    await bring('1');
    await redeem('ten');
    expect(await money('[data-cart-total]')).toBe('80,10 €');
    await pay();
    await balanceIs(382 - 15 + 100);

    // The order with three codes is returned: what it brought goes, what was spent on it comes back.
    await refundAll(three);
    await balanceIs(467 - 108 + 40);

    // The merchant reads the same.
    await merchant.open('/app/members');
    await merchant.admin.getByRole('link', { name: 'Giulia Rossi' }).click();
    await merchant.admin.getByRole('heading', { name: 'Giulia Rossi' }).waitFor();
    const page = merchant.admin.locator('main');
    await page.getByText('399').first().waitFor();
    expect(await page.innerText()).toContain('Argento');
    await pictureOf(merchant.page, 'story-member', false);

    // Staff switches off a code that nobody used: its points are on their way back.
    await bring('1');
    await redeem('five');
    await merchant.open('/app/members');
    await merchant.admin.getByRole('link', { name: 'Giulia Rossi' }).click();
    await merchant.admin.getByRole('button', { name: 'Azioni' }).click();
    await merchant.admin.getByRole('menuitem', { name: 'Annulla un codice' }).click();
    await pictureOf(merchant.page, 'story-cancel-code', false);
    await merchant.admin.getByRole('button', { name: 'Annulla il codice' }).click();
    await merchant.admin.getByText(/20 punti di ritorno/).waitFor();
    await at('/cart');
    expect(await shopper.locator('[data-cart-discount]').count()).toBe(0);
  },
);
