// @vitest-environment jsdom
import { createRemixStub } from '@remix-run/testing';
import { AppProvider } from '@shopify/polaris';
import enTranslations from '@shopify/polaris/locales/en.json';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { ImportProgress } from '~/features/pointFiles/components/ImportProgress';
import { ImportReview } from '~/features/pointFiles/components/ImportReview';
import { WritingProvider } from '~/ui/language';
import type { Reading } from '~/features/pointFiles/core/reading';
import { asId, type ProgramId, type StoreId } from '~/core/values/ids';
import type { ImportBatch } from '~/features/pointFiles/views/importsPage';
import { at, program } from 'test/support/builders';

afterEach(cleanup);

const reading: Reading = {
  encoding: 'windows-1252',
  delimiter: ';',
  hasHeader: true,
  used: [
    { name: 'E-Mail', as: 'email' },
    { name: 'Punti', as: 'points' },
  ],
  ignored: ['Livello', 'Compleanno'],
  dateOrder: null,
  sample: [
    { line: 2, who: 'g…@example.com', points: 1200, from: null, until: at('22:00', 20), note: 'perché' },
    { line: 3, says: 'nothing' },
    { line: 4, problem: { kind: 'bad_email', found: '' } },
  ],
};

const batch: ImportBatch = {
  programId: asId<ProgramId>('p'),
  storeId: asId<StoreId>('s'),
  id: 'b',
  state: 'ready',
  format: 'list',
  fileName: 'list.csv',
  contentHash: null,
  lines: 12,
  good: 5,
  bad: 3,
  unknown: 1,
  points: 2000,
  reading,
  debts: 2,
  unknownDebts: 1,
  debtPoints: -70,
  zeros: 3,
  moving: 0,
  withGuests: true,
  withDebts: false,
  mode: 'add',
  postedPoints: 0,
  checked: 12,
  posted: 0,
  position: 0,
  undone: 0,
  undoneUpTo: null,
  failure: null,
  by: 'staff:1',
  createdAt: at('12:00', 15),
  finishedAt: null,
  undoneAt: null,
};

const { names } = program();
const writing = {
  language: 'en' as const,
  names: { point: names.point, points: names.points },
  currency: 'EUR',
  timeZone: 'Europe/Rome',
};

const review = (part: Partial<ImportBatch> = {}): void => {
  const Stub = createRemixStub([
    {
      path: '/',
      Component: () => (
        <AppProvider i18n={enTranslations}>
          <WritingProvider writing={writing}>
            <ImportReview
              file={{ ...batch, ...part }}
              problems={[{ line: 4, problem: { kind: 'bad_email', found: '' } }]}
              counts={[
                { kind: 'negative_balance', count: 2 },
                { kind: 'bad_email', count: 1 },
              ]}
              worthMinor={10_000}
              sameAs={null}
              refusal={null}
            />
          </WritingProvider>
        </AppProvider>
      ),
    },
  ]);
  render(<Stub initialEntries={['/']} />);
};

const text = (): string => document.body.textContent;

test('the review names the columns that are not used, the letters, the worth, the first lines, and counts problems by kind', () => {
  review();
  expect(text()).toContain('These columns are not used: Livello, Compleanno');
  expect(text()).toContain('it was read as Windows-1252 (Latin-1)');
  expect(text()).toContain('Columns read: E-Mail → e-mail · Punti → points');
  expect(text()).toContain('fields separated by semicolon');
  expect(text()).toContain('worth up to €100.00');
  expect(text()).toContain('Line 2 g…@example.com · 1,200 points · expire after 20 Jun 2026 · perché');
  expect(text()).toContain('Line 3 no number of points');
  expect(text()).toContain('negative balance: 2');
  expect(text()).toContain('3 lines say 0');
  expect(text()).toContain('One line says no number of points');
});

test('how many lines are posted follows what is agreed to; what is left out must be agreed to first', async () => {
  const user = userEvent.setup();
  review();
  const button = (): HTMLElement => screen.getByRole('button', { name: /^Import / });
  const isOff = (): boolean => button().getAttribute('aria-disabled') === 'true';
  expect([button().textContent, isOff()]).toEqual(['Import 5 lines', true]);
  await user.click(screen.getByLabelText('Leave these 3 lines out and import the others'));
  expect(isOff()).toBe(false);
  await user.click(screen.getByLabelText(/2 negative balances as debt \(−70 points in all\)/));
  expect(button().textContent).toBe('Import 7 lines');
  expect(screen.getByLabelText('Leave this line out and import the others')).toBeDefined();
  await user.click(screen.getByLabelText('Set balances to what the file says'));
  expect(button().textContent).toBe('Import 10 lines');
  await user.click(screen.getByLabelText(/Import 2 lines of addresses/));
  expect(button().textContent).toBe('Import 8 lines');
});

test('a file that is more than balances cannot set them, and the page says why', () => {
  review({ moving: 1 });
  expect(screen.getByLabelText<HTMLInputElement>('Set balances to what the file says').disabled).toBe(true);
  expect(text()).toContain('Not possible: the file has lines with a date');
});

test('how far a file is taken back is said in members', () => {
  render(
    <WritingProvider writing={writing}>
      <AppProvider i18n={enTranslations}>
        <ImportProgress file={{ ...batch, state: 'undoing', undone: 500 }} membersToUndo={2000} />
      </AppProvider>
    </WritingProvider>,
  );
  expect(screen.getByText('The import is being undone. Members: 500 of 2,000')).toBeDefined();
  expect(screen.getByRole('progressbar').getAttribute('value')).toBe('25');
});
