import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newReward, type Reward } from '~/core/rewards/section';
import { perTongue } from '~/core/values/text';
import { pictureOf, publishRewards } from 'test/support/rewardStory';
import { startStory, type Merchant, type Story } from 'test/support/story';

const pictures = join(process.cwd(), 'test-output', 'screenshots');
const slow = 240_000;

let story: Story;
let shopper: Page;
let merchant: Merchant;

const named = (it: string) => ({ ...perTongue(() => it), it });
const rewards = [
  { ...newReward('donation', 'bosco', 'EUR'), enabled: true, points: 10, charity: 'Bosco Vivo' },
  { ...newReward('pool_code', 'cinema', 'EUR'), enabled: true, points: 20, name: named('Biglietto del cinema') },
  {
    ...newReward('experience', 'cantina', 'EUR'),
    enabled: true,
    points: 30,
    name: named('Visita in cantina'),
    question: perTongue(() => 'Quante persone siete?'),
  },
];

const picture = (page: Page, name: string): Promise<void> => pictureOf(page, name, page === shopper);

const cart = (): Promise<unknown> => shopper.goto(`${story.launched.store.origin}/cart`);
const available = (): Promise<string | null> => shopper.locator('[data-fidelio-available]').first().textContent();
const redeem = (id: string): Promise<void> => shopper.click(`[data-redeem="${id}"]`);
const says = (text: string | RegExp): Promise<void> =>
  shopper.locator('.fidelio-rewards__status').getByText(text).waitFor();
const openHistory = async (): Promise<void> => {
  await shopper.goto(`${story.launched.store.origin}/account`);
  await shopper.locator('fidelio-history summary').click();
};
const balanceShows = (points: string): Promise<void> =>
  expect
    .poll(
      async () => {
        await cart();
        return available();
      },
      { timeout: 60_000 },
    )
    .toBe(points);

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  story = await startStory('given');
  await publishRewards(story, rewards as readonly Reward[]);
  shopper = await story.shopper('giulia.rossi@example.com');
  merchant = await story.merchant();
}, slow);

afterAll(() => story?.end(), slow);

test(
  'the merchant uploads codes; a file with a code that is there already is refused by its line',
  { timeout: slow },
  async () => {
    await merchant.open('/app/codes/cinema');
    const file = (text: string) => ({ name: 'codici.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    const field = merchant.admin.locator('input[type=file]');
    await field.setInputFiles(file('CINE-AAA,2099-12-31\n'));
    await merchant.admin.getByText('1 codice aggiunto.').first().waitFor();
    await field.setInputFiles(file('CINE-BBB\nCINE-AAA\n'));
    await merchant.admin.getByText('Riga 2: questo codice è già nella raccolta.').waitFor();
    await picture(merchant.page, 'admin-codes');
  },
);

test('the shopper gives, gets a code and books a visit, with nothing in the cart', { timeout: slow }, async () => {
  await shopper.goto(`${story.launched.store.origin}/products/cesto-regalo`);
  await shopper.fill('input[name=quantity]', '2');
  await shopper.click('button[name=add]');
  await shopper.goto(`${story.launched.store.origin}/checkout`);
  await shopper.click('button[name=pay]');
  await shopper.waitForSelector('[data-order-name]');
  await expect
    .poll(
      async () => {
        await cart();
        return Number(await available());
      },
      { timeout: 60_000 },
    )
    .toBeGreaterThan(80);
  const before = Number(await available());
  await picture(shopper, 'shop-given');
  await redeem('bosco');
  await says('5,00 € vanno a Bosco Vivo. Grazie!');
  expect(await available()).toBe(String(before - 10));
  await redeem('cinema');
  await says(/Il tuo codice: CINE-AAA, valido fino al/);
  await redeem('cinema');
  await says('Al momento è esaurito. Il tuo saldo resta com’è.');
  await redeem('cantina');
  await says('Prima rispondi alla domanda.');
  await shopper.fill('[data-reward="cantina"] textarea', 'Siamo in quattro');
  await redeem('cantina');
  await says(/È tua: ti scriviamo entro (il |l’)/);
  expect(await available()).toBe(String(before - 60));
  await picture(shopper, 'shop-given-said');
  await openHistory();
  await shopper.getByText('Il tuo codice: CINE-AAA').waitFor();
  await picture(shopper, 'shop-given-after');
});

test(
  'staff reads the answer, says that it cannot be done, and the points are back with the reason',
  { timeout: slow },
  async () => {
    await cart();
    const before = Number(await available());
    await merchant.open('/app');
    await merchant.admin.getByText('1 esperienza da realizzare.').waitFor();
    await merchant.admin.getByText('«Biglietto del cinema»: esauriti.').waitFor();
    // What waits and what runs out stand as far from each other as all else on the page.
    const distances = await merchant.ask(() => {
      const banners = [...document.querySelectorAll('.Polaris-Banner')].map((one) => one.getBoundingClientRect());
      return banners.slice(1).map((one, above) => one.top - (banners[above]?.bottom ?? 0));
    });
    expect(distances).toEqual([16]);
    await picture(merchant.page, 'admin-home-to-do');
    await merchant.open('/app/fulfilment');
    await merchant.admin.getByText('Siamo in quattro').waitFor();
    await picture(merchant.page, 'admin-fulfilment');
    // Done by mistake: it is put on the list again.
    await merchant.admin.getByRole('button', { name: /^Fatta/ }).click();
    await merchant.admin.getByText('Niente da fare').waitFor();
    await merchant.open('/app/fulfilment?view=ended');
    await merchant.admin.getByText('Siamo in quattro').waitFor();
    await picture(merchant.page, 'admin-fulfilment-ended');
    await merchant.admin.getByRole('button', { name: /^Non ancora fatta/ }).click();
    await merchant.admin.getByText('Ancora niente di concluso').waitFor();
    await merchant.open('/app/fulfilment');
    await merchant.admin.getByText('Siamo in quattro').waitFor();
    await merchant.admin.getByRole('button', { name: /^Non si può fare/ }).click();
    await merchant.admin.getByLabel('Motivo (lo legge l’iscritto)').fill('La cantina è allagata');
    await merchant.admin.getByRole('button', { name: 'Restituisci i punti' }).click();
    await merchant.admin.getByText('Niente da fare').waitFor();
    await balanceShows(String(before + 30));
    await openHistory();
    await shopper.getByText('Non è stato possibile realizzarla: La cantina è allagata').waitFor();
  },
);

test('the report says what was given, and the rewards have their pages', { timeout: slow }, async () => {
  await merchant.open('/app/donations');
  await merchant.admin.getByText('Bosco Vivo').waitFor();
  await picture(merchant.page, 'admin-donations');
  for (const id of ['bosco', 'cinema', 'cantina']) {
    await merchant.open(`/app/program/rewards/${id}`);
    await picture(merchant.page, `admin-reward-${id}`);
  }
});
