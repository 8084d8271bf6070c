// @vitest-environment jsdom
import { createRemixStub } from '@remix-run/testing';
import { AppProvider } from '@shopify/polaris';
import enTranslations from '@shopify/polaris/locales/en.json';
import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState, type ReactNode } from 'react';
import { afterEach, describe, expect, test } from 'vitest';
import { AttentionCard } from '~/components/AttentionCard';
import { DocumentSection } from '~/components/DocumentSection';
import { EarnSection } from '~/components/EarnSection';
import { EntryList } from '~/components/EntryList';
import { ImportCard } from '~/components/ImportCard';
import { WritingProvider } from '~/components/language';
import { LedgerCheck } from '~/components/LedgerCheck';
import { NamesSection } from '~/components/NamesSection';
import { RewardsSection } from '~/components/RewardsSection';
import { entitlementOf } from '~/core/earning/entitlement';
import { programDocumentSchema, type ProgramDocument } from '~/core/program/document';
import { asId, type MemberId, type ProgramId } from '~/core/values/ids';
import type { Language } from '~/i18n/catalog';
import { at, line, order, plain, program, refund, shop } from 'test/support/builders';

afterEach(cleanup);

const App = ({ children, language = 'en' }: { readonly children: ReactNode; readonly language?: Language }) => {
  const { names } = program();
  return (
    <AppProvider i18n={enTranslations}>
      <WritingProvider writing={{ language, names: { point: names.point, points: names.points }, currency: 'EUR', timeZone: 'Europe/Rome' }}>
        {children}
      </WritingProvider>
    </AppProvider>
  );
};

/** The program page's form as the merchant edits it, without the server around it. */
const Editor = ({ onChange, errors = {} }: { readonly onChange: (document: ProgramDocument) => void; readonly errors?: Readonly<Record<string, string>> }) => {
  const [draft, setDraft] = useState(program());
  const change = (part: Partial<ProgramDocument>): void => {
    const next = { ...draft, ...part };
    setDraft(next);
    onChange(next);
  };
  const below = (part: string) => (field: string) => errors[`${part}.${field}`];
  return (
    <>
      <EarnSection earning={draft.earning} change={(earning) => change({ earning })} errorAt={below('earning')} />
      <RewardsSection rewards={draft.rewards} change={(rewards) => change({ rewards })} errorAt={below('rewards')} />
      <NamesSection names={draft.names} change={(names) => change({ names })} errorAt={below('names')} />
    </>
  );
};

const edit = (errors?: Readonly<Record<string, string>>) => {
  const seen: ProgramDocument[] = [];
  const user = userEvent.setup();
  render(
    <App>
      <Editor onChange={(document) => seen.push(document)} {...(errors === undefined ? {} : { errors })} />
    </App>,
  );
  return { user, latest: (): ProgramDocument => programDocumentSchema.parse(seen.at(-1)) };
};

describe('a merchant edits the program', () => {
  test('the example follows the rate while it is typed', async () => {
    const { user, latest } = edit();
    const field = screen.getByLabelText('Points');
    await user.clear(field);
    await user.type(field, '3');
    expect(screen.getByText('An order of €50.00 earns 150 points.')).toBeDefined();
    expect(latest().earning.rates).toEqual([{ currency: 'EUR', points: 3, amountMinor: 100 }]);
  });
  test('an amount is read as it is typed, with a point or a comma', async () => {
    const { user, latest } = edit();
    const field = screen.getByLabelText('For every');
    for (const typed of ['2.50', '2,50']) {
      await user.clear(field);
      await user.type(field, typed);
      expect(latest().earning.rates[0]?.amountMinor).toBe(250);
    }
  });
  test('a reward is added, named, priced and described in a sentence, and can be removed', async () => {
    const { user, latest } = edit();
    await user.click(screen.getByRole('button', { name: 'Add a fixed discount' }));
    const card = document.getElementById('reward-reward-1');
    if (card === null) throw new Error('the new reward is not open');
    const price = within(card).getByLabelText('Price in points');
    await user.clear(price);
    await user.type(price, '250');
    expect(screen.getByText('250 points for €5.00 off')).toBeDefined();
    expect(latest().rewards.at(-1)).toMatchObject({ id: 'reward-1', kind: 'amount_off', points: 250, amountMinor: 500 });
    await user.click(within(card).getByRole('button', { name: 'Remove' }));
    expect(latest().rewards.map(({ id }) => id)).toEqual(['five-off', 'as-you-like']);
  });
  test('a reward is taken off offer without being lost', async () => {
    const { user, latest } = edit();
    const [first] = screen.getAllByLabelText('On offer');
    if (first === undefined) throw new Error('no reward is shown');
    await user.click(first);
    expect(latest().rewards.map(({ enabled }) => enabled)).toEqual([false, true]);
  });
  test('each language has its own words', async () => {
    const { user, latest } = edit();
    await user.selectOptions(screen.getByLabelText('Language'), 'it');
    const field = screen.getByLabelText('Several points');
    expect((field as HTMLInputElement).value).toBe('punti');
    await user.clear(field);
    await user.type(field, 'stelle');
    expect(latest().names.points).toMatchObject({ it: 'stelle', en: 'points' });
  });
  test('what the server refused stands at its field', () => {
    edit({ 'earning.rates.0.points': 'Too small: expected number to be >=1', 'rewards.0.points': 'Too big' });
    expect(screen.getByLabelText('Points').getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText('Too small: expected number to be >=1')).toBeDefined();
  });
});

describe('every entry explains itself', () => {
  const award = (language: Language): void => {
    const bought = order({
      lines: [line({ lineId: 1, listMinor: 3000, title: 'Tazza' }), line({ lineId: 2, listMinor: 2000, currentQuantity: 0, title: 'Miele' })],
      financialStatus: 'partially_refunded',
      refunds: [refund({ lines: [[2, 1]] })],
    });
    const { why, points } = entitlementOf(bought, program(), plain({ programVersion: 3 }), shop);
    const entry = {
      id: asId('e'),
      memberId: asId('m'),
      kind: 'clawback',
      points: points - 50,
      forgiven: 0,
      orderId: null,
      redemptionId: null,
      why: { ...why, before: 50 },
      occurredAt: at('12:00'),
      recordedAt: at('12:00'),
    } as const;
    render(
      <App language={language}>
        <EntryList entries={[entry as never]} details />
      </App>,
    );
  };
  test('in words that say the arithmetic, the refund and the version', () => {
    award('en');
    for (const text of [
      'Order #1001 · 50 points: €50.00 at 1 point per €1.00',
      'It was worth 50 points before; the difference is -20 points.',
      'After refunded items 30 points are left.',
      'Tazza (× 1): 30 points',
      'Program version 3',
    ])
      expect(screen.getByText(text)).toBeDefined();
  });
  test.each([
    ['it', 'Ordine #1001 · 50 punti: 50,00 €, 1 punto ogni 1,00 €'],
    ['de', 'Bestellung #1001 · 50 Punkte: 50,00 €, 1 Punkt je 1,00 €'],
    ['fr', 'Commande #1001 · 50 points : 50,00 €, 1 point par tranche de 1,00 €'],
    ['es', 'Pedido #1001 · 50 puntos: 50,00 €, 1 punto por cada 1,00 €'],
  ] as const)('in %s', (language, sentence) => {
    award(language);
    expect(screen.getByText((text) => text.replace(/\s/g, ' ') === sentence)).toBeDefined();
  });
});

describe('the program as a file', () => {
  const importing = async (text: string) => {
    const taken: ProgramDocument[] = [];
    const user = userEvent.setup();
    render(
      <App>
        <DocumentSection document={program()} version={3} onImport={(document) => taken.push(document)} />
      </App>,
    );
    await user.upload(screen.getByLabelText('Import', { selector: 'input' }), new File([text], 'program.json', { type: 'application/json' }));
    return taken;
  };
  test('a document that can be read becomes the draft', async () => {
    const document = program({ rate: [7, 100] });
    const taken = await importing(JSON.stringify(document));
    await screen.findByText('The file is in the draft. Look it over, and save to publish it.');
    expect(taken).toEqual([document]);
  });
  test('what is wrong is shown with its place, and the draft stays', async () => {
    const document = program();
    const taken = await importing(JSON.stringify({ ...document, earning: { ...document.earning, rounding: 'up' } }));
    await screen.findByText('The file cannot be used like this. Nothing was changed.');
    expect(screen.getByText('earning.rounding')).toBeDefined();
    expect(taken).toEqual([]);
  });
  test('a file that is not JSON is refused with a sentence', async () => {
    expect(await importing('name;points')).toEqual([]);
    await screen.findByText('This file is not JSON. Nothing was changed.');
  });
});

describe('what needs attention', () => {
  const quiet = { violations: 0, drift: 0, unread: 0, privacyOpen: 0, privacyUrgent: 0, deadLetters: 0, debt: 0 };
  const card = (part: Partial<typeof quiet>, language: Language = 'en') => {
    const Stub = createRemixStub([{ path: '/', Component: () => <AttentionCard {...quiet} {...part} /> }]);
    render(
      <App language={language}>
        <Stub />
      </App>,
    );
  };
  test('is nothing, when nothing is wrong', () => {
    card({});
    expect(screen.getByText('Everything is in order.')).toBeDefined();
    expect(screen.queryByText('Open Health')).toBeNull();
  });
  test('is said with its number and the way to Health', () => {
    card({ violations: 2, drift: 60, unread: 1, privacyOpen: 2, privacyUrgent: 1, deadLetters: 3, debt: 5 }, 'it');
    for (const text of [
      'I conti non tornano',
      'L’ultimo confronto con gli ordini del negozio ha corretto 60 punti.',
      '1 messaggio illeggibile',
      '1 richiesta sulla privacy in scadenza',
      '2 richieste sulla privacy aperte.',
      '3 operazioni non riuscite.',
      '5 punti da recuperare dopo i rimborsi: si compensano con i prossimi guadagnati.',
      'Apri Salute',
    ])
      expect(screen.getByText(text)).toBeDefined();
    expect(screen.queryByText('Tutto in ordine.')).toBeNull();
  });
});

describe('the check of the ledger', () => {
  const check = (audit: Parameters<typeof LedgerCheck>[0]['audit'], isAuditing = false) => {
    const Stub = createRemixStub([{ path: '/', Component: () => <LedgerCheck audit={audit} isAuditing={isAuditing} /> }]);
    render(
      <App>
        <Stub />
      </App>,
    );
  };
  const audit = { programId: asId<ProgramId>('p'), id: 'a', startedAt: at('12:00'), finishedAt: at('12:00'), entries: 1234, violations: [] };
  test('says when it was and how much it saw', () => {
    check(audit);
    expect(screen.getByText('All adds up')).toBeDefined();
    expect(screen.getByText(/1,234 entries/)).toBeDefined();
  });
  test('says nothing before the first one', () => {
    check(null, true);
    expect(screen.getByText('Not checked yet.')).toBeDefined();
    expect(screen.queryByText('All adds up')).toBeNull();
  });
  test('names what was found, the entries and the member', () => {
    check({ ...audit, violations: [{ rule: 'lot', memberId: asId<MemberId>('m1'), found: 'lot 5: size 10, drawn 0, left 9', entries: ['order:1:2:1'] }] });
    expect(screen.getByText('Something does not add up')).toBeDefined();
    expect(screen.getByText('lot 5: size 10, drawn 0, left 9')).toBeDefined();
    expect(screen.getByText('order:1:2:1')).toBeDefined();
    expect(screen.getByText('Open the member').closest('a')?.getAttribute('href')).toBe('/app/members/m1');
  });
});

describe('the import of past orders', () => {
  const show = (state: 'importing' | 'failed' | 'done' | null, refusal: string | null = null): void => {
    const backfill = state === null ? null : { state, ordersFound: 1200, ordersRead: 300, failure: 'Shopify made no file' };
    const Stub = createRemixStub([
      {
        path: '/',
        Component: () => (
          <App>
            <ImportCard backfill={backfill} refusal={refusal} />
          </App>
        ),
        loader: () => null,
      },
    ]);
    render(<Stub />);
  };
  test('is offered with one button', async () => {
    show(null);
    expect(await screen.findByRole('button', { name: 'Import past orders' })).toBeDefined();
  });
  test('shows how far it has come, and offers no second start', async () => {
    show('importing');
    expect(await screen.findByText('300 of 1,200 orders imported')).toBeDefined();
    expect(screen.getByRole('progressbar').getAttribute('value')).toBe('25');
    expect(screen.queryByRole('button')).toBeNull();
  });
  test('says why it stopped, and can be started again', async () => {
    show('failed', 'An import is running already.');
    expect(await screen.findByText('The import stopped: Shopify made no file')).toBeDefined();
    expect(screen.getByText('An import is running already.')).toBeDefined();
    expect(screen.getByRole('button', { name: 'Import past orders' })).toBeDefined();
  });
});
