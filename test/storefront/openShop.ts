import type { Browser, Page } from 'playwright-core';
import { defaultDocument } from '~/core/program/defaults';
import type { ProgramDocument } from '~/core/program/document';
import { newReward, type Reward } from '~/core/rewards/section';
import { programSummary } from '~/core/storefront/programSummary';
import type { MemberSummary } from '~/core/storefront/summary';
import { newTiers } from '~/core/tiers/newTiers';
import { asId, type PlatformId } from '~/core/values/ids';
import { perTongue } from '~/core/values/text';
import { registrationFrom } from 'test/devstore/process/registration';
import { seedShop } from 'test/devstore/process/seed';
import { startDevstore } from 'test/devstore/process/server';
import { createDevstore, type Devstore } from 'test/devstore/process/state';
import { browserAgent } from 'test/devstore/storefront/shopper';
import { openBrowser } from 'test/support/browser';
import { nobody } from './nobody';

/** The shop alone, without the app: what the theme paints from what was published, and nothing that is asked. */
export type OpenShop = {
  readonly store: Devstore;
  readonly browser: Browser;
  readonly product: (handle: string) => { readonly variantId: number; readonly priceMinor: number };
  readonly publish: (document: ProgramDocument) => void;
  readonly publishMember: (summary: Partial<MemberSummary>) => void;
  /** A window of the shop: as Giulia, or as a guest. */
  readonly visit: (who: 'member' | 'guest', options?: VisitOptions) => Promise<Page>;
  /** Takes all blocks of the app out of the theme, or puts them back. */
  readonly hide: (isHidden: boolean) => void;
  readonly close: () => Promise<void>;
};
type VisitOptions = {
  readonly width?: number;
  readonly locale?: string;
  readonly javaScriptEnabled?: boolean;
};

/** A member on the way to gold, with something of everything. */
export const goldSoon: MemberSummary = {
  ...nobody,
  available: 1240,
  pending: 89,
  expiring: { points: 180, on: '2099-11-30' },
  tier: {
    id: 'silver',
    kept_until: '2099-12-31',
    keep: { id: 'silver', missing: 4500, unit: 'spend', by: '2099-12-31', until: '2100-12-31' },
    next: { id: 'gold', missing: 8000, unit: 'spend', by: '2099-12-31', until: '2100-12-31', done_percent: 84 },
  },
};

/** A program with tiers, a bonus and rewards of every way to apply them. */
export const fullProgram = (look: ProgramDocument['look'] = { accent: '#7a2f4b', icon: 'star' }): ProgramDocument => {
  const base = defaultDocument('EUR', 'Europe/Rome');
  const tiers = newTiers('EUR');
  const levels = tiers.levels.map((level) => ({
    ...level,
    entryPoints: 50,
    perks: [...level.perks, { kind: 'words' as const, text: perTongue(() => 'Free gift wrapping') }],
  }));
  const own = { enabled: true };
  const rewards = [
    ...base.rewards,
    { ...newReward('free_shipping', 'ship', 'EUR'), ...own },
    { ...newReward('donation', 'wood', 'EUR'), ...own, charity: 'Bosco Vivo' },
    { ...newReward('percent_off', 'ten', 'EUR'), ...own, points: 3000, tierIds: ['gold'] },
  ] as Reward[];
  const names = { ...base.names, program: { ...base.names.program, it: 'Il Club Aurora', en: 'Club Aurora' } };
  return { ...base, names, look, tiers: { ...tiers, levels }, rewards };
};

/** The shop with a member on the way to gold, and a program with something of everything. */
export const openFullShop = async (): Promise<OpenShop> => {
  const shop = await openShop();
  shop.publish(fullProgram());
  shop.publishMember(goldSoon);
  return shop;
};

export const openShop = async (): Promise<OpenShop> => {
  const store = createDevstore(registrationFrom({ apiKey: 'k', apiSecret: 's', appUrl: 'http://localhost:1' }));
  seedShop(store, { customers: 1, seed: 1 });
  const running = await startDevstore(store, () => new URL('http://127.0.0.1:1'));
  const browser = await openBrowser();
  const giulia = [...store.customers.values()][0];
  const ofApp = (key: string): string => `gid://shopify/AppInstallation/1|loyalty|${key}`;
  const soldAs = (handle: string) => {
    const found = store.products.find((one) => one.handle === handle);
    if (found === undefined) throw new Error(`the shop has no ${handle}`);
    return found;
  };
  return {
    store,
    browser,
    product: soldAs,
    publish: (document) => {
      const sold = new Map(
        store.products.map(({ id, variantId, vendor, handle, priceMinor }) => [
          String(variantId),
          {
            ...{ variantId: asId<PlatformId>(String(variantId)), productId: asId<PlatformId>(String(id)), vendor },
            ...{ handle, priceMinor, currency: 'EUR', isAvailable: true },
          },
        ]),
      );
      const value = JSON.stringify(programSummary(document, 1, 'EUR', sold));
      store.metafields.set(ofApp('program'), { type: 'json', value });
      for (const key of ['published', 'earns', 'rewards'])
        store.metafields.set(ofApp(key), { type: 'boolean', value: 'true' });
    },
    publishMember: (summary) =>
      void store.metafields.set(`gid://shopify/Customer/${giulia?.id ?? 0}|$app|loyalty`, {
        type: 'json',
        value: JSON.stringify({ ...nobody, ...summary }),
      }),
    visit: async (who, { width = 1440, locale = 'it', javaScriptEnabled = true } = {}) => {
      const viewport = { width, height: 900 };
      const context = await browser.newContext({ userAgent: browserAgent, viewport, javaScriptEnabled });
      const page = await context.newPage();
      page.setDefaultTimeout(15_000);
      await page.goto(`${store.origin}/account/login?locale=${locale}`);
      if (who === 'guest') return page;
      await page.fill('input[name=email]', giulia?.email ?? '');
      await page.click('main button');
      await page.waitForURL('**/account');
      return page;
    },
    hide: (isHidden) => void (store.hasBlocks = !isHidden),
    close: async () => {
      await browser.close();
      await running.close();
    },
  };
};
