import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { fullProgram, goldSoon, openShop } from '../storefront/openShop';
import { serveOverLink, type Kept, type Network } from './slowLink';

/**
 * What the extension costs a browser: the same page of the local shop with and without it, by turns, on a phone.
 * Everything is served from memory, compressed: how long the stand-in takes for its Liquid says nothing of Shopify. The
 * shop's drawings are served as JPEG in twice their size, as a shop has photographs.
 * `bare` is the page with our words alone, without style, script and panel: less than that no block can cost.
 * `npx tsx test/bench/storefront.ts [runs] [condition]`; run it on a machine that does nothing else.
 */
type Figures = { readonly lcp: number; readonly cls: number; readonly longTasks: number; readonly requests: number };

const pages = { home: '/', product: '/products/olio-extravergine-aurora', cart: '/cart' } as const;
const settleMs = 1_200;
/** What Lighthouse calls slow 4G: round trips of 150 ms and 1.6 Mbit a second. */
const slow4g: Network = { roundTripMs: 150, bytesPerSecond: (1.6 * 1024 * 1024) / 8 };
/** Over which network, and how many times slower the processor is. */
const conditions = {
  'slow-processor': { network: null, slower: 4 },
  'slow-network': { network: slow4g, slower: 1 },
  'slow-both': { network: slow4g, slower: 4 },
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

const phone = async (browser: Browser, condition: Condition): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, ignoreHTTPSErrors: true });
  await context.addInitScript({ content: observe });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: conditions[condition].slower });
  return page;
};

/** A drawing of the local shop as the photograph it stands for. */
const photograph = async (browser: Browser, drawing: string): Promise<Buffer> => {
  const page = await browser.newPage({ viewport: { width: 960, height: 960 } });
  await page.setContent(`<body style="margin: 0">${drawing.replace('<svg', '<svg width="960" height="960"')}`);
  const picture = await page.screenshot({ type: 'jpeg', quality: 85 });
  await page.close();
  return picture;
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
    .replace(/<script[^>]*loyalty[^>]*\.js[^>]*><\/script>/g, '')
    .replace(/<link[^>]*loyalty\.css[^>]*>/g, '')
    .replace(/<fidelio-launcher[\s\S]*?<\/fidelio-launcher>/, '');

const lineOf = (
  [condition = '', page = '', kind = '']: readonly string[],
  all: readonly Figures[],
  base: readonly Figures[],
): string => {
  const of = (field: keyof Figures): number => median(all.map((one) => one[field]));
  const lcp = all.map((one) => Math.round(one.lcp)).sort((a, b) => a - b);
  const range = `${Math.round(of('lcp'))} (${lcp[0]} to ${lcp.at(-1)})`;
  // Turn by turn: what slows the machine for a while slows both.
  const more = median(all.map((one, turn) => one.lcp - (base[turn]?.lcp ?? 0)));
  const percent = (100 * more) / median(base.map((one) => one.lcp));
  const added = kind === 'without' ? '' : `${more.toFixed(0)} ms, ${percent.toFixed(1)} %`;
  const parts = [condition.padEnd(15), page.padEnd(8), kind.padEnd(8), range.padEnd(21), added.padEnd(14)];
  return `${[...parts, of('cls').toFixed(3), of('longTasks'), of('requests')].join(' ')}\n`;
};

type Read = (kind: Kind) => (path: string) => Promise<Kept>;

/** The shop with Giulia's cart, and what it answers, with our parts and without. */
const openMeasured = async () => {
  const shop = await openShop();
  shop.publishMember(goldSoon);
  const member = await shop.visit('member');
  shop.publish(fullProgram());
  await member.goto(`${shop.store.origin}/products/cesto-regalo`);
  await member.click('button[name=add]');
  const read: Read = (kind) => async (path) => {
    // Without it no block is placed: nothing of it is painted, none of its assets loaded.
    shop.hide(kind === 'without');
    const answer = await member.request.get(shop.store.origin + path);
    const body = await answer.body();
    const type = answer.headers()['content-type'] ?? '';
    if (type.includes('svg'))
      return { type: 'image/jpeg', isGzip: false, body: await photograph(shop.browser, body.toString()) };
    const text = kind === 'bare' && type.includes('html') ? bareOf(body.toString()) : body;
    return { type, isGzip: true, body: gzipSync(text) };
  };
  return { shop, read };
};

const measureCondition = async (
  { shop, read }: Awaited<ReturnType<typeof openMeasured>>,
  condition: Condition,
  runs: number,
): Promise<void> => {
  const { network } = conditions[condition];
  const served = {
    with: await serveOverLink(network, read('with')),
    bare: await serveOverLink(network, read('bare')),
    without: await serveOverLink(network, read('without')),
  };
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
    for (const kind of kinds) process.stdout.write(lineOf([condition, name, kind], all[kind], all.without));
  }
  for (const { close } of Object.values(served)) close();
};

const main = async (): Promise<void> => {
  const runs = Number(process.argv[2] ?? 10);
  const measured = await openMeasured();
  const asked = Object.keys(conditions).filter((name) => name === (process.argv[3] ?? name)) as Condition[];
  process.stdout.write(
    'condition       page     parts    LCP ms (median)       added          CLS, long tasks, requests to the app\n',
  );
  for (const condition of asked) await measureCondition(measured, condition, runs);
  await measured.shop.close();
  process.exit(0);
};

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
