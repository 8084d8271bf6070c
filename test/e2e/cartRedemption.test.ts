import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newReward, rewardKinds, type Reward } from '~/core/rewards/section';
import { until } from 'test/devstore/storefront/shopper';
import { pictureOf, publishRewards } from 'test/support/rewardStory';
import { startStory, type Story } from 'test/support/story';

const slow = 240_000;
const email = 'giulia.rossi@example.com';

let story: Story;
let shopper: Page;

const origin = (): string => story.launched.store.origin;
const status = (page: Page) => page.locator('.fidelio-rewards__status:visible');
const says = (text: string | RegExp, page = shopper): Promise<void> => status(page).getByText(text).waitFor();
const available = async (): Promise<number> =>
  Number(await shopper.locator('[data-fidelio-available]').first().textContent());
const fill = async (quantity: string): Promise<void> => {
  await shopper.goto(`${origin()}/products/cesto-regalo`);
  await shopper.fill('input[name=quantity]', quantity);
  await shopper.click('button[name=add]');
  await shopper.waitForURL('**/cart');
};

/** Leaves a mark on the page that a navigation would wipe away. */
const mark = (page: Page): Promise<void> => page.evaluate(() => void Object.assign(window, { isStill: true }));
const isStill = (page: Page): Promise<boolean> =>
  page.evaluate(() => (window as unknown as { isStill?: boolean }).isStill === true);
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const at = document.activeElement as HTMLElement | null;
    return at?.dataset.code ?? at?.dataset.redeem ?? at?.tagName ?? '';
  });
const tabTo = async (page: Page, attribute: string): Promise<void> => {
  for (let step = 0; step < 60; step += 1) {
    if (await page.evaluate((name) => document.activeElement?.hasAttribute(name) === true, attribute)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no key leads to ${attribute}`);
};

beforeAll(async () => {
  mkdirSync(join(process.cwd(), 'test-output', 'screenshots'), { recursive: true });
  story = await startStory('cart-redemption');
  const rewards = [
    { ...newReward('amount_off', 'five', 'EUR'), enabled: true, points: 20, amountMinor: 500 },
    { ...rewardKinds.chosen_amount_off.model('EUR'), id: 'choice', enabled: true, stepPoints: 5, minPoints: 5 },
    { ...newReward('free_shipping', 'ship', 'EUR'), enabled: true, points: 10 },
  ];
  await publishRewards(story, rewards as readonly Reward[]);
  shopper = await story.shopper(email);
  shopper.setDefaultTimeout(10_000);
  await fill('3');
  await shopper.goto(`${origin()}/checkout`);
  await shopper.click('button[name=pay]');
  await shopper.waitForSelector('[data-order-name]');
  const balance = async (): Promise<number> => (await shopper.goto(`${origin()}/cart`), available());
  if ((await until(balance, (points) => points > 200)) <= 200) throw new Error('the order brought no points');
}, slow);

afterAll(() => story?.end(), slow);

test(
  'a whole redemption by keyboard: the page stays, the cart changes, the focus is where it happened',
  { timeout: slow },
  async () => {
    await fill('1');
    const before = await available();
    await mark(shopper);
    await tabTo(shopper, 'data-redeem');
    await shopper.keyboard.press('Enter');
    await says('Lo sconto è nel carrello.');
    expect(await isStill(shopper)).toBe(true);
    expect(await focused(shopper)).toMatch(/^[A-Z3-9]{14}$/);
    expect((await shopper.locator('[data-cart-total]').textContent())?.replace(/\s/g, ' ')).toBe('84,00 €');
    expect(await available()).toBe(before - 20);
    await pictureOf(shopper, 'shop-redeemed', true);
    await tabTo(shopper, 'data-takes');
    await shopper.keyboard.press('Enter');
    await says(/^Il codice è annullato\. 20 di ritorno entro/);
    expect(await isStill(shopper)).toBe(true);
    expect(await focused(shopper)).toBe('H2');
    expect((await shopper.locator('[data-cart-total]').textContent())?.replace(/\s/g, ' ')).toBe('89,00 €');
    expect(await shopper.locator('[data-cart-discount]').count()).toBe(0);
  },
);

test('the slider ends at what the cart needs, and says what is left to pay', { timeout: slow }, async () => {
  await shopper.goto(`${origin()}/products/pasta-di-gragnano`);
  await shopper.click('button[name=add]');
  await shopper.goto(`${origin()}/cart`);
  const slider = shopper.locator('[data-reward=choice] [data-slider]');
  const typed = shopper.locator('[data-reward=choice] [data-typed]');
  const chosen = async () =>
    `${await typed.inputValue()} ${await shopper.textContent('[data-reward=choice] [data-chosen]')}`;
  await slider.fill('50');
  expect(await chosen()).toMatch(/^50 punti · 10,00/);
  // 93.50 less 10.00.
  expect(await shopper.locator('[data-reward=choice] [data-rest]').textContent()).toMatch(/^83,50/);
  const most = Number(await slider.getAttribute('max'));
  expect(most, 'the balance is the smaller one here').toBeLessThanOrEqual(await available());
  // A number that is typed is taken to the nearest step, within what can be had.
  const step = Number(await slider.getAttribute('step'));
  for (const [given, taken] of [
    ['999999', most],
    ['-5', Number(await slider.getAttribute('min'))],
    [String(step + 0.2), step],
    ['', step],
  ] as const) {
    await typed.fill(given);
    await typed.blur();
    expect([given, await slider.inputValue(), await typed.inputValue()]).toEqual([given, String(taken), String(taken)]);
  }
});

test('codes of two classes go into one cart beside each other', { timeout: slow }, async () => {
  await shopper.goto(`${origin()}/cart`);
  await mark(shopper);
  await shopper.click('[data-redeem=ship]');
  await says('Lo sconto è nel carrello.');
  await shopper.click('[data-redeem=five]');
  await says('Lo sconto è nel carrello.');
  expect(await isStill(shopper)).toBe(true);
  const cart = (await (await shopper.request.get(`${origin()}/cart.js`)).json()) as {
    discount_codes: { applicable: boolean }[];
  };
  expect(cart.discount_codes.map(({ applicable }) => applicable)).toEqual([true, true]);
  await shopper.click('[data-takes]');
  await says(/^Il codice è annullato/);
});

test('in the drawer of another page the drawer stays open and its sum changes', { timeout: slow }, async () => {
  await shopper.goto(`${origin()}/collections/all`);
  await shopper.click('[data-open-cart]');
  const drawer = shopper.locator('cart-drawer');
  await mark(shopper);
  await drawer.locator('[data-redeem=five]').click();
  await says('Lo sconto è nel carrello.');
  expect([await isStill(shopper), await drawer.locator('aside').isVisible()]).toEqual([true, true]);
  expect((await drawer.locator('[data-cart-total]').textContent())?.replace(/\s/g, ' ')).toBe('88,50 €');
  await drawer.locator('[data-takes]').click();
  await says(/^Il codice è annullato/);
});

test('in the panel the code is applied, and the panel shows it', { timeout: slow }, async () => {
  await shopper.goto(`${origin()}/collections/all`);
  await shopper.click('.fidelio-launcher__button');
  const panel = shopper.locator('#fidelio-panel');
  await mark(shopper);
  await panel.locator('[data-redeem=five]').click();
  await panel.locator('.fidelio-rewards__status').getByText('Lo sconto è nel carrello.').waitFor();
  expect([await isStill(shopper), await panel.isVisible()]).toEqual([true, true]);
  await panel.locator('[data-takes]').click();
  await panel
    .locator('.fidelio-rewards__status')
    .getByText(/^Il codice è annullato/)
    .waitFor();
});

test(
  'who was signed out meanwhile signs in again, is back in the cart, and the choice is still there',
  { timeout: slow },
  async () => {
    await shopper.goto(`${origin()}/cart`);
    await shopper.locator('[data-reward=choice] [data-slider]').fill('35');
    for (const session of story.launched.store.sessions.values()) session.customerId = null;
    await shopper.click('[data-redeem=choice]');
    await says(/Accedi$/);
    await status(shopper).getByRole('link', { name: 'Accedi' }).click();
    await shopper.fill('input[name=email]', email);
    await shopper.click('main button');
    await shopper.waitForURL('**/cart');
    await says('Hai fatto l’accesso. La tua scelta è ancora qui.');
    expect(await focused(shopper)).toBe('choice');
    expect(await shopper.inputValue('[data-reward=choice] [data-typed]')).toBe('35');
    expect(await shopper.textContent('[data-reward=choice] [data-chosen]')).toMatch(/^punti · 7,00/);
    await shopper.keyboard.press('Enter');
    await says('Lo sconto è nel carrello.');
  },
);
