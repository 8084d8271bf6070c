import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProgramDocument } from '~/core/program/document';
import { newReward, type Reward } from '~/core/rewards/section';
import { newTiers } from '~/core/tiers/newTiers';
import { perTongue } from '~/core/values/text';
import { idToken } from 'test/devstore/admin-api/auth';
import { createMerchant } from 'test/devstore/storefront/shopper';
import { publishRewards } from 'test/support/rewardStory';
import { startStory, type Merchant, type Story } from 'test/support/story';

const slow = 240_000;
let story: Story;
let staff: Merchant;

const oneWord = 'W'.repeat(60);
const script = '<script>window.wasRun = true</script>';
const marks = "l'{count} '{' {{ points }} {% raw %}";
const offered = (id: string, name: string): Reward =>
  ({ ...newReward('experience', id, 'EUR'), enabled: true, points: 10, name: perTongue(() => name) }) as Reward;

beforeAll(async () => {
  story = await startStory('e2e-clumsy');
  const [first, second] = newTiers('EUR').levels;
  if (first === undefined || second === undefined) throw new Error('no tiers to begin with');
  const levels = [
    { ...first, name: perTongue(() => oneWord) },
    { ...second, name: perTongue(() => script) },
  ];
  const rewards = [offered('word', oneWord), offered('script', script), offered('marks', marks)];
  await publishRewards(story, rewards, { tiers: { ...newTiers('EUR'), levels } });
  staff = await story.merchant();
}, slow);
afterAll(() => story?.end(), slow);

test(
  'names of one word, of signs and of markup stand as they are, and no page grows with them',
  { timeout: slow },
  async () => {
    const seen: string[] = [];
    for (const width of [1280, 390]) {
      await staff.page.setViewportSize({ width, height: 900 });
      for (const path of ['tiers', 'rewards', 'rewards/word', 'rewards/marks']) {
        await staff.open(`/app/program/${path}`);
        const { text, beyond, isRun } = await staff.ask(() => ({
          text: document.querySelector('main')?.innerText ?? '',
          isRun: 'wasRun' in window,
          beyond: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        }));
        seen.push(text);
        expect([path, width, beyond, isRun]).toEqual([path, width, 0, false]);
        const menus = staff.admin.getByRole('button', { name: /^Azioni per/ });
        for (const menu of await menus.all())
          expect(await menu.evaluate((one) => one.getBoundingClientRect().right <= window.innerWidth)).toBe(true);
      }
    }
    await staff.page.setViewportSize({ width: 1280, height: 1000 });
    for (const name of [oneWord, script, marks]) expect(seen.some((text) => text.includes(name))).toBe(true);
  },
);

test('who types on after a lost answer saves both with one press, as one draft', { timeout: slow }, async () => {
  const { admin, page, open } = staff;
  const isWrite = (url: URL): boolean => url.pathname.startsWith('/app/program') && url.searchParams.has('_data');
  await open('/app/program/earn');
  await admin.getByLabel('Punti', { exact: true }).fill('4');
  await page.route(isWrite, async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    await route.fetch();
    await route.abort('connectionreset');
  });
  await admin.getByRole('button', { name: 'Salva', exact: true }).click();
  await admin.getByText('Nessuna risposta: non sappiamo se è stato salvato').waitFor();
  await page.unroute(isWrite);
  await admin.getByLabel('Limite per ordine').fill('77');
  await admin.getByRole('button', { name: 'Salva', exact: true }).click();
  await admin.getByRole('button', { name: 'Salva', exact: true }).waitFor({ state: 'hidden' });
  expect(await admin.getByText('Le tue modifiche sono ancora qui').count()).toBe(0);
  const { draft } = await createMerchant(story.launched.store, idToken).data<{
    readonly draft: { readonly document: ProgramDocument } | null;
  }>('/app/program', 'routes/app.program');
  const earning = draft?.document.earning;
  expect([earning?.rates[0]?.points, earning?.caps.perOrder]).toEqual([4, 77]);
});
