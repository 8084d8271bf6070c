// @vitest-environment jsdom
import { createRemixStub } from '@remix-run/testing';
import { act, cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test } from 'vitest';
import { AttentionCard } from '~/features/health/components/AttentionCard';
import { EntryList } from '~/ui/EntryList';
import { BackfillCard } from '~/features/pastOrders/components/BackfillCard';
import { PeriodChart } from '~/ui/PeriodChart';
import { Nobody } from '~/ui/Nobody';
import { LedgerCheck } from '~/features/health/components/LedgerCheck';
import { entitlementOf } from '~/core/earning/entitlement';
import { asId, type MemberId, type PlatformId, type ProgramId } from '~/core/values/ids';
import type { Language } from '~/i18n/catalog';
import { at, line, order, plain, program, refund, shop } from 'test/support/builders';
import { MerchantApp as App } from 'test/support/merchantApp';

afterEach(cleanup);

describe('every entry explains itself', () => {
  const award = (language: Language): void => {
    const bought = order({
      lines: [
        line({ lineId: 1, listMinor: 3000, title: 'Tazza' }),
        line({ lineId: 2, listMinor: 2000, currentQuantity: 0, title: 'Miele' }),
      ],
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
      orderId: asId('4711'),
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
  test('in a sentence, and on demand with the arithmetic, the refund and the version', async () => {
    award('en');
    expect(screen.getByText('Order #1001 · 50 points: €50.00 at 1 point per €1.00')).toBeDefined();
    for (const text of [
      'It was worth 50 points before; the difference is −20 points.',
      'After refunded items 30 points are left.',
    ])
      expect(screen.getByText(text).closest('[aria-hidden=true]'), 'the points are explained at once').toBeNull();
    const link = screen.getByRole('link', { name: 'Order in Shopify' });
    expect([link.getAttribute('href'), link.getAttribute('target')]).toEqual(['shopify://admin/orders/4711', '_top']);
    const ask = screen.getByRole('button', { name: 'How it was calculated' });
    expect(ask.getAttribute('aria-expanded')).toBe('false');
    const folded = document.getElementById(ask.getAttribute('aria-controls') ?? '');
    expect(folded?.getAttribute('aria-hidden')).toBe('true');
    expect(screen.queryByText('Program version 3')).toBeNull();
    ask.focus();
    await userEvent.keyboard('{Enter}');
    expect(ask.getAttribute('aria-expanded')).toBe('true');
    expect(folded?.getAttribute('aria-hidden')).toBe('false');
    for (const text of ['Tazza (× 1): 30 points', 'Program version 3']) expect(screen.getByText(text)).toBeDefined();
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

describe('what needs attention', () => {
  const quiet: Parameters<typeof AttentionCard>[0] = {
    violations: 0,
    drift: 0,
    notPublished: false,
    unread: 0,
    followers: 0,
    privacyOpen: 0,
    privacyUrgent: 0,
    jump: null,
    deadLetters: 0,
    debt: 0,
    missingParts: 0,
    rewards: null,
    resting: [],
    unrated: [],
    named: { product: [], collection: [], variant: [], store: [] },
    isMore: false,
  };
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
  test('has no card where nothing is left to say of it', () => {
    card({ isMore: true });
    expect(screen.queryByText('Needs attention')).toBeNull();
    cleanup();
    card({ isMore: true, unread: 1 });
    expect(screen.getByText('Needs attention')).toBeDefined();
  });
  test('a draft that did not publish itself leads to the draft, and not to Health', () => {
    card({ notPublished: true }, 'it');
    expect(screen.getByText('La versione programmata non è stata pubblicata')).toBeDefined();
    expect(screen.getByRole('link', { name: 'Rivedi la bozza' }).getAttribute('href')).toBe('/app/program/review');
    expect(screen.queryByRole('link', { name: 'Apri Stato del sistema' })).toBeNull();
  });
  test('what rests is said with its last day, and leads to where it is switched on again', () => {
    card(
      {
        resting: [
          { of: 'earning', lastDay: '2026-08-08' },
          { of: 'redeeming', lastDay: null },
        ],
      },
      'it',
    );
    expect(
      screen.getByText('Gli ordini non fanno più guadagnare nulla: l’ultimo giorno era l’8 agosto 2026.'),
    ).toBeDefined();
    expect(screen.getByText('I premi non si possono riscattare: sono in pausa.')).toBeDefined();
    expect(screen.getByRole('link', { name: 'Guadagnare punti' }).getAttribute('href')).toBe('/app/program/earn');
  });
  test('parts of the storefront that are not in the theme lead to where they are placed, and not to Health', () => {
    card({ missingParts: 2 }, 'it');
    expect(screen.getByText('2 parti della vetrina non sono ancora nel tema.')).toBeDefined();
    expect(screen.getByRole('link', { name: 'Aggiungile' }).getAttribute('href')).toBe('/app/settings');
    expect(screen.queryByRole('link', { name: 'Apri Stato del sistema' })).toBeNull();
  });
  test('what rules name and the shop has no more leads to the program, once the shop has answered', async () => {
    const named = { product: ['31', '32'], collection: ['7'], variant: [], store: [] };
    const coffee = { id: asId<PlatformId>('31'), title: 'Coffee', picture: null };
    card({ named, readThings: () => Promise.resolve({ product: [coffee], collection: [], variant: [] }) }, 'it');
    expect(screen.getByText('Tutto in ordine.')).toBeDefined();
    expect(
      await screen.findByText('Regole o premi citano 2 prodotti o collezioni che nel negozio non ci sono più.'),
    ).toBeDefined();
    expect(screen.getByRole('link', { name: 'Apri il programma' }).getAttribute('href')).toBe('/app/program');
    cleanup();
    card({ named, readThings: () => Promise.reject(new Error('503')) }, 'it');
    await act(() => Promise.resolve());
    expect(screen.getByText('Tutto in ordine.')).toBeDefined();
  });
  test('is said with its number and the way to Health', () => {
    const jump = { points: 3_000_000, worthMinor: 15_000_000 };
    card(
      {
        violations: 2,
        drift: 60,
        unread: 1,
        followers: 2,
        privacyOpen: 2,
        privacyUrgent: 1,
        jump,
        deadLetters: 3,
        debt: 5,
      },
      'it',
    );
    for (const text of [
      'I conti non tornano',
      /3\.000\.000 punti, per un valore fino a 150\.000,00/,
      'L’ultimo confronto con gli ordini del negozio ha corretto 60 punti.',
      '1 messaggio illeggibile',
      '2 parti dell’app sono ferme',
      '1 richiesta sulla privacy in scadenza o scaduta',
      '2 richieste sulla privacy aperte.',
      '3 operazioni non riuscite.',
      '5 punti da recuperare dopo i rimborsi: si compensano con i prossimi accrediti.',
      'Apri Stato del sistema',
    ])
      expect(screen.getByText(text)).toBeDefined();
    expect(screen.queryByText('Tutto in ordine.')).toBeNull();
  });
});

describe('the check of the ledger', () => {
  const check = (audit: Parameters<typeof LedgerCheck>[0]['audit'], isAuditing = false) => {
    const Stub = createRemixStub([
      { path: '/', Component: () => <LedgerCheck audit={audit} isAuditing={isAuditing} /> },
    ]);
    render(
      <App>
        <Stub />
      </App>,
    );
  };
  const audit = {
    programId: asId<ProgramId>('p'),
    id: 'a',
    startedAt: at('12:00'),
    finishedAt: at('12:00'),
    entries: 1234,
    violations: [],
  };
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
    check({
      ...audit,
      violations: [
        {
          rule: 'lot',
          memberId: asId<MemberId>('m1'),
          found: 'lot 5: size 10, drawn 0, left 9',
          entries: ['order:1:2:1'],
        },
      ],
    });
    expect(screen.getByText('Something does not add up')).toBeDefined();
    expect(screen.getByText('lot 5: size 10, drawn 0, left 9')).toBeDefined();
    expect(screen.getByText('order:1:2:1')).toBeDefined();
    expect(screen.getByText('Open the member').closest('a')?.getAttribute('href')).toBe('/app/members/m1');
  });
});

describe('the import of past orders', () => {
  type Shown = Parameters<typeof BackfillCard>[0]['backfill'];
  const show = (part: Partial<NonNullable<Shown>> | null, refusal: string | null = null): void => {
    const known = {
      id: 'b',
      state: 'counted',
      ordersFound: 1596,
      ordersRead: 0,
      countedOrders: 1596,
      countedPoints: 126_287,
      failure: null,
    } as const;
    const backfill = part === null ? null : { ...known, ...part };
    const Component = () => (
      <App>
        <BackfillCard backfill={backfill} worthMinor={631_435} refusal={refusal} />
      </App>
    );
    const Stub = createRemixStub([{ path: '/', Component, loader: () => null }]);
    render(<Stub />);
  };
  test('begins with counting, and promises nothing', async () => {
    show(null);
    expect(await screen.findByRole('button', { name: 'Count past orders' })).toBeDefined();
    expect(screen.getByLabelText('Orders from')).toBeDefined();
  });
  test('one order is one, while the shop prepares the file', async () => {
    show({ state: 'preparing', ordersFound: 1 });
    expect(await screen.findByText('Shopify is preparing the file: 1 order so far.')).toBeDefined();
  });
  test('shows how far it has come in whole numbers, and offers no second start', async () => {
    show({ state: 'importing', ordersFound: 1596, ordersRead: 100 });
    expect(await screen.findByText('Orders imported: 100 of 1,596')).toBeDefined();
    expect(screen.getByRole('progressbar').getAttribute('value')).toBe('6');
    expect(screen.queryByRole('button')).toBeNull();
  });
  test('says what it would bring and cost before anything is awarded', async () => {
    show({});
    expect(await screen.findByText('1,596 orders would bring 126,287 points, worth up to €6,314.35.')).toBeDefined();
    expect(screen.getByRole('button', { name: 'Award 126,287 points' })).toBeDefined();
    expect(screen.getByRole('button', { name: 'Not now' })).toBeDefined();
  });
  test('can be taken back, after a question that names the points', async () => {
    show({ state: 'done', ordersRead: 1596 });
    await userEvent.click(await screen.findByRole('button', { name: 'Undo import' }));
    expect(screen.getByText(/126,287 points in all/)).toBeDefined();
  });
  test('says why it stopped, and can be started again', async () => {
    show({ state: 'failed', failure: 'Shopify made no file' }, 'An import is running already.');
    expect(await screen.findByText('The import stopped. Shopify’s answer: “Shopify made no file”')).toBeDefined();
    expect(screen.getByText('An import is running already.')).toBeDefined();
    expect(screen.getByRole('button', { name: 'Count past orders' })).toBeDefined();
  });
});

describe('a chart', () => {
  const show = (values: readonly number[], language: Language): void => {
    const months = values.map((_, index) => `2026-0${index + 1}`);
    render(
      <App language={language}>
        <PeriodChart title="Points" periods={months} series={[{ label: 'Earned', values }]} />
      </App>,
    );
  };
  test('writes its axis as people write numbers, and shortens only what is too long', () => {
    show([3300, 100], 'it');
    expect(screen.getByText('4.000')).toBeDefined();
    cleanup();
    show([900_000, 0], 'en');
    expect(screen.getByText(/^1m$/i)).toBeDefined();
  });
  test.each([
    ['EUR', [9, 4], ['€0.00', '€0.05', '€0.10']],
    ['EUR', [150, 0], ['€0.00', '€0.50', '€1.00', '€1.50']],
    ['EUR', [900_00, 0], ['€0', '€500', '€1,000']],
    ['KWD', [60, 20], ['KWD 0.000', 'KWD 0.020', 'KWD 0.040', 'KWD 0.060']],
    ['KWD', [4_000, 0], ['KWD 0', 'KWD 1', 'KWD 2', 'KWD 3', 'KWD 4']],
    ['JPY', [9, 4], ['¥0', '¥5', '¥10']],
  ] as const)('tells the marks of sums in %s apart, however small they are: %j', (currency, values, marks) => {
    const series = [{ label: 'Cost', values }] as const;
    render(
      <App language="en">
        <PeriodChart title="Cost" periods={['2026-06', '2026-07']} series={series} currency={currency} />
      </App>,
    );
    const axis = screen.getAllByText(
      (_, one) => one instanceof HTMLElement && one.style.bottom !== '' && one.textContent !== '',
    );
    expect(axis.map(({ textContent }) => textContent?.replace('\u00a0', ' '))).toEqual(marks);
  });
  test('of nothing is a sentence, not an empty frame', () => {
    show([0, 0], 'de');
    expect(screen.getByText('Für diesen Zeitraum gibt es noch nichts zu zeigen.')).toBeDefined();
    expect(screen.queryByText('Werte anzeigen')).toBeNull();
    expect(screen.queryByText('Earned')).toBeNull();
  });
});

test('a list without members leads to the import of points', () => {
  const Stub = createRemixStub([
    {
      path: '/',
      Component: () => (
        <App language="de">
          <Nobody search="" isFiltered={false} />
        </App>
      ),
    },
  ]);
  render(<Stub />);
  expect(screen.getByRole('link', { name: 'Punkte importieren' }).getAttribute('href')).toBe('/app/members/import');
});
