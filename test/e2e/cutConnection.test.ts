import { afterAll, beforeAll, expect, test } from 'vitest';
import { startStory, type Story } from 'test/support/story';

const slow = 240_000;
let story: Story;

beforeAll(async () => {
  story = await startStory('e2e-cut-connection', {}, { isNew: true });
}, slow);
afterAll(() => story?.end(), slow);

const open = () => story.merchant();

test('of two windows with two programs one begins, and the other says so', { timeout: slow }, async () => {
  const [first, second] = [await open(), await open()];
  for (const [window, template] of [
    [first, 'beauty'],
    [second, 'fashion'],
  ] as const) {
    await window.open('/app');
    await window.admin.locator(`label[for=template-${template}]`).click();
  }
  await first.admin.getByRole('button', { name: 'Avvia il programma' }).click();
  await first.admin.getByRole('heading', { name: 'Il programma è attivo' }).waitFor();
  await second.admin.getByRole('button', { name: 'Avvia il programma' }).click();
  await second.admin.getByText('Il programma è già partito').waitFor();
  await second.admin.getByRole('link', { name: 'Programma', exact: true }).click();
  // What began is what the first window chose.
  await second.admin.getByText('Ogni 1,00 € vale 5 punti.').waitFor();
  await Promise.all([first.context.close(), second.context.close()]);
});

test('a page that cannot be fetched takes nothing of what was typed on another one', { timeout: slow }, async () => {
  const { admin, page, open: go, context } = await open();
  const isRead = (url: URL): boolean => url.pathname.startsWith('/app') && url.searchParams.has('_data');
  const most = admin.getByLabel('Limite per ordine');
  for (const name of ['Livelli', 'Panoramica', 'Versioni']) {
    await go('/app/program/earn');
    await most.fill('66');
    await page.route(isRead, (route) => route.abort('connectionreset'));
    await admin.getByRole('tab', { name }).click();
    await admin.getByText('Connessione assente').waitFor();
    expect(await admin.getByRole('button', { name: 'Salva', exact: true }).isVisible(), name).toBe(true);
    await page.unroute(isRead);
    await admin.getByRole('button', { name: 'Riprova' }).click();
    await admin.getByText('Connessione assente').waitFor({ state: 'detached' });
    expect(await admin.getByRole('tab', { name }).getAttribute('aria-selected')).toBe('true');
    await admin.getByRole('tab', { name: 'Guadagnare punti' }).click();
    expect(await most.inputValue(), name).toBe('66');
  }
  await context.close();
});

test(
  'a save that is done and then cannot be read again takes nothing of what is typed',
  { timeout: slow },
  async () => {
    const { admin, page, open: go, context } = await open();
    const isAsked = (url: URL): boolean => url.pathname.startsWith('/app') && url.searchParams.has('_data');
    const most = admin.getByLabel('Limite per ordine');
    const perDay = admin.getByLabel('Limite al giorno');
    await go('/app/program/earn');
    await most.fill('71');
    await page.route(isAsked, (route) =>
      route.request().method() === 'GET' ? route.abort('connectionreset') : route.continue(),
    );
    const cut = page.waitForEvent('requestfailed');
    await admin.getByRole('button', { name: 'Salva', exact: true }).click();
    await cut;
    await perDay.fill('710');
    await page.getByText('Bozza salvata').waitFor();
    expect([await most.inputValue(), await perDay.inputValue()]).toEqual(['71', '710']);
    await page.unroute(isAsked);
    await admin.getByRole('button', { name: 'Salva', exact: true }).click();
    await admin.getByRole('button', { name: 'Salva', exact: true }).waitFor({ state: 'hidden' });
    await go('/app/program/earn');
    expect([await most.inputValue(), await perDay.inputValue()]).toEqual(['71', '710']);
    await context.close();
  },
);

test('the whole page that cannot be fetched comes when it is asked for again', { timeout: slow }, async () => {
  const { admin, page, open: go, context } = await open();
  const isRead = (url: URL): boolean => url.pathname.startsWith('/app') && url.searchParams.has('_data');
  await go('/app/members');
  await page.route(isRead, (route) => route.abort('connectionreset'));
  await admin.getByRole('link', { name: 'Importa punti' }).click();
  await admin.getByText('Connessione assente').first().waitFor();
  await page.unroute(isRead);
  await admin.getByRole('button', { name: 'Riprova' }).click();
  await admin.getByRole('heading', { name: 'Importa punti' }).waitFor();
  await context.close();
});
