import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { templateDocument } from '~/core/program/templates';
import type { ProgramDocument } from '~/core/program/document';
import { violationsOf } from 'test/support/axe';
import { keyboardOf } from 'test/support/keyboard';
import { saveDraft } from 'test/support/rewardStory';
import { giuliaBuys, startStory, type Merchant, type Story } from 'test/support/story';

const slow = 240_000;

/** Nothing is wrong for who does not see or does not point, at a desk and on a phone, and nothing goes sideways. */
const isClean = async (story: Story, { page, ask }: Merchant): Promise<void> => {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 1000 });
    expect([width, ...(await violationsOf(story, page))]).toEqual([width]);
    const sideways = await ask(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(sideways, `${width} px`).toBeLessThanOrEqual(0);
  }
};

const costing = (points: number) => (document: ProgramDocument) => ({
  rewards: document.rewards.map((one) => (one.kind === 'amount_off' ? { ...one, points } : one)),
});
const earning = (points: number) => (document: ProgramDocument) => ({
  earning: { ...document.earning, rates: document.earning.rates.map((rate) => ({ ...rate, points })) },
});

describe('the states of the program', () => {
  let story: Story;
  let staff: Merchant;
  let keys: ReturnType<typeof keyboardOf>;

  beforeAll(async () => {
    story = await startStory('e2e-axe-program');
    await giuliaBuys(story, 3);
    staff = await story.merchant('it');
    keys = keyboardOf(staff);
  }, slow);
  afterAll(() => story?.end(), slow);

  test('what two changed at once, and the choice between them', { timeout: slow }, async () => {
    await staff.open('/app/program/earn');
    await keys.write(keys.field('Punti'), '2');
    await saveDraft(story, earning(3));
    await keys.enter(keys.button('Salva'));
    await staff.admin.getByText(/Le tue modifiche sono ancora qui/).waitFor();
    await isClean(story, staff);
    await staff.admin.getByRole('radio').nth(1).focus();
    await keys.press('Space');
    await isClean(story, staff);
    await keys.enter(keys.button('Salva insieme'));
    await keys.button('Salva insieme').waitFor({ state: 'hidden' });
  });

  test('a trial with its results', { timeout: slow }, async () => {
    await staff.open('/app/program/simulation');
    await keys.enter(keys.button('Prova'));
    await keys.button('Salva come file').waitFor({ timeout: 60_000 });
    await isClean(story, staff);
  });

  test('the review with warnings, with errors, and of a draft that waits for its day', { timeout: slow }, async () => {
    await saveDraft(story, costing(4));
    await staff.open('/app/program/review');
    await staff.admin.getByText('Da valutare').waitFor();
    await isClean(story, staff);
    await saveDraft(story, costing(0));
    await staff.open('/app/program/review');
    await staff.admin.getByText(/^C’è un errore|^Ci sono \d+ errori/).waitFor();
    await isClean(story, staff);
    await saveDraft(story, costing(100));
    await staff.open('/app/program/review');
    const day = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    await keys.field('Giorno').fill(day);
    await keys.enter(keys.button('Programma la pubblicazione'));
    await staff.admin.getByText(/^La versione 2 parte/).waitFor();
    await isClean(story, staff);
    await keys.enter(keys.button('Annulla la programmazione'));
    await keys.button('Programma la pubblicazione').waitFor();
    await keys.enter(keys.button('Pubblica ora'));
    await staff.admin.getByText(/^Versione 2, pubblicata/).waitFor();
  });

  test('a version that is compared', { timeout: slow }, async () => {
    await staff.open('/app/program/versions');
    await keys.enter(keys.link('Vedi la versione 1'));
    await keys.button('Usa come bozza').waitFor();
    await isClean(story, staff);
  });

  test('what a collection of points deposits', { timeout: slow }, async () => {
    const { products } = story.launched.store;
    const shop = { currency: 'EUR', timeZone: 'Europe/Rome', today: new Date().toISOString().slice(0, 10) };
    const collection = templateDocument('collection', shop);
    const prize = collection.rewards.find(({ kind }) => kind === 'free_product');
    const limits = { perMember: null, total: 200 };
    const variantIds = [String(products[0]?.variantId)];
    await saveDraft(story, () => ({
      earning: collection.earning,
      rewards: [{ ...prize, enabled: true, variantIds, limits }] as ProgramDocument['rewards'],
    }));
    await staff.open('/app/program/rewards');
    await staff.admin.getByText(/cauzione di/).waitFor();
    await isClean(story, staff);
  });

  test('a partner that is refused, with what its server has to answer', { timeout: slow }, async () => {
    await staff.open('/app/partners');
    await keys.write(keys.field('Nome del partner'), 'Cinema');
    await keys.goTo(keys.field('Come funziona'));
    await keys.press('ArrowDown');
    await keys.write(keys.field('Indirizzo del server'), 'ftp://nowhere');
    await keys.enter(keys.button('Aggiungi'));
    await staff.admin.getByText(/^Scrivi l’indirizzo così/).waitFor();
    await staff.admin.getByText('GET /catalogue').waitFor();
    await isClean(story, staff);
  });
});

test('the first steps, and a trial that runs and is taken back', { timeout: slow }, async () => {
  const story = await startStory('e2e-axe-first', {}, { isNew: true, worker: 'off' });
  try {
    const staff = await story.merchant('it');
    const keys = keyboardOf(staff);
    await staff.open('/app/start');
    await isClean(story, staff);
    await staff.admin.getByRole('radio').nth(3).focus();
    await keys.press('Space');
    await keys.write(keys.field('Singolare'), ' ');
    await staff.admin.getByText('Scrivi qualcosa: non può restare vuoto.').first().waitFor();
    await isClean(story, staff);
    await keys.write(keys.field('Singolare'), 'stella');
    await keys.enter(keys.button('Avvia il programma'));
    await staff.admin.getByRole('heading', { level: 1, name: 'Il programma è attivo' }).waitFor();
    await staff.admin.getByText('Tutte le parti sono nel tema.').waitFor();
    await isClean(story, staff);
    await saveDraft(story, earning(3));
    await staff.open('/app/program/simulation');
    await keys.enter(keys.button('Prova'));
    await keys.button('Interrompi').waitFor();
    await isClean(story, staff);
    await keys.enter(keys.button('Interrompi'));
    await staff.admin.getByText('Interrotta prima della fine: non c’è alcun risultato.').first().waitFor();
    await isClean(story, staff);
  } finally {
    await story.end();
  }
});
