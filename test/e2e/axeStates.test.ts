import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { violationsOf } from 'test/support/axe';
import { startStory, type Merchant, type Story } from 'test/support/story';

const slow = 240_000;

let story: Story;
let merchant: Merchant;

const button = (name: string | RegExp): Locator => merchant.admin.getByRole('button', { name });
const dialog = (): Locator => merchant.admin.getByRole('dialog');
const press = async (key: string): Promise<void> => {
  await merchant.page.keyboard.press(key);
  await merchant.page.waitForTimeout(400);
};
/** Presses something as who has no mouse does. */
const enter = async (place: Locator): Promise<void> => {
  await place.focus();
  await press('Enter');
};
const focused = (): Promise<string> =>
  merchant.ask(() => {
    const one = document.activeElement as HTMLInputElement | null;
    return one?.getAttribute('aria-label') ?? one?.labels?.[0]?.textContent ?? one?.textContent ?? '';
  });
const isClean = async (): Promise<void> => expect(await violationsOf(story, merchant.page)).toEqual([]);
/** An item of the menu that is open, reached by the arrow keys. */
const choose = async (name: string): Promise<void> => {
  for (let tries = 0; tries < 12 && !(await focused()).startsWith(name); tries += 1) await press('ArrowDown');
  expect(await focused()).toMatch(new RegExp(`^${name}`));
  await press('Enter');
};
const openDialog = async (name: string): Promise<void> => {
  await enter(button('Azioni'));
  await choose(name);
  await dialog().waitFor();
};
const closeDialog = async (opener: string): Promise<void> => {
  await press('Escape');
  await dialog().waitFor({ state: 'detached' });
  expect(await focused()).toBe(opener);
};

const buy = async (): Promise<void> => {
  const shopper = await story.shopper('giulia.rossi@example.com');
  const { origin } = story.launched.store;
  const bring = async (): Promise<void> => {
    await shopper.goto(`${origin}/products/cesto-regalo`);
    await shopper.fill('input[name=quantity]', '2');
    await shopper.click('button[name=add]');
    await shopper.waitForURL('**/cart');
  };
  await bring();
  await shopper.goto(`${origin}/checkout`);
  await shopper.click('button[name=pay]');
  await shopper.waitForSelector('[data-order-name]');
  await bring();
  await vi.waitFor(
    async () => {
      await shopper.goto(`${origin}/cart`);
      expect(await shopper.locator('[data-redeem=five-off]').count()).toBe(1);
    },
    { timeout: 60_000, interval: 500 },
  );
  await shopper.click('[data-redeem=five-off]');
  await shopper.getByText('Lo sconto è nel carrello.').first().waitFor();
  await shopper.context().close();
};

beforeAll(async () => {
  story = await startStory('e2e-axe-states');
  await buy();
  merchant = await story.merchant();
}, slow);
afterAll(() => story?.end(), slow);

describe('what opens on a page can be used without seeing or pointing', () => {
  test('the list of members, its menus and filters', { timeout: slow }, async () => {
    await merchant.open('/app/members');
    await enter(button('Esporta'));
    await isClean();
    await press('Escape');
    expect(await focused()).toBe('Esporta');
    await merchant.admin.getByPlaceholder(/^Cerca per nome/).fill('nessuno di qui');
    await merchant.admin.getByText('Nessun risultato per «nessuno di qui»').waitFor();
    await isClean();
    await merchant.admin.getByPlaceholder(/^Cerca per nome/).fill('giulia');
    await merchant.admin.getByRole('link', { name: 'Giulia Rossi' }).waitFor();
    // What Shopify put into the address of the list (a token) goes no further.
    expect(await merchant.admin.getByRole('link', { name: 'Giulia Rossi' }).getAttribute('href')).toMatch(
      /\/app\/members\/[0-9a-f-]{36}\?list=q%3Dgiulia$/,
    );
    await enter(merchant.admin.getByRole('link', { name: 'Giulia Rossi' }));
    await merchant.admin.getByRole('heading', { level: 1, name: 'Giulia Rossi' }).waitFor();
    await isClean();
  });

  test('what staff does with a member', { timeout: slow }, async () => {
    await enter(button('Azioni'));
    await isClean();
    await press('Escape');
    await openDialog('Rettifica il saldo');
    await enter(dialog().getByRole('button', { name: 'Rettifica' }));
    await isClean();
    await dialog().getByLabel('Punti da aggiungere o togliere').fill('−50.000');
    await dialog().getByLabel('Motivo, per il cliente').fill('prova');
    await enter(dialog().getByRole('button', { name: 'Rettifica' }));
    await dialog()
      .getByText(/^Il saldo è di/)
      .waitFor();
    await isClean();
    await dialog().getByLabel('Punti da aggiungere o togliere').fill('50.000');
    await enter(dialog().getByRole('button', { name: 'Rettifica' }));
    await dialog().getByText('È quello che vuoi?').waitFor();
    await isClean();
    await closeDialog('Azioni');
    await openDialog('Annulla un codice');
    await isClean();
    await closeDialog('Azioni');
    await openDialog('Cancella i dati personali');
    await isClean();
    expect(await dialog().getByRole('button', { name: 'Cancella', exact: true }).isDisabled()).toBe(true);
    await closeDialog('Azioni');
    await openDialog('Esporta i dati personali');
    await isClean();
    await enter(dialog().getByRole('button', { name: 'Crea il file' }));
    await merchant.page.getByText('Il file è in preparazione').waitFor();
    await openDialog('Unisci a un altro iscritto');
    await dialog()
      .getByLabel(/^Nome, e-mail/)
      .fill('rossi');
    await press('Enter');
    await dialog().getByText('Nessun risultato per «rossi»').waitFor();
    await isClean();
    await closeDialog('Azioni');
  });

  test('a file of points, its review and the question before it is undone', { timeout: slow }, async () => {
    await merchant.open('/app/members/import');
    const buffer = Buffer.from('email,points\ngiulia.rossi@example.com,100\nnessuno,5\n');
    await merchant.admin.locator('input[type=file]').setInputFiles({ name: 'saldi.csv', mimeType: 'text/csv', buffer });
    await button('Importa una riga').waitFor();
    await isClean();
    await merchant.admin.getByText(/^Ignora /).click();
    await enter(button('Importa una riga'));
    await merchant.page.getByText('Importazione conclusa').waitFor();
    await enter(button('Annulla importazione'));
    await dialog().waitFor();
    await isClean();
    await closeDialog('Annulla importazione');
  });

  test('a new key, which is copied, and the question before one ends', { timeout: slow }, async () => {
    await merchant.open('/app/settings');
    await merchant.admin.getByLabel('Nome della nuova chiave').fill('Cassa');
    await enter(button('Crea chiave'));
    await merchant.admin.getByText('La chiave è pronta').waitFor();
    await isClean();
    expect(await focused()).toBe('Copia');
    await press('Enter');
    await merchant.page.getByText('Chiave copiata').waitFor();
    const key = await merchant.admin.locator('code').innerText();
    const name = merchant.admin.getByLabel('Nome della nuova chiave');
    await name.focus();
    await merchant.page.keyboard.press('Control+v');
    expect(await name.inputValue()).toBe(key);
    await enter(button('Revoca'));
    await dialog().waitFor();
    await isClean();
    await closeDialog('Revoca');
  });

  test('the menus and dialogs of the program', { timeout: slow }, async () => {
    await merchant.open('/app/program');
    await enter(button('Scegli un modello'));
    await dialog().waitFor();
    await isClean();
    await closeDialog('Scegli un modello');
    await merchant.open('/app/program/rewards');
    await enter(button('Aggiungi premio'));
    await isClean();
    await press('Escape');
    await merchant.open('/app/program/earn');
    await enter(button('Aggiungi bonus'));
    expect(await focused()).toBe('Bonus');
    await enter(button('Aggiungi condizione'));
    await isClean();
    await choose('Numero d’ordine');
    expect(await focused()).toBe('Numero d’ordine (1 è il primo)');
    await isClean();
    await enter(button(/^Azioni per «Bonus»/));
    await choose('Elimina');
    expect(await focused()).toBe('Ripristina');
    await isClean();
  });

  test('an unknown address answers in the merchant’s language', { timeout: slow }, async () => {
    await merchant.page.goto(`${story.launched.store.origin}/admin/app/nowhere?locale=it`);
    await merchant.admin.getByRole('heading', { level: 1, name: 'Questa pagina non esiste' }).waitFor();
    expect(await merchant.ask(() => document.documentElement.lang)).toBe('it');
    await isClean();
  });
});
