import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newReward, type Reward } from '~/core/rewards/section';
import { perTongue } from '~/core/values/text';
import { violationsOf } from 'test/support/axe';
import { giuliaBuys, startStory, type Merchant, type Story } from 'test/support/story';
import { pictureOf, publishRewards } from 'test/support/rewardStory';

/**
 * Rewards for some products or collections: chosen by the merchant, taken in the cart, used with an order, refunded.
 * One point a euro; a basket costs 89.00, a cup 24.00, shipping 5.90.
 */
const slow = 240_000;

let story: Story;
let shopper: Page;
let merchant: Merchant;

const at = (path: string): Promise<unknown> => shopper.goto(`${story.launched.store.origin}${path}`);
const available = async (): Promise<number> => {
  await at('/cart');
  return Number(await shopper.locator('[data-fidelio-available]').first().textContent());
};
const stands = async (points: number): Promise<void> => {
  await expect.poll(available, { timeout: 60_000 }).toBe(points);
};
const bring = async (handle: string): Promise<void> => {
  await at(`/products/${handle}`);
  await shopper.click('button[name=add]');
  await shopper.waitForURL('**/cart');
};
const plain = async (selector: string): Promise<readonly string[]> =>
  (await shopper.locator(selector).allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim());
const redeem = async (id: string): Promise<void> => {
  await shopper.click(`[data-redeem=${id}]`);
  await shopper.locator('.fidelio-rewards__status:visible').getByText('Lo sconto è nel carrello.').waitFor();
};
const pay = async (): Promise<string> => {
  await at('/checkout');
  await shopper.click('button[name=pay]');
  return (await shopper.locator('[data-order-name]').textContent()) ?? '';
};

const on = { enabled: true };

beforeAll(async () => {
  mkdirSync(join(process.cwd(), 'test-output', 'screenshots'), { recursive: true });
  story = await startStory('e2e-reward-lines');
  await publishRewards(story, [
    { ...newReward('amount_off', 'five', 'EUR'), ...on, points: 20, amountMinor: 500 },
    {
      ...{ ...newReward('percent_off', 'half', 'EUR'), ...on, points: 10, basisPoints: 5000 },
      name: perTongue(() => 'Metà prezzo'),
    },
  ] as Reward[]);
  await giuliaBuys(story, 10);
  merchant = await story.merchant();
  shopper = await story.shopper('giulia.rossi@example.com');
}, slow);

afterAll(() => story?.end(), slow);

test('the merchant chooses products and a collection, and the sentences name them', { timeout: slow }, async () => {
  const { admin, open, page } = merchant;
  const choose = async (button: string, thing: string): Promise<void> => {
    await admin.getByRole('button', { name: button }).click();
    await admin.getByRole('dialog').getByLabel(thing).check();
    await admin.getByRole('dialog').getByRole('button', { name: 'Seleziona', exact: true }).click();
  };
  await open('/app/program/rewards/five');
  await admin.getByLabel('Lo sconto vale per').selectOption({ label: 'Alcuni prodotti' });
  await choose('Scegli prodotti: Prodotti', 'Tazza in ceramica');
  await admin.getByLabel('Spesa minima in questi prodotti').fill('20');
  await admin
    .getByText(/su Tazza in ceramica, da 20,00\s€ di spesa in questi prodotti\./)
    .first()
    .waitFor();
  await pictureOf(page, 'admin-reward-lines', true);
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 1000 });
    expect([width, ...(await violationsOf(story, page))]).toEqual([width]);
  }
  await admin.getByRole('button', { name: 'Salva' }).click();
  await admin.getByText(/2 modifiche rispetto/).waitFor();
  await open('/app/program/rewards/half');
  await admin.getByLabel('Lo sconto vale per').selectOption({ label: 'Alcune collezioni' });
  await choose('Scegli collezioni: Collezioni', 'Casa');
  await admin
    .getByText(/per il 50% di sconto, su Casa\./)
    .first()
    .waitFor();
  await admin.getByRole('button', { name: 'Salva' }).click();
  await admin.getByText(/3 modifiche rispetto/).waitFor();
  await open('/app/program/review');
  await admin.getByText('lo sconto vale per tutto il carrello → Tazza in ceramica.', { exact: false }).waitFor();
  await admin.getByRole('button', { name: 'Pubblica ora' }).click();
  await admin.getByText(/^Versione 3, pubblicata/).waitFor();
});

const orderNamed = (name: string) => {
  const found = [...story.launched.store.orders.values()].find((one) => one.name === name);
  if (found === undefined) throw new Error(`no order ${name}`);
  return found;
};
const refundOne = async (name: string, title: RegExp): Promise<void> => {
  const { id, line_items: lines } = orderNamed(name);
  const answer = await fetch(`${story.launched.store.origin}/devstore/orders/${id}/refund`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ lines: [{ lineId: lines.find((one) => title.test(String(one.title)))?.id, quantity: 1 }] }),
  });
  expect(answer.status, await answer.text()).toBeLessThan(300);
};

test('the shopper sees which cart each is for, and the discount stands at those lines', { timeout: slow }, async () => {
  await stands(189);
  await bring('cesto-regalo');
  const why = '.fidelio-rewards__missing';
  expect(await plain(`[data-reward=five] ${why}`)).toEqual(['Vale per prodotti che non sono nel carrello.']);
  expect(await shopper.locator('[data-redeem]').count()).toBe(0);
  await pictureOf(shopper, 'shop-reward-lines-none', true);
  await bring('tazza-in-ceramica');
  await redeem('five');
  expect(await plain('[data-line-discount]')).toEqual([expect.stringContaining('−5,00 €')]);
  // The cup has its discount; of its collection nothing else is there.
  expect(await shopper.locator('[data-redeem=half]').count()).toBe(0);
  await pictureOf(shopper, 'shop-reward-lines', true);
  await stands(169);
  const name = await pay();
  // 108.00 bring 108 points: 89 of the basket, 19 of the cup.
  await stands(277);
  await refundOne(name, /Cesto/);
  await stands(277 - 89);
  await refundOne(name, /Tazza/);
  await stands(277 - 108 + 20);
});

test('by collection: only what is in it becomes cheaper', { timeout: slow }, async () => {
  await bring('cesto-regalo');
  await bring('tazza-in-ceramica');
  await redeem('half');
  expect(await plain('[data-line-discount]')).toEqual([expect.stringContaining('−12,00 €')]);
  expect(await plain('[data-cart-total]')).toEqual(['101,00 €']);
});
