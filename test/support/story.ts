import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core';
import { idToken } from 'test/devstore/admin-api/auth';
import { launch, type Launched, type LaunchOptions } from 'test/devstore/process/launch';
import { browserAgent, createMerchant, createShopper } from 'test/devstore/storefront/shopper';
import { openBrowser } from './browser';

/** A shop whose program has started, and a browser that has no window yet. */
export type Story = {
  readonly launched: Launched;
  readonly browser: Browser;
  /** A window of the shop, as somebody who is signed in (or nobody). */
  readonly shopper: (email: string | null, options?: { readonly javaScriptEnabled?: boolean }) => Promise<Page>;
  /** A window of the admin in a browser that itself speaks English; Shopify says Italian. */
  readonly merchant: (language?: 'it' | 'en') => Promise<Merchant>;
  readonly end: () => Promise<void>;
};

export type Merchant = {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly admin: FrameLocator;
  /** Opens a page of the app as Shopify does, and waits until its script has taken over. */
  readonly open: (path: string) => Promise<void>;
  /** Something of the app's document. */
  readonly ask: <Answer>(question: () => Answer) => Promise<Answer>;
};

type StoryOptions = Pick<LaunchOptions, 'worker'> & {
  /** Nobody has begun the program yet. */
  readonly isNew?: boolean;
};

export const startStory = async (
  name: string,
  shop: LaunchOptions['shop'] = {},
  { isNew = false, ...how }: StoryOptions = {},
): Promise<Story> => {
  const folder = join(process.cwd(), '.data', name);
  rmSync(folder, { recursive: true, force: true });
  const launched = await launch({ folder, customers: 3, port: 0, shop, ...how });
  if (!isNew) await begin(launched);
  const browser = await openBrowser();
  return {
    launched,
    browser,
    shopper: async (email, options = {}) => {
      const context = await browser.newContext({ userAgent: browserAgent, locale: 'it-IT', ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      await page.goto(`${launched.store.origin}/account/login?locale=it`);
      if (email === null) return page;
      await page.fill('input[name=email]', email);
      await page.click('main button');
      await page.waitForURL('**/account');
      return page;
    },
    merchant: (language = 'it') => openMerchant(browser, launched, language),
    end: async () => {
      await browser.close();
      await launched.stop();
    },
  };
};

/** Giulia Rossi buys so many of the first product; points and everything else come of themselves. */
export const giuliaBuys = async ({ launched: { store } }: Story, quantity: number) => {
  const shopper = createShopper(store.origin);
  await shopper.signIn('giulia.rossi@example.com');
  await shopper.buy([{ variantId: store.products[0]?.variantId ?? 0, quantity }]);
  return shopper;
};

const begin = async ({ store }: Launched): Promise<void> => {
  const started = await createMerchant(store, idToken).submit('/app/start', 'routes/app.start', {
    language: 'it',
    point: 'punto',
    points: 'punti',
  });
  if (started.status !== 204) throw new Error(`the program did not start: ${started.status}`);
};

const openMerchant = async (browser: Browser, launched: Launched, language: 'it' | 'en'): Promise<Merchant> => {
  const context = await browser.newContext({
    userAgent: browserAgent,
    locale: 'en-US',
    viewport: { width: 1280, height: 1000 },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const frameOf = () => {
    const frame = page.frames().find((one) => one.url().startsWith(launched.appUrl));
    if (frame === undefined) throw new Error('the admin shows no app');
    return frame;
  };
  const admin = page.frameLocator('iframe[name=app]');
  return {
    page,
    context,
    admin,
    open: async (path) => {
      await page.goto(`${launched.store.origin}/admin${path}${path.includes('?') ? '&' : '?'}locale=${language}`);
      await admin.locator('main h1').waitFor();
      await frameOf().waitForFunction(() =>
        [...document.querySelectorAll('main button, main input, main a')].some((one) =>
          Object.keys(one).some((name) => name.startsWith('__reactProps')),
        ),
      );
    },
    ask: (question) => frameOf().evaluate(question),
  };
};
