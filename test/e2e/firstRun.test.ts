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
