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
/** What went wrong on pages of the admin, as the browser says it. */
const broken: string[] = [];

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
  merchant.on('pageerror', ({ message }) => broken.push(message));
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

test(
  'the merchant starts a program in a few steps and imports twelve months of orders',
  { timeout: slow },
  async () => {
    await merchant.goto(`${launched.store.origin}/admin?locale=it`);
    await admin.getByText('Ti diamo il benvenuto in Fidelio', { exact: true }).waitFor({ timeout: 30_000 });
    await hydrated();
    await picture(merchant, 'admin-start');
    // What was chosen is there when the page is opened again.
    await admin.getByText('Moda', { exact: true }).click();
    const kept = merchant.waitForResponse((answer) => answer.request().method() === 'POST' && answer.ok());
    await admin.getByText('Con il livello Oro: 75 punti.').waitFor();
    await kept;
    await merchant.goto(`${launched.store.origin}/admin?locale=it`);
    await admin.getByText('Con il livello Oro: 75 punti.').waitFor({ timeout: 30_000 });
    expect(await admin.getByRole('radio', { name: 'Moda' }).isChecked()).toBe(true);
    await hydrated();
    // Whoever presses while the choice is being kept still comes to the next page: what is read again after keeping
    // would be read when the program has begun, and before the next page is there.
    const begun = merchant.waitForResponse((answer) => answer.request().postData()?.includes('intent') === false);
    await merchant.route(/_data=/, async (route) => {
      const isRead = route.request().method() === 'GET';
      if (isRead) await begun;
      if (isRead && route.request().url().includes('/start/next')) await merchant.waitForTimeout(700);
      await route.continue();
    });
    const keptAnew = merchant.waitForResponse(
      (answer) => answer.request().postData()?.includes('intent=keep') === true,
    );
    await admin.getByText('Semplice', { exact: true }).click();
    await keptAnew;
    await admin.getByRole('button', { name: 'Avvia il programma' }).click();
    await admin.getByText('Il programma è attivo', { exact: true }).waitFor({ timeout: 60_000 });
    await merchant.unrouteAll({ behavior: 'wait' });
    expect(merchant.frames().some((frame) => frame.url().includes('/app/start/next'))).toBe(true);
    await picture(merchant, 'admin-start-next');
    await admin.getByRole('link', { name: 'Conta gli ordini passati' }).click();
    await admin.getByText('In circolazione').waitFor({ timeout: 60_000 });
    await admin.getByRole('button', { name: 'Conta gli ordini passati' }).click();
    const counted = admin.getByText(/ordini darebbero .* punti, per un valore fino a .*€/);
    await counted.waitFor({ timeout: 120_000 });
    const ofCustomers = [...launched.store.metafields.keys()].filter((key) => key.includes('/Customer/'));
    expect(ofCustomers, 'no member has a balance yet').toEqual([]);
    await picture(merchant, 'admin-home-counted');
    await admin.getByRole('button', { name: /^Assegna [\d.]+ punti$/ }).click();
    await admin.getByText(/ordini passati importati/).waitFor({ timeout: 120_000 });
    await merchant.goto(`${launched.store.origin}/admin/app?locale=it`);
    await admin.getByText(/ordini passati importati/).waitFor();
    await picture(merchant, 'admin-home');
  },
);

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
  // The words follow once the script is there.
  await expect.poll(() => shopper.inputValue('[data-reward=as-you-like] [data-typed]')).toBe('60');
  expect(await shopper.textContent('[data-reward=as-you-like] output')).toMatch(/^punti · 3,00/);
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

test(
  'the merchant changes the rate in a draft and publishes it; the next order earns by it; then version 1 comes back',
  { timeout: slow },
  async () => {
    await merchant.goto(`${launched.store.origin}/admin/app/program/earn?locale=it`);
    await admin.getByLabel('Punti', { exact: true }).waitFor();
    await hydrated();
    await admin.getByLabel('Punti', { exact: true }).fill('2');
    await admin.getByText('Un ordine da 50,00 € vale 100 punti.').waitFor();
    await admin.getByText('Ogni 1,00 € vale 2 punti.').waitFor();
    await picture(merchant, 'admin-program');
    await admin.getByRole('button', { name: 'Salva' }).click();
    await merchant.getByText('Bozza salvata').waitFor();
    await admin.getByText('1 modifica rispetto alla versione 1').waitFor();
    await shopper.goto(`${launched.store.origin}/cart`);
    expect(await shopper.locator('[data-fidelio-available]').count(), 'a draft is nobody’s business').toBeGreaterThan(
      0,
    );
    await admin.getByRole('link', { name: 'Rivedi e pubblica' }).click();
    await admin.getByText('Regola di base: Ogni 1,00 € vale 1 punto → Ogni 1,00 € vale 2 punti.').waitFor();
    await picture(merchant, 'admin-program-review');
    await admin.getByRole('button', { name: 'Pubblica ora' }).click();
    await admin.getByText('Versione 2, pubblicata').waitFor();
    await merchant.getByText('La versione 2 è pubblicata').waitFor();
    await shopper.goto(`${launched.store.origin}/cart`);
    const before = Number(await available());
    await pay();
    await balanceShows(String(before + 2 * (89 - 3)));

    await admin.getByRole('tab', { name: 'Versioni' }).click();
    await admin.getByRole('link', { name: 'Vedi la versione 1' }).click();
    await admin.getByText('Regola di base: Ogni 1,00 € vale 2 punti → Ogni 1,00 € vale 1 punto.').waitFor();
    await picture(merchant, 'admin-program-versions');
    await admin.getByRole('button', { name: 'Usa come bozza' }).click();
    await merchant.getByText('Ora è la bozza').waitFor();
    await admin.getByRole('link', { name: 'Rivedi e pubblica' }).click();
    await admin.getByRole('button', { name: 'Pubblica ora' }).click();
    await admin.getByText('Versione 3, pubblicata').waitFor();
    await admin.getByText('Ogni 1,00 € vale 1 punto.').waitFor();
  },
);

test('the merchant gives the program a colour and a sign, and the shop wears them', { timeout: slow }, async () => {
  await merchant.goto(`${launched.store.origin}/admin/app/program/names?locale=it`);
  await admin.getByLabel('Colore d’accento').waitFor();
  await hydrated();
  await admin.getByLabel('Colore d’accento').fill('#b8327a');
  await admin.getByText(/^Contrasto 5,5:1 sul bianco/).waitFor();
  await admin.getByRole('button', { name: 'Corona' }).click();
  await picture(merchant, 'admin-program-names');
  await admin.getByRole('button', { name: 'Salva' }).click();
  await merchant.getByText('Bozza salvata').waitFor();
  await admin.getByRole('link', { name: 'Rivedi e pubblica' }).click();
  await admin.getByText('Colore d’accento: nessun valore → #b8327a.').waitFor();
  await admin.getByText('Icona: nessun valore → Corona.').waitFor();
  await admin.getByRole('button', { name: 'Pubblica ora' }).click();
  await admin.getByText('Versione 4, pubblicata').waitFor();
  await admin.getByRole('tab', { name: 'Premi' }).click();
  await admin.getByText('riscattato una volta').first().waitFor();
  expect(await admin.getByText('riscattato una volta').count(), 'the voucher and the slider').toBe(2);
  await expect
    .poll(
      async () => {
        await shopper.goto(`${launched.store.origin}/cart?locale=it`);
        return shopper.locator('fidelio-rewards').getAttribute('style');
      },
      { timeout: 60_000 },
    )
    .toContain('--fidelio-accent: #b8327a');
  expect(await shopper.locator('.fidelio-balance svg').count()).toBe(1);
  await buyBasket('1');
  const button = shopper.locator('[data-redeem]').first();
  const colors = await button.evaluate((one) => [getComputedStyle(one).backgroundColor, getComputedStyle(one).color]);
  expect(colors).toEqual(['rgb(184, 50, 122)', 'rgb(255, 255, 255)']);
  await button.focus();
  await picture(shopper, 'shop-cart-accent');
});

test(
  'the health page says that the ledger adds up, and compares the orders when asked',
  { timeout: slow },
  async () => {
    await merchant.goto(`${launched.store.origin}/admin/app/health?locale=it`);
    await admin.getByRole('heading', { name: 'Registro dei punti' }).waitFor();
    await hydratedButton();
    const asked = merchant.waitForResponse(
      (answer) => answer.request().method() === 'POST' && answer.url().includes('/app/health'),
    );
    await admin.getByRole('button', { name: 'Controlla ora: Ordini del negozio' }).click();
    await asked;
    await admin.getByRole('button', { name: 'Controlla ora: Registro dei punti' }).click();
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

test('the merchant makes tiers and sees how many members each would hold', { timeout: slow }, async () => {
  await merchant.goto(`${launched.store.origin}/admin/app/program/tiers?locale=it`);
  await admin.getByRole('button', { name: 'Inizia con due livelli' }).waitFor();
  await hydratedButton();
  await picture(merchant, 'admin-tiers-none');
  await admin.getByRole('button', { name: 'Inizia con due livelli' }).click();
  await admin.getByRole('button', { name: 'Conta gli iscritti' }).click();
  const counted = admin.getByText(/^Contati alle \d\d:\d\d, con questa bozza: \d+ iscritt/);
  await counted.waitFor({ timeout: 60_000 });
  const sizes = await admin.getByText(/^[\d.]+ iscritt[io]$/).allTextContents();
  expect(sizes).toHaveLength(2);
  expect(sizes.some((size) => !size.startsWith('0 '))).toBe(true);
  await admin.getByRole('button', { name: 'Oro', exact: true }).click();
  await picture(merchant, 'admin-tiers');
  await admin.getByRole('button', { name: 'Scarta' }).click();
  await admin.getByRole('button', { name: 'Inizia con due livelli' }).waitFor();
});

test('the merchant chooses products of the shop for a bonus', { timeout: slow }, async () => {
  await merchant.goto(`${launched.store.origin}/admin/app/program/earn?locale=it`);
  await admin.getByRole('button', { name: 'Aggiungi bonus' }).waitFor();
  await hydrated();
  await admin.getByRole('button', { name: 'Aggiungi bonus' }).click();
  await admin.getByRole('button', { name: 'Aggiungi condizione' }).click();
  await admin.getByRole('menuitem', { name: 'Prodotti', exact: true }).click();
  await admin.getByRole('button', { name: 'Scegli prodotti: Prodotti', exact: true }).click();
  await admin.getByRole('dialog').getByLabel('Pasta di Gragnano').check();
  await picture(merchant, 'admin-picker');
  await admin.getByRole('dialog').getByRole('button', { name: 'Seleziona', exact: true }).click();
  await admin.getByText('Punti doppi su Pasta di Gragnano.').waitFor();
  await picture(merchant, 'admin-earn');
  await admin.getByRole('button', { name: 'Scarta' }).click();
  expect(broken, 'errors on the pages of the merchant').toEqual([]);
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
    await admin.getByLabel('Ignora questa riga e importa le altre').check();
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
