import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { fullProgram, goldSoon, openShop } from '../storefront/openShop';

/**
 * What the extension costs a browser: the same page of the local shop with and without it, by turns, on a phone.
 * Everything is served from memory, compressed: how long the stand-in takes for its Liquid says nothing of Shopify.
 * `bare` is the page with our words alone, without style, script and panel: less than that no block can cost.
 * `npx tsx test/bench/storefront.ts [runs] [condition]`; run it on a machine that does nothing else.
 */
type Figures = { readonly lcp: number; readonly cls: number; readonly longTasks: number; readonly requests: number };

const pages = { home: '/', product: '/products/olio-extravergine-aurora', cart: '/cart' } as const;
const settleMs = 1_200;
/** Lighthouse's "slow 4G" as developer tools apply it: round trips of 150 ms and 1.6 Mbit/s, each with its factor. */
const slow = {
  offline: false,
  latency: 150 * 3.75,
  downloadThroughput: ((1.6 * 1024 * 1024) / 8) * 0.9,
  uploadThroughput: ((750 * 1024) / 8) * 0.9,
};
/** Over which network, and how many times slower the processor is. */
const conditions = {
  'slow-processor': { network: null, slower: 4 },
  'slow-network': { network: slow, slower: 1 },
  'slow-both': { network: slow, slower: 4 },
} as const;
type Condition = keyof typeof conditions;

// As text: what compiles this file adds helpers that a page does not have.
const observe = `
  window.seen = { lcp: 0, cls: 0, longTasks: 0 };
  const watch = (type, note) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  watch('largest-contentful-paint', ({ startTime }) => (window.seen.lcp = startTime));
  watch('layout-shift', ({ value }) => (window.seen.cls += value));
  watch('longtask', () => (window.seen.longTasks += 1));
`;

const measure = async (page: Page, url: string): Promise<Figures> => {
  let requests = 0;
  const count = (request: { url: () => string }): void => void (request.url().includes('/apps/') && (requests += 1));
  page.on('request', count);
  await page.goto(url, { waitUntil: 'load' });
  await page.waitForTimeout(settleMs);
  page.off('request', count);
  const seen = await page.evaluate(() => (window as unknown as { seen: Omit<Figures, 'requests'> }).seen);
  return { ...seen, requests };
};

type Kept = { readonly type: string; readonly body: Buffer };

/** Serves what `read` answers for an address, read once. */
const serveKept = async (read: (path: string) => Promise<Kept>): Promise<{ readonly origin: string }> => {
  const kept = new Map<string, Promise<Kept>>();
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const known = kept.get(path) ?? read(path);
    kept.set(path, known);
    void known.then(({ type, body }) =>
      response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' }).end(body),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

const phone = async (browser: Browser, condition: Condition): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  await context.addInitScript({ content: observe });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  const { network, slower } = conditions[condition];
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  if (network !== null) {
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', network);
  }
  return page;
};

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};

const kinds = ['with', 'bare', 'without'] as const;
type Kind = (typeof kinds)[number];

/** The page with what our blocks say, and nothing more: no style, no script, no panel. */
const bareOf = (html: string): string =>
  html
    .replace(/<script[^>]*loyalty\.js[^>]*><\/script>/g, '')
    .replace(/<link[^>]*loyalty\.css[^>]*>/g, '')
    .replace(/<fidelio-launcher[\s\S]*?<\/fidelio-launcher>/, '');

const lineOf = ([condition = '', page = '', kind = '']: readonly string[], all: readonly Figures[]): string => {
  const of = (field: keyof Figures): number => median(all.map((one) => one[field]));
  const lcp = all.map((one) => Math.round(one.lcp)).sort((a, b) => a - b);
  const range = `${Math.round(of('lcp'))} (${lcp[0]} to ${lcp.at(-1)})`;
  const parts = [condition.padEnd(15), page.padEnd(8), kind.padEnd(14), range.padEnd(20), of('cls').toFixed(3)];
  return `${[...parts, of('longTasks'), of('requests')].join(' ')}\n`;
};

const main = async (): Promise<void> => {
  const runs = Number(process.argv[2] ?? 10);
  const shop = await openShop();
  shop.publishMember(goldSoon);
  const member = await shop.visit('member');
  shop.publish(fullProgram());
  await member.goto(`${shop.store.origin}/products/cesto-regalo`);
  await member.click('button[name=add]');
  const read = (kind: Kind) => async (path: string) => {
    // Without it no block is placed: nothing of it is painted, none of its assets loaded.
    shop.hide(kind === 'without');
    const answer = await member.request.get(shop.store.origin + path);
    const body = await answer.body();
    const type = answer.headers()['content-type'] ?? '';
    return { type, body: gzipSync(kind === 'bare' && type.includes('html') ? bareOf(body.toString()) : body) };
  };
  const served = {
    with: await serveKept(read('with')),
    bare: await serveKept(read('bare')),
    without: await serveKept(read('without')),
  };
  const asked = Object.keys(conditions).filter((name) => name === (process.argv[3] ?? name)) as Condition[];
  process.stdout.write(
    'condition       page     with/without   LCP ms (median)      CLS   long tasks   requests to the app\n',
  );
  for (const condition of asked)
    for (const [name, path] of Object.entries(pages)) {
      const all: Record<Kind, Figures[]> = { with: [], bare: [], without: [] };
      // One turn of each is not counted: it fills the memory.
      for (let run = -1; run < runs; run += 1)
        for (const kind of kinds) {
          const page = await phone(shop.browser, condition);
          const figures = await measure(page, served[kind].origin + path);
          if (run >= 0) all[kind].push(figures);
          await page.context().close();
        }
      for (const kind of kinds) process.stdout.write(lineOf([condition, name, kind], all[kind]));
    }
  await shop.close();
  process.exit(0);
};

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
