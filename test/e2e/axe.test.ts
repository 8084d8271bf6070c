import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newTiers } from '~/core/tiers/newTiers';
import { newBonus } from '~/core/earning/newBonus';
import type { ProgramDocument } from '~/core/program/document';
import { newReward, rewardKinds, type RewardKind } from '~/core/rewards/section';
import { idToken } from 'test/devstore/admin-api/auth';
import { browserAgent, createMerchant } from 'test/devstore/storefront/shopper';
import { violationsOf } from 'test/support/axe';
import { startStory, type Merchant, type Story } from 'test/support/story';

const slow = 240_000;
const kinds = Object.keys(rewardKinds) as RewardKind[];

let story: Story;
let merchant: Merchant;

/** A draft with something of everything that the pages show. */
const saveDraft = async (): Promise<void> => {
  const { launched } = story;
  const { version, document } = await createMerchant(launched.store, idToken).data<{
    readonly version: number;
    readonly document: ProgramDocument;
  }>('/app/program', 'routes/app.program');
  const rewards = kinds.map((kind) => newReward(kind, `my-${kind.replaceAll('_', '-')}`, 'EUR'));
  const full = {
    ...document,
    earning: { ...document.earning, bonuses: [newBonus('bonus-1')] },
    tiers: newTiers('EUR'),
    segments: [{ id: 'vip', name: { en: 'VIP', it: 'VIP', de: 'VIP', fr: 'VIP', es: 'VIP' }, customerTags: ['vip'] }],
    rewards: [...document.rewards, ...rewards],
  };
  const response = await fetch(`${launched.store.app.appUrl}/app/program/earn?_data=routes%2Fapp.program.earn`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': browserAgent,
      authorization: `Bearer ${idToken(launched.store)}`,
    },
    body: JSON.stringify({ intent: 'save', document: full, basedOn: version, revision: null }),
  });
  expect(response.status, await response.clone().text()).toBe(200);
};

beforeAll(async () => {
  story = await startStory('e2e-axe');
  await saveDraft();
  merchant = await story.merchant('en');
}, slow);
afterAll(() => story?.end(), slow);

const places = [
  '',
  '/start/next',
  '/members',
  '/members/import',
  '/health',
  '/settings',
  '/donations',
  '/fulfilment',
  '/partners',
  '/codes/my-pool-code',
  '/program',
  '/program/earn',
  '/program/tiers',
  '/program/rewards',
  '/program/policies',
  '/program/names',
  '/program/versions',
  '/program/review',
  '/program/simulation',
  ...kinds.map((kind) => `/program/rewards/my-${kind.replaceAll('_', '-')}`),
];

/** A desk; the same at 200 %; a phone; and the narrowest that WCAG asks for (1280 px at 400 %). */
const widths = [1280, 640, 390, 320];

/** How far a page goes out of the window: there it would have to be moved sideways. */
const sideways = (): Promise<number> =>
  merchant.ask(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe('pages of the admin can be used without seeing or pointing', () => {
  test.each(places)('%s', { timeout: slow }, async (place) => {
    await merchant.page.setViewportSize({ width: 1280, height: 1000 });
    await merchant.open(`/app${place}`);
    for (const width of widths) {
      await merchant.page.setViewportSize({ width, height: 1000 });
      await expect.poll(sideways, { message: `at ${width} px it goes out of the window` }).toBeLessThanOrEqual(0);
      expect([width, ...(await violationsOf(story, merchant.page))]).toEqual([width]);
    }
  });

  test('the fields of a bonus and of a tier, opened', { timeout: slow }, async () => {
    await merchant.open('/app/program/earn');
    await merchant.admin.getByRole('button', { name: 'Bonus', exact: true }).click();
    expect(await violationsOf(story, merchant.page)).toEqual([]);
    await merchant.open('/app/program/tiers');
    await merchant.admin.getByRole('button', { name: 'Gold', exact: true }).click();
    expect(await violationsOf(story, merchant.page)).toEqual([]);
  });
});
