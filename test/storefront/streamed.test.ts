import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openFullShop, type OpenShop } from './openShop';

const slow = 120_000;
let shop: OpenShop;
beforeAll(async () => void (shop = await openFullShop()), slow);
afterAll(() => shop?.close(), slow);

/** Serves a page in two pieces: the second one is sent when it is asked for. All else is the shop's. */
const serveInPieces = async (html: string, cutAt: number) => {
  let sendRest = (): void => undefined;
  const asked = new Promise<void>((resolve) => void (sendRest = resolve));
  const server = createServer((request, response) => {
    if (request.url !== '/') return void response.writeHead(302, { location: shop.store.origin + request.url }).end();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).write(html.slice(0, cutAt));
    void asked.then(() => response.end(html.slice(cutAt)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}/`, sendRest, close: () => void server.close() };
};

test('a balance of which only half has come is not painted: nothing of it moves', { timeout: slow }, async () => {
  const page = await shop.visit('member', { width: 390 });
  const html = await (await page.request.get(`${shop.store.origin}/`)).text();
  const served = await serveInPieces(html, html.indexOf('<span class="fidelio-note"'));
  await page.addInitScript({
    content: `window.moved = 0;
      new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (window.moved += value)))
        .observe({ type: 'layout-shift', buffered: true });`,
  });
  await page.goto(served.origin, { waitUntil: 'commit' });
  await page.locator('.brand').waitFor();
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => setTimeout(painted))));
  expect(await page.locator('.fidelio-balance').isVisible()).toBe(false);
  served.sendRest();
  await page.waitForLoadState('load');
  expect(await page.locator('.fidelio-balance').isVisible()).toBe(true);
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => setTimeout(painted, 100))));
  expect(await page.evaluate(() => (window as unknown as { moved: number }).moved)).toBe(0);
  served.close();
  await page.context().close();
});
