import { mkdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, type Launched } from 'test/devstore/process/launch';
import { browserAgent } from 'test/devstore/storefront/shopper';
import { openBrowser } from 'test/support/browser';

const pictures = join(process.cwd(), 'test-output', 'screenshots');
const wide = { width: 1440, height: 900 };
const narrow = { width: 390, height: 844 };
const slow = 240_000;

let launched: Launched;
let browser: Browser;
let shopperContext: BrowserContext;
let shopper: Page;
let merchant: Page;
let admin: FrameLocator;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  const folder = join(process.cwd(), '.data', 'e2e');
  rmSync(folder, { recursive: true, force: true });
  launched = await launch({ folder, customers: 60, port: 0 });
  browser = await openBrowser();
  shopperContext = await browser.newContext({ userAgent: browserAgent, viewport: wide, locale: 'it-IT' });
  shopper = await shopperContext.newPage();
  merchant = await (await browser.newContext({ userAgent: browserAgent, viewport: wide, locale: 'it-IT' })).newPage();
  admin = merchant.frameLocator('iframe[name=app]');
  shopper.setDefaultTimeout(60_000);
  merchant.setDefaultTimeout(60_000);
}, slow);

afterAll(async () => {
  await browser?.close();
  await launched?.stop();
}, slow);

/** A picture of a page at both widths, and the promise that nothing is wider than the screen. */
const picture = async (page: Page, name: string): Promise<void> => {
  for (const [size, suffix] of [
    [wide, '1440'],
    [narrow, '390'],
  ] as const) {
    await page.setViewportSize(size);
    await page.waitForTimeout(350);
    await page.screenshot({ path: join(pictures, `${name}-${suffix}.png`), fullPage: page === shopper });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `${name} at ${suffix} px scrolls sideways`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize(wide);
};

/** Waits until the script of the page in the admin's frame has taken over what the server painted. */
const hydrated = async (): Promise<void> => {
  const frame = merchant.frames().find((one) => one.url().startsWith(launched.appUrl));
  if (frame === undefined) throw new Error('the admin shows no app');
  await frame.waitForFunction(() =>
    [...document.querySelectorAll('input')].some((field) =>
      Object.keys(field).some((name) => name.startsWith('__reactProps')),
    ),
  );
};

const available = (): Promise<string | null> =>
  shopper.locator('[data-fidelio-available]').first().textContent({ timeout: 5_000 });

const buyBasket = async (units: string): Promise<void> => {
  await shopper.goto(`${launched.store.origin}/products/cesto-regalo`);
  await shopper.fill('input[name=quantity]', units);
  await shopper.click('button[name=add]');
  await shopper.waitForURL('**/cart');
};

const pay = async (): Promise<void> => {
  await shopper.goto(`${launched.store.origin}/checkout`);
  await shopper.click('button[name=pay]');
  await shopper.waitForSelector('[data-order-name]');
};

const balanceShows = async (points: string): Promise<void> => {
  await expect
    .poll(
      async () => {
        await shopper.goto(`${launched.store.origin}/cart`);
        return available();
      },
      { timeout: 60_000 },
    )
    .toBe(points);
};

const hydratedButton = async (): Promise<void> => {
  const frame = merchant.frames().find((one) => one.url().startsWith(launched.appUrl));
  if (frame === undefined) throw new Error('the admin shows no app');
  await frame.waitForFunction(() =>
    [...document.querySelectorAll('button')].some((button) =>
      Object.keys(button).some((name) => name.startsWith('__reactProps')),
    ),
  );
};

test('the merchant starts a program on one page and imports twelve months of orders', { timeout: slow }, async () => {
  await merchant.goto(`${launched.store.origin}/admin?locale=it`);
  await admin.getByText('Ti diamo il benvenuto in Fidelio', { exact: true }).waitFor({ timeout: 30_000 });
  await picture(merchant, 'admin-start');
  const count = admin.getByLabel('Conta quanto darebbero gli ordini passati');
  await hydrated();
  expect(await count.isChecked(), 'nothing is awarded unasked').toBe(false);
  await count.check();
  await admin.getByRole('button', { name: 'Avvia il programma' }).click();
  // Going elsewhere at once would cut the request off, as closing the tab does.
  await admin.getByText('Punti in circolazione').waitFor({ timeout: 60_000 });
  const counted = admin.getByText(/ordini darebbero .* punti, per un valore fino a .*€/);
  await counted.waitFor({ timeout: 120_000 });
  expect(launched.store.metafields.size, 'no member has a balance yet').toBeLessThanOrEqual(1);
  await picture(merchant, 'admin-home-counted');
  await admin.getByRole('button', { name: /^Assegna [\d.]+ punti$/ }).click();
  await admin.getByText(/ordini passati importati/).waitFor({ timeout: 120_000 });
  await merchant.goto(`${launched.store.origin}/admin/app?locale=it`);
  await admin.getByText(/ordini passati importati/).waitFor();
  await picture(merchant, 'admin-home');
});

test(
  'a shopper buys, sees the points arrive, spends them in the cart and buys again with the discount',
  { timeout: slow },
  async () => {
    await shopper.goto(`${launched.store.origin}/?locale=it`);
    await picture(shopper, 'shop-home-guest');
    await shopper.goto(`${launched.store.origin}/products/cesto-regalo`);
    await picture(shopper, 'shop-product');
    await buyBasket('2');
    await picture(shopper, 'shop-cart-guest');
    await shopper.goto(`${launched.store.origin}/account/login`);
    await shopper.fill('input[name=email]', 'alba.serena@example.com');
    await shopper.click('main button');
    await pay();
    await balanceShows('178');

    await buyBasket('1');
    await picture(shopper, 'shop-cart-member');
    const asked: string[] = [];
    shopper.on('request', (request) => {
      if (request.url().includes('/apps/loyalty/')) asked.push(request.url());
    });
    await shopper.reload();
    expect(asked, 'the page asked our server before the shopper did anything').toEqual([]);

    await shopper.locator('[data-reward=five-off] button').click();
    await shopper.waitForSelector('[data-cart-discount]');
    expect(await shopper.locator('[data-cart-discount]').textContent()).toMatch(/5,00/);
    await picture(shopper, 'shop-cart-redeemed');
    await shopper.goto(`${launched.store.origin}/checkout`);
    expect(await shopper.locator('[data-checkout-discount]').textContent()).toMatch(/5,00/);
    await picture(shopper, 'shop-checkout');
    await shopper.click('button[name=pay]');
    await shopper.waitForSelector('[data-order-name]');
    await picture(shopper, 'shop-thanks');
    await shopper.goto(`${launched.store.origin}/account`);
    await picture(shopper, 'shop-account');
    await balanceShows(String(178 - 100 + 84));
  },
);

test('the slider shows what points are worth, and the choice becomes a discount', { timeout: slow }, async () => {
  await buyBasket('1');
  const slider = shopper.locator('[data-reward=as-you-like] input[type=range]');
  expect(await slider.getAttribute('max')).toBe('160');
  await slider.fill('60');
  expect(await shopper.locator('[data-reward=as-you-like] output').textContent()).toMatch(/60 punti · 3,00/);
  await shopper.locator('[data-reward=as-you-like] button').click();
  await shopper.waitForSelector('[data-cart-discount]');
  expect(await shopper.locator('[data-cart-discount]').textContent()).toMatch(/3,00/);
  await expect.poll(available, { timeout: 30_000 }).toBe(String(162 - 60));
});

test('the texts of the cart fit and are translated in all five languages', { timeout: slow }, async () => {
  for (const locale of ['en', 'de', 'fr', 'es', 'it']) {
    await shopper.goto(`${launched.store.origin}/cart?locale=${locale}`);
    expect(await shopper.locator('main').textContent()).not.toContain('Translation missing');
    await picture(shopper, `shop-cart-${locale}`);
  }
});

test('the shopper opens the history, and every entry says why', { timeout: slow }, async () => {
  await shopper.goto(`${launched.store.origin}/account?locale=it`);
  await shopper.getByText('Storico: punti').click();
  await shopper.getByText('178 punti: 178,00 €, 1 punto ogni 1,00 €').waitFor();
  await shopper.getByText('In cambio di uno sconto di 5,00 €').waitFor();
  expect(await shopper.locator('fidelio-history [role=status]').textContent()).toBe('');
  await picture(shopper, 'shop-history');
});

test('the merchant finds the member and every entry explains itself', { timeout: slow }, async () => {
  await merchant.goto(`${launched.store.origin}/admin/app/members?locale=it`);
  await admin.getByPlaceholder('Cerca per nome').waitFor();
  await hydrated();
  await admin.getByPlaceholder('Cerca per nome').fill('Alba Serena');
  await admin.getByRole('link', { name: 'Alba Serena' }).waitFor();
  await expect.poll(() => admin.locator('tbody tr').count(), { timeout: 30_000 }).toBe(1);
  await picture(merchant, 'admin-members');
  await admin.getByRole('link', { name: 'Alba Serena' }).click();
  await admin.getByText('178 punti: 178,00 €, 1 punto ogni 1,00 €').waitFor();
  await admin.getByText('In cambio di uno sconto di 5,00 €').waitFor();
  await picture(merchant, 'admin-member');
});

test('the merchant changes the rate, saves, and the next order earns by it', { timeout: slow }, async () => {
  await merchant.goto(`${launched.store.origin}/admin/app/program?locale=it`);
  await admin.getByLabel('Punti', { exact: true }).waitFor();
  await hydrated();
  await admin.getByLabel('Punti', { exact: true }).fill('2');
  await admin.getByText('Un ordine da 50,00 € vale 100 punti.').waitFor();
  await picture(merchant, 'admin-program');
  await admin.getByRole('button', { name: 'Salva' }).click();
  await admin.getByText('Versione 2, pubblicata').waitFor();
  await merchant.getByText('La versione 2 è pubblicata').waitFor();
  await shopper.goto(`${launched.store.origin}/cart`);
  const before = Number(await available());
  await pay();
  await balanceShows(String(before + 2 * (89 - 3)));
});

test(
  'the health page says that the ledger adds up, and compares the orders when asked',
  { timeout: slow },
  async () => {
    await merchant.goto(`${launched.store.origin}/admin/app/health?locale=it`);
    await admin.getByText('Tutto torna').waitFor();
    await hydratedButton();
    const asked = merchant.waitForResponse(
      (answer) => answer.request().method() === 'POST' && answer.url().includes('/app/health'),
    );
    await admin.getByRole('button', { name: 'Controlla ora: Ordini del negozio' }).click();
    await asked;
    await admin.getByRole('button', { name: 'Controlla ora: I conti tornano' }).click();
    await admin.getByText(/Ultimo controllo: .* movimenti/).waitFor();
    await expect
      .poll(
        async () => {
          await merchant.goto(`${launched.store.origin}/admin/app/health?locale=it`);
          await admin.getByText('Tutto torna').waitFor();
          return admin.getByText(/ordini visti|ordine visto/).count();
        },
        { timeout: 60_000, interval: 2000 },
      )
      .toBe(1);
    await picture(merchant, 'admin-health');
  },
);

test('staff corrects a balance with a reason, and the history says so', { timeout: slow }, async () => {
  await merchant.goto(`${launched.store.origin}/admin/app/members?locale=it&q=Alba%20Serena`);
  await admin.getByRole('link', { name: 'Alba Serena' }).click();
  await admin.getByRole('button', { name: 'Azioni' }).waitFor();
  await hydratedButton();
  await admin.getByRole('button', { name: 'Azioni' }).click();
  await picture(merchant, 'admin-member-actions');
  await admin.getByRole('menuitem', { name: 'Rettifica il saldo' }).click();
  const points = admin.getByLabel('Punti da aggiungere o togliere');
  await points.fill('1,5');
  await admin.getByLabel('Motivo, per il cliente').fill('Scuse per il ritardo');
  await admin.getByText('Solo numeri interi, senza decimali.').waitFor();
  await points.fill('−400');
  await admin.getByRole('button', { name: 'Rettifica', exact: true }).click();
  await admin.getByText(/non si possono togliere 400 punti/).waitFor();
  await picture(merchant, 'admin-member-refused');
  await points.fill('999.999');
  await admin.getByRole('button', { name: 'Rettifica', exact: true }).click();
  await admin.getByText(/999\.999 punti: valgono fino a 49\.999,95/).waitFor();
  await picture(merchant, 'admin-member-large');
  await points.fill('25');
  await admin.getByLabel('Nota interna').fill('Ha chiamato due volte');
  await admin.getByRole('button', { name: 'Rettifica', exact: true }).click();
  await admin.getByText('Scuse per il ritardo (staff)').waitFor();
  await admin.getByText('Nota interna: Ha chiamato due volte').waitFor();
  await admin.getByRole('dialog').waitFor({ state: 'detached' });
  await picture(merchant, 'admin-member-adjusted');
});

test(
  'the merchant imports a file, sees what is wrong with it before anything happens, and takes it back',
  { timeout: slow },
  async () => {
    await merchant.goto(`${launched.store.origin}/admin/app/members/import?locale=it`);
    await admin.getByText('Scegli un file').waitFor();
    await hydratedButton();
    await picture(merchant, 'admin-import');
    const file =
      'email,points\ngiulia.rossi@example.com,120\nqualcuno@example.com,30\nalba.serena@example.com,"1,250"\n';
    await admin
      .locator('input[type=file]')
      .setInputFiles({ name: 'smile.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
    await admin.getByText('Scrivi «1,250» senza separatore').waitFor({ timeout: 60_000 });
    await picture(merchant, 'admin-import-review');
    await admin.getByLabel('Tralascia questa riga e importa le altre').check();
    await admin.getByRole('button', { name: 'Importa 2 righe' }).click();
    await admin.getByText('Importato', { exact: true }).waitFor({ timeout: 60_000 });
    await picture(merchant, 'admin-import-done');
    await admin.getByRole('button', { name: 'Annulla importazione' }).click();
    await admin.getByText('Annullare l’importazione di smile.csv?').waitFor();
    await admin.getByRole('dialog').getByRole('button', { name: 'Annulla importazione' }).click();
    await admin.getByText('Annullato', { exact: true }).waitFor({ timeout: 60_000 });
  },
);

test('the merchant takes everything home as a file', { timeout: slow }, async () => {
  await merchant.goto(`${launched.store.origin}/admin/app/members?locale=it`);
  await admin.getByRole('button', { name: 'Esporta' }).waitFor();
  await hydratedButton();
  await admin.getByRole('button', { name: 'Esporta' }).click();
  await picture(merchant, 'admin-export');
  await admin.getByRole('button', { name: 'Esporta' }).click(); // another size of the screen closes what is open
  const saved = merchant.waitForEvent('download');
  await admin.getByRole('menuitem', { name: /Tutto/ }).click();
  const text = await readFile(await (await saved).path(), 'utf8');
  const tables = new Set(
    text
      .trim()
      .split('\n')
      .map((one) => (JSON.parse(one) as { table: string }).table),
  );
  expect([...tables]).toEqual(
    expect.arrayContaining(['program', 'member', 'entry', 'lot', 'order', 'redemption', 'import_line']),
  );
});
