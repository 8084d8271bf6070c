import { afterAll, beforeAll, expect, test } from 'vitest';
import { perTongue } from '~/core/values/text';
import type { ProgramDocument } from '~/core/program/document';
import { fullProgram, goldSoon, openShop, type OpenShop } from './openShop';

const slow = 120_000;
const evil = '"><img src=x onerror=hit()>';
const named = perTongue(() => evil);

/** A program in which every name and text tries to be markup. */
const hostile = (): ProgramDocument => {
  const base = fullProgram();
  const levels = (base.tiers?.levels ?? []).map((level) => ({
    ...level,
    name: named,
    perks: level.perks.map((perk) => (perk.kind === 'words' ? { ...perk, text: named } : perk)),
  }));
  return {
    ...base,
    names: { program: named, point: named, points: named },
    tiers: base.tiers === null ? null : { ...base.tiers, levels },
    rewards: base.rewards.map((reward) => ({ ...reward, name: named, description: named })),
  };
};

let shop: OpenShop;
beforeAll(async () => {
  shop = await openShop();
  shop.publish(hostile());
  const held = { redemption_id: 'r1', reward_id: 'ship', code: 'HELD5', points: 100, amount_minor: null };
  const code = { ...held, ends_at: '2099-01-01T00:00:00Z', last_day: '2098-12-31' };
  shop.publishMember({ ...goldSoon, codes: [code] });
}, slow);
afterAll(() => shop?.close(), slow);

test(
  'markup in names and texts is shown as text, on every page, to members and guests',
  { timeout: slow },
  async () => {
    for (const who of ['member', 'guest'] as const) {
      const page = await shop.visit(who);
      const hits: string[] = [];
      await page.exposeFunction('hit', () => void hits.push(page.url()));
      await page.goto(`${shop.store.origin}/products/cesto-regalo`);
      await page.click('button[name=add]');
      for (const path of ['/cart', '/pages/loyalty', '/products/cesto-regalo', '/account', '/']) {
        await page.goto(shop.store.origin + path, { waitUntil: 'networkidle' });
        expect([path, await page.locator('img[src=x]').count()]).toEqual([path, 0]);
        const hrefs = await page
          .locator('.fidelio a')
          .evaluateAll((links) => links.map((one) => one.getAttribute('href')));
        expect(hrefs.filter((href) => href?.startsWith('javascript:'))).toEqual([]);
      }
      expect(await page.locator('body').innerText()).toContain(evil);
      expect(hits).toEqual([]);
      await page.context().close();
    }
  },
);
