import { expect, test } from 'vitest';
import { startStory } from '../support/story';

const slow = 180_000;

test('a collection of points begins with a prize that is chosen in the first run', { timeout: slow }, async () => {
  const story = await startStory('e2e-first-run', {}, { isNew: true, worker: 'off' });
  try {
    const { admin, open, page } = await story.merchant();
    await open('/app/start');
    await admin.getByText('Raccolta punti', { exact: true }).click();
    await admin.getByText('Nessun premio è ancora attivo', { exact: false }).waitFor();
    await admin.getByRole('button', { name: /^Scegli prodotti: 60 punti/ }).click();
    await admin.getByRole('dialog').getByLabel('Tazza in ceramica').check();
    await admin.getByRole('dialog').getByRole('button', { name: 'Seleziona', exact: true }).click();
    await admin.getByText('60 punti per Tazza in ceramica.').first().waitFor();
    expect(await admin.getByText('Nessun premio è ancora attivo', { exact: false }).count()).toBe(0);
    await page.screenshot({ path: 'test-output/screenshots/admin-first-run-prize.png', fullPage: true });
    await admin.getByRole('button', { name: 'Avvia il programma' }).click();
    await admin.getByRole('heading', { level: 1, name: 'Il programma è attivo' }).waitFor();
    await open('/app/program/rewards');
    await admin.getByText('60 punti per Tazza in ceramica.').first().waitFor();
    const offered = admin.getByRole('checkbox', { checked: true });
    expect(await offered.count()).toBe(1);
  } finally {
    await story.end();
  }
});

test('a choice that is still on its way when the program begins does no harm', { timeout: slow }, async () => {
  const story = await startStory('e2e-first-run-late', {}, { isNew: true, worker: 'off' });
  try {
    const { admin, open, page } = await story.merchant();
    await open('/app/start');
    const nextPage = page.waitForResponse((answer) => answer.url().includes('_data=routes%2Fapp.start_.next'));
    const late: string[] = [];
    await page.route('**/app/start?**', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      const isKeeping = (route.request().postData() ?? '').includes('intent=keep');
      // The program's answer comes once a choice has been sent; that one's, when the next page is there.
      if (isKeeping) await nextPage.then(() => page.waitForTimeout(150));
      else await expect.poll(() => late.length, { timeout: 10_000 }).toBe(1);
      return route.continue();
    });
    page.on('request', (request) => {
      if ((request.postData() ?? '').includes('intent=keep')) late.push(request.url());
    });
    // What the next page asks for takes its time.
    await page.route(/__manifest|app%2Fparts|app\/parts/, (route) =>
      page.waitForTimeout(500).then(() => route.continue()),
    );
    await admin.getByLabel('Singolare').fill('stella');
    await admin.getByRole('button', { name: 'Avvia il programma' }).click();
    await admin.getByText('Tutte le parti sono nel tema.').waitFor();
    expect(await admin.getByRole('heading', { level: 1 }).textContent()).toBe('Il programma è attivo');
  } finally {
    await story.end();
  }
});
