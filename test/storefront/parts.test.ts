import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFullShop, type OpenShop } from './openShop';

const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const pictures = join(process.cwd(), 'test-output', 'screenshots');
const slow = 120_000;

let shop: OpenShop;
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  shop = await openFullShop();
}, slow);
afterAll(() => shop?.close(), slow);

const violationsOf = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
};

const places = {
  'the page of the program': '/pages/loyalty',
  'a product': '/products/olio-extravergine-aurora',
  'the cart': '/cart',
  'the account': '/account',
  'the start page': '/',
} as const;

const fillCart = async (page: Page): Promise<void> => {
  await page.goto(`${shop.store.origin}/products/cesto-regalo`);
  await page.click('button[name=add]');
  await page.waitForURL('**/cart');
};

const wordsOf = async (page: Page, selector: string): Promise<string> =>
  (await page.locator(selector).innerText()).replaceAll('\u00a0', ' ');

const overflowOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe.each(['member', 'guest'] as const)('parts in the shop, for a %s', (who) => {
  test(
    'can be used without seeing or pointing, in the page’s language, and fit on every screen',
    { timeout: slow },
    async () => {
      const page = await shop.visit(who);
      await fillCart(page);
      for (const [name, path] of Object.entries(places)) {
        if (who === 'guest' && path === '/account') continue;
        await page.goto(shop.store.origin + path);
        expect([name, await violationsOf(page)]).toEqual([name, []]);
        expect(await page.locator('body').innerHTML()).not.toContain('Translation missing');
        for (const width of [320, 390, 768, 1440]) {
          await page.setViewportSize({ width, height: 900 });
          expect([name, width, await overflowOf(page)]).toEqual([name, width, 0]);
          const file = `parts-${path.split('/').pop() || 'index'}-${who}-${width}.png`;
          await page.screenshot({ path: join(pictures, file), fullPage: true });
        }
      }
      await page.goto(shop.store.origin);
      await page.click('.fidelio-launcher__button');
      expect(await violationsOf(page)).toEqual([]);
      await page.screenshot({ path: join(pictures, `parts-panel-${who}-1440.png`) });
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await overflowOf(page)).toBe(0);
      await page.context().close();
    },
  );

  test('are painted without asking the app, and nothing moves while the page comes', { timeout: slow }, async () => {
    const page = await shop.visit(who);
    await fillCart(page);
    const asked: string[] = [];
    page.on('request', (request) => void (request.url().includes('/apps/') && asked.push(request.url())));
    await page.addInitScript(() => {
      const counted = window as unknown as { shift: number };
      counted.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) counted.shift += (entry as unknown as { value: number }).value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    for (const path of Object.values(places)) {
      await page.goto(shop.store.origin + path, { waitUntil: 'networkidle' });
      const shift = await page.evaluate(() => (window as unknown as { shift: number }).shift);
      expect([path, Math.round(shift * 1000) / 1000]).toEqual([path, 0]);
    }
    expect(asked).toEqual([]);
    await page.context().close();
  });

  test('can be read without JavaScript; the panel opens by its address', { timeout: slow }, async () => {
    const page = await shop.visit(who, { javaScriptEnabled: false });
    await page.goto(`${shop.store.origin}/pages/loyalty`);
    const text = await wordsOf(page, 'main');
    for (const read of ['1 punto ogni 1,00 €', 'Raggiungi Oro', '1,25× punti', 'Buono da 5 €'])
      expect(text).toContain(read);
    if (who === 'member') for (const read of ['1.240', 'Argento', 'Ancora 80,00 €']) expect(text).toContain(read);
    expect(await page.locator('button:visible').count(), 'no button is dead').toBe(0);
    await page.click('.fidelio-launcher__button');
    expect(await page.locator('#fidelio-panel').isVisible()).toBe(true);
    expect(await wordsOf(page, '#fidelio-panel')).toContain('1 punto ogni 1,00 €');
    await page.click('.fidelio-panel__close');
    expect(await page.locator('#fidelio-panel').isVisible()).toBe(false);
    await page.context().close();
  });
});

test('what the shop answers is in sight beside a list that is longer than the screen', { timeout: slow }, async () => {
  const page = await shop.visit('member', { width: 390 });
  await fillCart(page);
  await page.route('**/apps/**', (route) => route.abort());
  await page.locator('fidelio-rewards [data-redeem]').first().click();
  const said = page.locator('fidelio-rewards [role=status]');
  await said.filter({ hasText: 'Riprova' }).waitFor();
  const [list, screen] = [await page.locator('fidelio-rewards').boundingBox(), page.viewportSize()?.height ?? 0];
  expect((list?.y ?? 0) + (list?.height ?? 0), 'the list ends below the screen').toBeGreaterThan(screen);
  const box = await said.boundingBox();
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(screen);
  await page.context().close();
});

describe('the panel', () => {
  test('opens by keyboard, keeps the focus inside, and gives it back when it closes', { timeout: slow }, async () => {
    const page = await shop.visit('member');
    await page.goto(shop.store.origin);
    await page.locator('.fidelio-launcher__button').focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('#fidelio-panel').isVisible()).toBe(true);
    const isInside = () => page.evaluate(() => document.activeElement?.closest('#fidelio-panel') !== null);
    expect(await isInside()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.locator('#fidelio-panel').isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('fidelio-launcher__button');
    await page.context().close();
  });
});

describe('the panel that was opened by its address', () => {
  const panel = '#fidelio-panel';

  test('before the script was there, closes by its cross and by Esc', { timeout: slow }, async () => {
    const page = await shop.visit('guest');
    let pass = (): void => undefined;
    const waiting = new Promise<void>((resolve) => void (pass = resolve));
    await page.route('**/loyalty.js*', async (route) => {
      await waiting;
      await route.continue();
    });
    await page.goto(`${shop.store.origin}/?ref=a`, { waitUntil: 'commit' });
    await page.click('.fidelio-launcher__button');
    expect(await page.locator(panel).isVisible()).toBe(true);
    pass();
    await expect.poll(() => page.locator(panel).evaluate((node) => node.matches(':modal'))).toBe(true);
    await page.click('.fidelio-panel__close');
    expect(await page.locator(panel).isVisible()).toBe(false);
    await page.click('.fidelio-launcher__button');
    await page.keyboard.press('Escape');
    expect(await page.locator(panel).isVisible()).toBe(false);
    expect(page.url()).toBe(`${shop.store.origin}/?ref=a`);
    await page.context().close();
  });

  test('by a link, opens as often as the link is pressed, and closes each time', { timeout: slow }, async () => {
    const page = await shop.visit('guest');
    await page.goto(`${shop.store.origin}/#fidelio-panel`);
    const isModal = () => page.locator(panel).evaluate((node) => node.matches(':modal'));
    await expect.poll(isModal).toBe(true);
    for (let press = 0; press < 2; press += 1) {
      await page.keyboard.press('Escape');
      expect(await page.locator(panel).isVisible()).toBe(false);
      await page.evaluate(() => {
        const link = document.createElement('a');
        link.href = '#fidelio-panel';
        document.body.append(link);
        link.click();
      });
      await expect.poll(isModal).toBe(true);
    }
    await page.context().close();
  });
});

describe('what a product earns', () => {
  test('follows the chosen variant, and the member’s tier', { timeout: slow }, async () => {
    const page = await shop.visit('member');
    await page.goto(`${shop.store.origin}/products/olio-extravergine-aurora`);
    const said = () => page.locator('fidelio-earn').innerText();
    // 18.90 and 32.90, 1.25 times for silver, rounded down.
    expect(await said()).toContain('almeno 23 punti');
    await page.selectOption('select[name=id]', { label: '1 l' });
    await expect.poll(said).toContain('almeno 41 punti');
    const guest = await shop.visit('guest');
    await guest.goto(`${shop.store.origin}/products/olio-extravergine-aurora`);
    expect(await guest.locator('fidelio-earn').innerText()).toContain('almeno 18 punti');
    await Promise.all([page.context().close(), guest.context().close()]);
  });
});
