import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStory, type Merchant, type Story } from 'test/support/story';

const slow = 120_000;
let story: Story;

beforeAll(async () => {
  story = await startStory('e2e-troubles');
}, slow);
afterAll(() => story?.end(), slow);

const textOf = async (page: Page, selector: string): Promise<string> =>
  ((await page.locator(selector).first().textContent()) ?? '').replace(/\s+/g, ' ').trim();

/** Buys a basket for 89.00 and waits until its points are there. */
const earn = async (page: Page, points: string): Promise<void> => {
  await fillCart(page, 'cesto-regalo');
  await page.goto(`${story.launched.store.origin}/checkout`);
  await page.click('button[name=pay]');
  await page.waitForSelector('[data-order-name]');
  await expect
    .poll(
      async () => (await page.goto(`${story.launched.store.origin}/cart`), textOf(page, '[data-fidelio-available]')),
      { timeout: 30_000 },
    )
    .toBe(points);
};

const fillCart = async (page: Page, handle: string): Promise<void> => {
  await page.goto(`${story.launched.store.origin}/products/${handle}`);
  await page.click('button[name=add]');
  await page.waitForURL('**/cart');
};

describe('two people change the program', () => {
  let anna: Merchant;
  let bruno: Merchant;
  const rate = ({ admin }: Merchant) => admin.getByLabel('Punti', { exact: true });
  const hold = ({ admin }: Merchant) => admin.getByLabel('Giorni prima di poter spendere');
  const press = ({ admin }: Merchant) => admin.getByRole('button', { name: 'Salva', exact: true }).click();
  const save = async (who: Merchant): Promise<void> => {
    await press(who);
    await who.admin.getByRole('button', { name: 'Salva', exact: true }).waitFor({ state: 'hidden' });
  };
  const tab = ({ admin }: Merchant, name: string) => admin.getByRole('tab', { name }).click();
  const open = async (who: Merchant, path: string): Promise<void> => {
    await who.open(`/app/program/${path}`);
    await (path === 'earn' ? rate(who) : hold(who)).waitFor();
  };
  const saved = async (): Promise<readonly string[]> => {
    const reader = await story.merchant();
    await open(reader, 'earn');
    const points = await rate(reader).inputValue();
    await open(reader, 'policies');
    const days = await hold(reader).inputValue();
    await reader.context.close();
    return [points, days];
  };

  test(
    'the second save is refused, again and again, until both changes were seen; then both are there',
    { timeout: slow },
    async () => {
      [anna, bruno] = [await story.merchant(), await story.merchant()];
      await open(anna, 'earn');
      await open(bruno, 'policies');
      await rate(anna).fill('2');
      await save(anna);
      await hold(bruno).fill('14');
      for (let time = 1; time <= 3; time += 1) {
        const refused = bruno.page.waitForResponse(
          (answer) => answer.request().method() === 'POST' && answer.url().includes('/app/program'),
        );
        await press(bruno);
        expect((await refused).status()).toBe(409);
        await bruno.admin.getByText('Regola di base: Ogni 1,00 € vale 1 punto → Ogni 1,00 € vale 2 punti.').waitFor();
      }
      await bruno.admin.getByText('Le tue modifiche sono ancora qui.').waitFor();
      await bruno.admin.getByText('Giorni prima di poter spendere: 0 → 14.').waitFor();
      const together = bruno.admin.getByRole('button', { name: 'Salva insieme' });
      await together.click();
      await together.waitFor({ state: 'detached' });
      expect(await hold(bruno).inputValue(), 'what was typed is there').toBe('14');
      await bruno.admin.getByText('2 modifiche rispetto alla versione 1').waitFor();
      expect(await saved()).toEqual(['2', '14']);
    },
  );

  test('where both changed the same, one has to be chosen', { timeout: slow }, async () => {
    await open(bruno, 'earn');
    await open(anna, 'earn');
    await rate(anna).fill('1');
    await save(anna);
    await rate(bruno).fill('5');
    await press(bruno);
    const together = bruno.admin.getByRole('button', { name: 'Salva insieme' });
    await together.waitFor();
    expect(await together.isDisabled()).toBe(true);
    await bruno.admin.getByRole('radio', { name: 'Punti: 2 → 1' }).focus();
    await bruno.page.keyboard.press('Space');
    await together.click();
    await together.waitFor({ state: 'detached' });
    expect(await rate(bruno).inputValue()).toBe('1');
    expect(await saved()).toEqual(['1', '14']);
  });

  test('a version that was published meanwhile meets the draft in the same way', { timeout: slow }, async () => {
    await open(anna, 'policies');
    await anna.admin.getByRole('link', { name: 'Rivedi e pubblica' }).click();
    await anna.admin.getByText('Giorni prima di poter spendere: 0 → 14.').waitFor();
    await rate(bruno).fill('3');
    await anna.admin.getByRole('button', { name: 'Pubblica ora' }).click();
    await anna.admin.getByText('Versione 2, pubblicata').waitFor();
    await press(bruno);
    await bruno.admin.getByText(/ha pubblicato la versione 2|Hai pubblicato la versione 2/).waitFor();
    await bruno.admin.getByText('Regola di base: Ogni 1,00 € vale 1 punto → Ogni 1,00 € vale 3 punti.').waitFor();
    await bruno.admin.getByRole('button', { name: 'Salva insieme' }).click();
    await bruno.admin.getByRole('button', { name: 'Salva insieme' }).waitFor({ state: 'detached' });
    await bruno.admin.getByText('1 modifica rispetto alla versione 2').waitFor();
    expect(await saved()).toEqual(['3', '14']);
  });

  test('what is typed survives going from tab to tab, and one press saves all of it', { timeout: slow }, async () => {
    await open(bruno, 'earn');
    await rate(bruno).fill('7');
    await tab(bruno, 'Regole');
    await hold(bruno).fill('9');
    await tab(bruno, 'Panoramica');
    await bruno.admin.getByText('Ogni 1,00 € vale 7 punti.').waitFor();
    await tab(bruno, 'Guadagnare punti');
    expect(await rate(bruno).inputValue()).toBe('7');
    await save(bruno);
    expect(await saved()).toEqual(['7', '9']);
  });

  test('leaving with unsaved changes asks first: who stays has lost nothing', { timeout: slow }, async () => {
    const { admin, page } = bruno;
    await tab(bruno, 'Regole');
    await hold(bruno).fill('11');
    const question = admin.getByRole('dialog', { name: 'Uscire dalla pagina con modifiche non salvate?' });
    await page.getByRole('link', { name: 'Iscritti' }).click();
    await question.getByRole('button', { name: 'Rimani' }).click();
    expect(await hold(bruno).inputValue()).toBe('11');
    await page.getByRole('link', { name: 'Impostazioni' }).click();
    await question.getByRole('button', { name: 'Esci dalla pagina' }).click();
    await admin.getByText('Chiavi API').waitFor();
    await page.getByRole('link', { name: 'Programma' }).click();
    await tab(bruno, 'Regole');
    await hold(bruno).waitFor();
    expect(await hold(bruno).inputValue()).toBe('9');
    // Nothing is unsaved: nothing is asked.
    await page.getByRole('link', { name: 'Impostazioni' }).click();
    await admin.getByText('Chiavi API').waitFor();
    // The rest of this file buys at the rate of the beginning.
    await open(bruno, 'earn');
    await rate(bruno).fill('1');
    await tab(bruno, 'Regole');
    await hold(bruno).fill('0');
    await save(bruno);
    await admin.getByRole('link', { name: 'Rivedi e pubblica' }).click();
    await admin.getByRole('button', { name: 'Pubblica ora' }).click();
    await admin.getByText('Versione 3, pubblicata').waitFor();
  });
});

describe('the connection breaks', () => {
  let staff: Merchant;
  let shopper: Page;
  const balance = () => staff.admin.locator('main h2:has-text("Disponibili") + p');

  test(
    'while the program is saved: nothing that was typed is lost, and one press saves it',
    { timeout: slow },
    async () => {
      staff = await story.merchant();
      await staff.open('/app/program/policies');
      const hold = staff.admin.getByLabel('Giorni prima di poter spendere');
      await hold.fill('3');
      await staff.context.setOffline(true);
      await staff.admin.getByRole('button', { name: 'Salva', exact: true }).click();
      await staff.admin.getByText('Non salvato: connessione assente').waitFor();
      expect(await hold.inputValue()).toBe('3');
      await staff.context.setOffline(false);
      await staff.admin.getByRole('button', { name: 'Riprova' }).click();
      await staff.page.getByText('Bozza salvata').waitFor();
      await staff.admin.getByText('Non salvato: connessione assente').waitFor({ state: 'detached' });
      await hold.fill('0');
      await staff.admin.getByRole('button', { name: 'Salva', exact: true }).click();
      await staff.admin.getByRole('button', { name: 'Salva', exact: true }).waitFor({ state: 'hidden' });
    },
  );

  test(
    'while a balance is adjusted and the answer is lost: sent again it is adjusted once',
    { timeout: slow },
    async () => {
      shopper = await story.shopper('nora.prova@example.com');
      await earn(shopper, '89');
      await staff.open('/app/members?q=Nora%20Prova');
      await staff.admin.getByRole('link', { name: 'Nora Prova' }).click();
      await staff.admin.getByRole('button', { name: 'Azioni' }).click();
      await staff.admin.getByRole('menuitem', { name: 'Rettifica il saldo' }).click();
      await staff.admin.getByLabel('Punti da aggiungere o togliere').fill('1011');
      await staff.admin.getByLabel('Motivo, per il cliente').fill('Un pensiero');
      const isWrite = (url: URL): boolean => url.pathname.startsWith('/app/members/') && url.searchParams.has('_data');
      let done = 0;
      await staff.page.route(isWrite, async (route) => {
        if (route.request().method() !== 'POST') return route.continue();
        await route.fetch(); // the server does it …
        done += 1;
        await route.abort('connectionreset'); // … and nobody hears of it
      });
      await staff.admin.getByRole('button', { name: 'Rettifica', exact: true }).click();
      await staff.admin.getByText('Nessuna risposta: non sappiamo se è stato salvato').waitFor();
      expect(done).toBe(1);
      expect(await staff.admin.getByLabel('Motivo, per il cliente').inputValue()).toBe('Un pensiero');
      await staff.page.unroute(isWrite);
      await staff.admin.getByRole('button', { name: 'Riprova' }).click();
      await staff.admin.getByRole('dialog').waitFor({ state: 'detached' });
      await staff.admin.getByText('Un pensiero (staff)').waitFor();
      expect(await staff.admin.getByText('Un pensiero (staff)').count()).toBe(1);
      expect(await balance().textContent()).toBe('1.100');
    },
  );

  test(
    'a server that fails, and a session that has ended, are told apart; both keep what was typed',
    { timeout: slow },
    async () => {
      await staff.open('/app/settings');
      const name = staff.admin.getByLabel('Nome della nuova chiave');
      await name.fill('assistenza');
      const isWrite = (url: URL): boolean => url.pathname === '/app/settings';
      for (const [status, headers, words] of [
        [502, {}, 'Nessuna risposta: non sappiamo se è stato salvato'],
        [401, { 'x-remix-catch': 'yes' }, 'Non salvato: Shopify ha chiuso la tua sessione'],
      ] as const) {
        await staff.page.route(isWrite, (route) =>
          route.request().method() === 'POST'
            ? route.fulfill({ status, headers, body: 'Unauthorized' })
            : route.continue(),
        );
        await staff.admin.getByRole('button', { name: 'Crea chiave' }).click();
        await staff.admin.getByText(words).waitFor();
        expect(await name.inputValue()).toBe('assistenza');
        await staff.page.unroute(isWrite);
      }
      await staff.admin.getByRole('button', { name: 'Riprova' }).click();
      await staff.admin.getByText('La chiave è pronta').waitFor();
    },
  );

  test('while a page is fetched: a sentence and a way on, never a stack trace', { timeout: slow }, async () => {
    await staff.open('/app');
    await staff.page.getByRole('link', { name: 'Iscritti' }).click(); // its code is there from now on
    await staff.admin.getByPlaceholder('Cerca per nome').waitFor();
    await staff.page.getByRole('link', { name: 'Home' }).click();
    await staff.admin.getByText('In circolazione').waitFor();
    await staff.context.setOffline(true);
    await staff.page.getByRole('link', { name: 'Iscritti' }).click();
    await staff.admin.getByRole('heading', { name: 'Connessione assente' }).waitFor();
    expect(await staff.admin.locator('body').textContent()).not.toMatch(/TypeError|\bat .*\.js/);
    await staff.context.setOffline(false);
    await staff.page.getByRole('link', { name: 'Iscritti' }).click();
    await staff.admin.getByPlaceholder('Cerca per nome').waitFor();
  });

  test('the shopper reads the reason, and never who of the staff it was', { timeout: slow }, async () => {
    await shopper.goto(`${story.launched.store.origin}/account`);
    const answered = shopper.waitForResponse((answer) => answer.url().includes('/apps/loyalty/history'));
    await shopper.getByText('Storico: punti').click();
    await shopper.getByText('Un pensiero (servizio clienti)').waitFor();
    expect(await textOf(shopper, '.fidelio-history__points')).toBe('+1.011 punti');
    expect(await (await answered).text()).not.toMatch(/staff|78123456/);
  });
});

describe('rewards in a cart', () => {
  let shopper: Page;
  const said = () => textOf(shopper, 'fidelio-rewards [role=status]');
  const focused = () =>
    shopper.evaluate(() => document.activeElement?.getAttribute('data-code') ?? document.activeElement?.tagName ?? '');

  test('after redeeming, the message and the focus are where the code is', { timeout: slow }, async () => {
    shopper = await story.shopper('rita.prova@example.com');
    await earn(shopper, '89');
    await earn(shopper, '178');
    await fillCart(shopper, 'cesto-regalo');
    await shopper.getByRole('button', { name: 'Riscatta: Buono da 5 €' }).click();
    await shopper.waitForSelector('[data-cart-discount]');
    await expect.poll(said).toBe('Lo sconto è nel carrello.');
    expect(await focused()).toMatch(/^[A-Z3-9]{14}$/);
    expect(
      await shopper.getByRole('button', { name: /Riscatta/ }).count(),
      'no other order discount goes with it',
    ).toBe(0);
  });

  test(
    'a code that is given back shows its points on their way: beside the rewards, in the header, to staff',
    { timeout: slow },
    async () => {
      await shopper.evaluate(() =>
        fetch('/cart/update.js', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"discount":""}',
        }),
      );
      await shopper.reload();
      await shopper.getByRole('button', { name: /^Annulla codice: Sconto di 5,00/ }).click();
      await expect.poll(said).toMatch(/^Il codice è annullato\. 100 di ritorno entro le \d\d:\d\d$/);
      expect(await focused()).toBe('H2');
      const shown = (await said()).replace('Il codice è annullato. ', '');
      expect(await shopper.locator('[data-fidelio-returning]').allTextContents()).toEqual([shown, shown]);
      await shopper.reload();
      expect((await shopper.locator('[data-fidelio-returning]').allTextContents()).map((text) => text.trim())).toEqual([
        shown,
        shown,
      ]);
      await shopper.goto(`${story.launched.store.origin}/account`);
      await shopper.getByText('Storico: punti').click();
      await expect.poll(() => textOf(shopper, '.fidelio-history__returning')).toBe(shown);
      const staff = await story.merchant();
      await staff.open('/app/members?q=Rita%20Prova');
      await staff.admin.getByRole('link', { name: 'Rita Prova' }).click();
      await staff.admin.getByText(/In annullamento .* 100 punti di ritorno entro/).waitFor();
      await staff.context.close();
    },
  );

  test('a cart that was emptied in another window sells nothing', { timeout: slow }, async () => {
    await earn(shopper, '256'); // both baskets
    await fillCart(shopper, 'cesto-regalo');
    await shopper.evaluate(async () => {
      const { items } = (await (await fetch('/cart.js')).json()) as { items: { id: number }[] };
      for (const { id } of items)
        await fetch('/cart/change.js', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ id, quantity: 0 }),
        });
    });
    await shopper.getByRole('button', { name: 'Riscatta: Buono da 5 €' }).click();
    await expect.poll(said).toBe('Il carrello è vuoto.');
    expect(await textOf(shopper, '[data-fidelio-available]')).toBe('256');
    await shopper.reload();
    expect(await shopper.getByText('Il carrello è vuoto: aggiungi qualcosa per usare un premio.').isVisible()).toBe(
      true,
    );
    expect(await shopper.getByRole('button', { name: /Riscatta/ }).count()).toBe(0);
  });

  test('without JavaScript no button is dead, and a code in hand can be used', { timeout: slow }, async () => {
    await fillCart(shopper, 'cesto-regalo');
    const asked = shopper.waitForResponse((answer) => answer.url().includes('/apps/loyalty/redeem'));
    await shopper.getByRole('button', { name: 'Riscatta: Buono da 5 €' }).click();
    expect((await asked).ok()).toBe(true);
    await shopper.waitForSelector('[data-cart-discount]');
    const plain = await story.shopper('rita.prova@example.com', { javaScriptEnabled: false });
    await fillCart(plain, 'cesto-regalo');
    await plain.goto(`${story.launched.store.origin}/cart`);
    expect(await plain.locator('fidelio-rewards button:visible').count()).toBe(0);
    expect(await plain.locator('fidelio-rewards noscript p').isVisible()).toBe(true);
    await plain.getByRole('link', { name: /^Usa in questo carrello/ }).click();
    await plain.waitForSelector('[data-cart-discount]');
    await plain.goto(`${story.launched.store.origin}/account`);
    expect(await plain.locator('fidelio-history noscript p').isVisible()).toBe(true);
    expect(await plain.locator('fidelio-history details').isVisible()).toBe(false);
    await plain.context().close();
  });
});

describe('the frame of the admin', () => {
  const pages = [
    ['Programma', 'Programma'],
    ['Iscritti', 'Iscritti'],
    ['Impostazioni', 'Impostazioni'],
    ['Home', 'Home'],
  ] as const;

  test(
    'every page has a title, the language of the admin, one main part and headings without gaps, after navigation, too',
    { timeout: slow },
    async () => {
      const { page, admin, open, ask } = await story.merchant();
      await open('/app');
      for (const [link, title] of pages) {
        await page.getByRole('link', { name: link }).click();
        await expect.poll(() => ask(() => document.title), { timeout: 10_000 }).toBe(`${title} · Fidelio`);
        const found = await ask(() => ({
          language: document.documentElement.lang,
          mains: document.querySelectorAll('main').length,
          headings: [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((one) => Number(one.tagName[1])),
        }));
        expect([link, found.language, found.mains, found.headings[0]]).toEqual([link, 'it', 1, 1]);
        found.headings.forEach((level, index) =>
          expect(level - (found.headings[index - 1] ?? 0), `${link}: heading ${index + 1}`).toBeLessThanOrEqual(1),
        );
      }
      // The browser speaks English, Shopify said Italian: a refusal after navigation does, too.
      await page.getByRole('link', { name: 'Iscritti' }).click();
      await admin.getByRole('heading', { level: 1, name: 'Iscritti' }).waitFor();
      await admin.getByRole('link', { name: 'Rita Prova' }).click();
      await expect.poll(() => ask(() => document.title), { timeout: 10_000 }).toBe('Rita Prova · Fidelio');
      await admin.getByRole('button', { name: 'Azioni' }).click();
      await admin.getByRole('menuitem', { name: 'Rettifica il saldo' }).click();
      await admin.getByLabel('Punti da aggiungere o togliere').fill('-500');
      await admin.getByLabel('Motivo, per il cliente').fill('x');
      await admin.getByRole('button', { name: 'Rettifica', exact: true }).click();
      await admin.getByText(/Il saldo è di .* non si possono togliere 500 punti\./).waitFor();
      expect(await ask(() => document.documentElement.lang)).toBe('it');
    },
  );

  test('the admin shows that the next page is on its way', { timeout: slow }, async () => {
    const { page, admin, open } = await story.merchant();
    await open('/app');
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await page.route(
      (url) => url.pathname === '/app/members' && url.searchParams.has('_data'),
      async (route) => {
        await held;
        await route.continue();
      },
    );
    await page.getByRole('link', { name: 'Iscritti' }).click();
    await page.locator('.top[data-loading]').waitFor();
    letGo();
    await admin.getByPlaceholder('Cerca per nome').waitFor();
    await page.locator('.top:not([data-loading])').waitFor();
  });
});
