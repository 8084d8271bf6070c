import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFullShop, type OpenShop } from './openShop';

const slow = 120_000;
const parts = '**/loyalty-parts.js*';

let shop: OpenShop;
beforeAll(async () => void (shop = await openFullShop()), slow);
afterAll(() => shop?.close(), slow);

const isThere = (page: Page): Promise<boolean> =>
  page.evaluate(() => customElements.get('fidelio-rewards') !== undefined);

/** A page with rewards in it, its parts' script held back until it is let through. */
const openHeldBack = async (path: string): Promise<{ readonly page: Page; readonly letThrough: () => void }> => {
  const page = await shop.visit('member');
  await page.goto(`${shop.store.origin}/products/cesto-regalo`);
  await page.click('button[name=add]');
  await page.waitForURL('**/cart');
  let letThrough = (): void => undefined;
  const waiting = new Promise<void>((resolve) => void (letThrough = resolve));
  await page.route(parts, async (route) => {
    await waiting;
    await route.continue();
  });
  await page.goto(shop.store.origin + path);
  return { page, letThrough };
};
const status = (page: Page) => page.locator('main fidelio-rewards [role=status]');
const button = (page: Page) => page.locator('main fidelio-rewards [data-redeem]').first();

describe('the parts’ script', () => {
  test('comes by itself, after everything that the page loads', { timeout: slow }, async () => {
    const page = await shop.visit('guest');
    await page.goto(`${shop.store.origin}/`);
    await expect.poll(() => isThere(page)).toBe(true);
    const [asked, loaded] = await page.evaluate(() => {
      const resources = performance.getEntriesByType('resource');
      const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
      return [resources.find(({ name }) => name.includes('loyalty-parts'))?.startTime, visit?.loadEventStart];
    });
    expect(loaded).toBeGreaterThan(0);
    expect(asked).toBeGreaterThanOrEqual(loaded ?? 0);
    await page.context().close();
  });

  test('comes with the first act where a picture keeps the page waiting', { timeout: slow }, async () => {
    const page = await shop.visit('guest');
    await page.route('**/cesto-regalo.svg', () => undefined);
    await page.goto(`${shop.store.origin}/`, { waitUntil: 'domcontentloaded' });
    expect(await isThere(page)).toBe(false);
    await page.keyboard.press('Tab');
    await expect.poll(() => isThere(page)).toBe(true);
    await page.context().close();
  });
});

describe('a press before the parts’ script is there', () => {
  test('is seen at once, and done once it is', { timeout: slow }, async () => {
    const { page, letThrough } = await openHeldBack('/pages/loyalty');
    await button(page).click();
    await button(page).click({ force: true });
    expect(await button(page).getAttribute('aria-disabled')).toBe('true');
    let asked = 0;
    page.on('request', (request) => void (asked += request.url().includes('/apps/loyalty/redeem') ? 1 : 0));
    letThrough();
    // The shop has no app here: the press arrived, and was refused.
    await status(page).filter({ hasText: 'Riprova' }).waitFor();
    expect(asked).toBe(1);
    expect(await button(page).getAttribute('aria-disabled')).toBeNull();
    await page.context().close();
  });

  test('moves the slider: the words follow once it is there', { timeout: slow }, async () => {
    const { page, letThrough } = await openHeldBack('/cart');
    const slider = page.locator('main [data-slider]').first();
    const before = await page.locator('main [data-chosen]').first().innerText();
    await slider.focus();
    await page.keyboard.press('ArrowLeft');
    expect(await page.locator('main [data-chosen]').first().innerText()).toBe(before);
    letThrough();
    await expect.poll(() => page.locator('main [data-chosen]').first().innerText()).not.toBe(before);
    await page.context().close();
  });

  test('takes the number that was typed, not the one that stood there', { timeout: slow }, async () => {
    const { page, letThrough } = await openHeldBack('/cart');
    const item = page.locator('main [data-reward]', { has: page.locator('[data-typed]') }).first();
    const most = await item.locator('[data-slider]').getAttribute('max');
    expect(await item.locator('[data-redeem]').getAttribute('data-points')).not.toBe(most);
    await item.locator('[data-typed]').fill(most ?? '');
    await item.locator('[data-redeem]').click();
    const asking = page.waitForRequest((request) => request.url().includes('/apps/loyalty/redeem'));
    letThrough();
    expect((await asking).postDataJSON()).toMatchObject({ points: Number(most) });
    await page.context().close();
  });

  test(
    'says that it failed where the script does not come, and works with the next one',
    { timeout: slow },
    async () => {
      const page = await shop.visit('member');
      await page.route(parts, (route) => route.abort());
      await page.goto(`${shop.store.origin}/pages/loyalty`);
      await button(page).click();
      await status(page).filter({ hasText: 'Riprova' }).waitFor();
      expect(await isThere(page)).toBe(false);
      expect(await button(page).getAttribute('aria-disabled')).toBeNull();
      await page.unroute(parts);
      const asking = page.waitForRequest((request) => request.url().includes('/apps/loyalty/redeem'));
      await button(page).click();
      expect((await asking).postDataJSON()).toMatchObject({ cart: expect.anything() as unknown });
      await page.context().close();
    },
  );
});
