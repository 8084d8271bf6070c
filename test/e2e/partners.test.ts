import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newReward } from '~/core/rewards/section';
import { openPartnerServer, type PartnerServer } from 'test/support/partnerServer';
import { pictureOf, publishRewards } from 'test/support/rewardStory';
import { startStory, type Merchant, type Story } from 'test/support/story';

const slow = 240_000;

let story: Story;
let shopper: Page;
let merchant: Merchant;
let server: PartnerServer;

const cart = (): Promise<unknown> => shopper.goto(`${story.launched.store.origin}/cart`);
const available = (): Promise<string | null> => shopper.locator('[data-fidelio-available]').first().textContent();
const says = (text: string | RegExp): Promise<void> =>
  shopper.locator('.fidelio-rewards__status').getByText(text).waitFor();
const openHistory = async (): Promise<void> => {
  await shopper.goto(`${story.launched.store.origin}/account`);
  await shopper.locator('fidelio-history summary').click();
};

beforeAll(async () => {
  mkdirSync(join(process.cwd(), 'test-output', 'screenshots'), { recursive: true });
  server = await openPartnerServer();
  server.delivers = false;
  story = await startStory('partners');
  await publishRewards(story, [newReward('donation', 'bosco', 'EUR')]);
  shopper = await story.shopper('giulia.rossi@example.com');
  merchant = await story.merchant();
}, slow);

afterAll(async () => {
  await story?.end();
  await server?.close();
}, slow);

const button = (name: string) => merchant.admin.getByRole('button', { name, exact: true });
const choose = (label: string, name: RegExp | string) =>
  merchant.admin
    .getByLabel(label, { exact: true })
    .selectOption(typeof name === 'string' ? { label: name } : { index: 1 });

test('the merchant sets a partner up and uploads its catalogue and its codes', { timeout: slow }, async () => {
  await merchant.open('/app/partners');
  await merchant.admin.getByLabel('Nome del partner').fill('Cinema Aurora');
  await merchant.admin.getByRole('button', { name: 'Aggiungi', exact: true }).click();
  await merchant.admin.getByText('Ancora nessun catalogo.').waitFor();
  const file = (text: string) => ({ name: 'file.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  const [catalogue, codes] = [0, 1].map((n) => merchant.admin.locator('input[type=file]').nth(n));
  await codes?.setInputFiles(file('biglietto,AURORA-1\n'));
  await merchant.admin.getByText('Riga 1: nel catalogo non c’è questo articolo.').waitFor();
  await catalogue?.setInputFiles(file('biglietto;Biglietto del cinema;7,50;https://aurora.example/usa?c={code}\n'));
  await merchant.admin.getByText('Il catalogo ha 1 articolo.').first().waitFor();
  await codes?.setInputFiles(file('biglietto,AURORA-1,2099-12-31\n'));
  await merchant.admin.getByText('1 codice aggiunto.').first().waitFor();
  await pictureOf(merchant.page, 'admin-partner-files', false);
});

test('makes a reward of it and publishes', { timeout: slow }, async () => {
  await merchant.open('/app/program/rewards');
  await merchant.admin.getByRole('button', { name: 'Aggiungi premio' }).click();
  await merchant.admin.getByText('Premio di un partner', { exact: true }).click();
  await merchant.admin.getByRole('option', { name: 'Cinema Aurora' }).waitFor({ state: 'attached' });
  await choose('Partner', 'Cinema Aurora');
  await choose('Articolo', /Biglietto/);
  await merchant.admin.getByText(/^Ognuno ti costa 7,50/).waitFor();
  await merchant.admin.getByLabel('Prezzo in punti').fill('20');
  await merchant.admin.getByLabel('Attivo', { exact: true }).check();
  await merchant.admin.getByText('20 punti per «Biglietto del cinema» da un partner.').waitFor();
  await pictureOf(merchant.page, 'admin-reward-partner', false);
  await button('Salva').click();
  await button('Salva').waitFor({ state: 'hidden' });
  await merchant.open('/app/program/review');
  await merchant.admin.getByText(/20 punti per «Biglietto del cinema» da un partner/).waitFor();
  await button('Pubblica ora').click();
  await merchant.admin
    .getByText(/^Versione \d+, pubblicata/)
    .first()
    .waitFor();
});

test('the shopper gets the code once, and finds it again', { timeout: slow }, async () => {
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
  const redeem = shopper.locator('[data-redeem]').last();
  await redeem.click();
  await says(/Il tuo codice: AURORA-1 · Usalo qui: https:\/\/aurora\.example\/usa\?c=AURORA-1/);
  expect(await available()).toBe(String(before - 20));
  await pictureOf(shopper, 'shop-partner-said', true);
  await redeem.click();
  await says('Al momento è esaurito. Il tuo saldo resta com’è.');
  expect(await available()).toBe(String(before - 20));
  await openHistory();
  await shopper.getByText('Il tuo codice: AURORA-1').waitFor();
  await pictureOf(shopper, 'shop-partner-history', true);
});

test('a refund takes only the order’s own points back: what the partner gave is final', { timeout: slow }, async () => {
  const { store } = story.launched;
  const balanceIs = (points: number): Promise<void> =>
    expect.poll(async () => (await cart(), Number(await available())), { timeout: 60_000 }).toBe(points);
  await cart();
  const before = Number(await available());
  await shopper.goto(`${store.origin}/products/tazza-in-ceramica`);
  await shopper.fill('input[name=quantity]', '2');
  await shopper.click('button[name=add]');
  await shopper.goto(`${store.origin}/checkout`);
  await shopper.click('button[name=pay]');
  await shopper.waitForSelector('[data-order-name]');
  await balanceIs(before + 48);
  const [order] = [...store.orders.values()].toSorted((one, other) => other.id - one.id);
  for (const left of [24, 0]) {
    const answer = await fetch(`${store.origin}/devstore/orders/${order?.id}/refund`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ lines: [{ lineId: order?.line_items[0]?.id, quantity: 1 }] }),
    });
    expect(answer.status).toBeLessThan(300);
    await balanceIs(before + left);
  }
});

test(
  'a partner with a server is kept only when it answers; its secret is never shown again',
  { timeout: slow },
  async () => {
    await merchant.open('/app/partners');
    await merchant.admin.getByLabel('Nome del partner').fill('Cine');
    await merchant.admin.getByLabel('Come funziona').selectOption('http');
    await merchant.admin.getByLabel('Indirizzo del server').fill(server.address);
    await merchant.admin.getByLabel('Chiave segreta').fill('sbagliata');
    await merchant.admin.getByRole('button', { name: 'Aggiungi', exact: true }).click();
    await merchant.admin.getByText(/^Il server risponde, ma non con un catalogo/).waitFor();
    await merchant.admin.getByLabel('Chiave segreta').fill(server.secret);
    await merchant.admin.getByRole('button', { name: 'Aggiungi', exact: true }).click();
    await merchant.admin.getByText('Cinema ticket').waitFor();
    expect(await merchant.admin.getByLabel('Chiave segreta').inputValue()).toBe('');
    expect(await merchant.admin.locator('body').innerHTML()).not.toContain(server.secret);
    await pictureOf(merchant.page, 'admin-partner-server', false);
  },
);
