// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ComponentProps } from 'react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { MonthOf, Results } from '~/core/simulation/results';
import { asId, type MemberId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { ResultCards } from '~/features/simulation/components/ResultCards';
import { SimulationCard } from '~/features/simulation/components/SimulationCard';
import type { ShownSimulation } from '~/features/simulation/views/simulationPage';
import type { Language } from '~/i18n/catalog';
import { MerchantApp } from 'test/support/merchantApp';

afterEach(cleanup);

const done: ShownSimulation = {
  id: 'one',
  state: 'done',
  isOver: true,
  chance: 3000,
  ordersFound: 200,
  ordersPlayed: 200,
  isStill: false,
  failure: null,
  askedAt: instant(Date.parse('2026-11-26T10:42:00Z')),
  version: 1,
  isOfDraft: true,
  results: null,
};

type CardProps = ComponentProps<typeof SimulationCard>;

const openCard = (part: Partial<CardProps> = {}, language: Language = 'en') => {
  const asked: number[] = [];
  const cancelled: string[] = [];
  const props: CardProps = {
    simulation: null,
    share: { basisPoints: 3000, seenAt: null },
    hasDraft: true,
    isBusy: false,
    ask: (chance) => void asked.push(chance),
    cancel: (id) => void cancelled.push(id),
    ...part,
  };
  render(
    <MerchantApp language={language}>
      <SimulationCard {...props} />
    </MerchantApp>,
  );
  return { user: userEvent.setup(), asked, cancelled };
};

describe('a merchant tries a draft on past orders', () => {
  test('it says what is assumed, and asks with the chance that is chosen', async () => {
    const { user, asked } = openCard();
    expect(screen.getByText('It shows cost and fairness, not whether people will buy more.')).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Try it out' }));
    fireEvent.change(screen.getByRole('slider'), { target: { value: '45' } });
    expect(screen.getByText('How often rewards are redeemed: 45%')).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Try it out' }));
    expect(asked).toEqual([3000, 4500]);
  });
  test('it begins with the shop’s own share, and says in how many orders it was seen', async () => {
    const { user, asked } = openCard({ share: { basisPoints: 1234, seenAt: 4321 } }, 'it');
    expect(screen.getByText(/Finora nel tuo negozio è stato il 12%, su 4\.321 ordini\./)).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Prova' }));
    expect(asked).toEqual([1234]);
    cleanup();
    openCard();
    expect(screen.getByText(/We assume 30% until your shop has at least 200 such orders\./)).toBeDefined();
  });
  test('without a draft there is nothing to play', () => {
    openCard({ hasDraft: false });
    expect(screen.getByText('There is no draft to try. Change something and save it first.')).toBeDefined();
    expect(screen.getByRole('button', { name: 'Try it out' }).getAttribute('aria-disabled')).toBe('true');
    expect(screen.getByRole('link', { name: 'Program' }).getAttribute('href')).toBe('/app/program');
  });
  test('while it is played it says how far it came, and can be cancelled', async () => {
    const running = { ...done, state: 'running' as const, isOver: false, ordersPlayed: 50 };
    const { user, cancelled } = openCard({ simulation: running });
    expect(screen.getByText('Orders: 50 of 200')).toBeDefined();
    expect(screen.getByRole('progressbar', { name: 'Orders: 50 of 200' }).getAttribute('value')).toBe('25');
    expect(screen.queryByRole('button', { name: 'Try it out' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Stop' }));
    expect(cancelled).toEqual(['one']);
  });
  test('one that stands still says so, and how it goes on', () => {
    const running = { ...done, state: 'running' as const, isOver: false, ordersPlayed: 50 };
    openCard({ simulation: running });
    expect(screen.queryByText(/It has not come any further/)).toBeNull();
    cleanup();
    openCard({ simulation: { ...running, isStill: true } });
    expect(
      screen.getByText(/not come any further for more than a minute.* from the beginning by itself/),
    ).toBeDefined();
  });
  test('one that says nothing about the draft any more says so', () => {
    openCard({ simulation: { ...done, isOfDraft: false } }, 'it');
    expect(screen.getByText(/da allora la bozza o la versione pubblicata è cambiata/)).toBeDefined();
  });
});

const month = (part: Partial<MonthOf>): MonthOf => ({
  ...{ issued: 0, takenBack: 0, redeemed: 0, lapsed: 0, open: 0, openMinor: 0, rewards: 0, costMinor: 0 },
  tiers: {},
  ...part,
});

const results: Results = {
  currency: 'EUR',
  members: 3,
  orders: 4,
  months: ['2026-10', '2026-11'],
  revenueMinor: [10_000, 30_000],
  published: [month({ issued: 100 }), month({ issued: 300, costMinor: 500, open: 300, openMinor: 1500 })],
  draft: [
    month({ issued: 200 }),
    month({ issued: 600, costMinor: 2000, open: 400, openMinor: 3000, tiers: { gold: 2 } }),
  ],
  bands: [0, 0, 1, 0, 1, 0, 1, 0, 0],
  winners: [{ memberId: asId<MemberId>('ada'), beforeMinor: 500, afterMinor: 1200 }],
  losers: [{ memberId: asId<MemberId>('bob'), beforeMinor: 900, afterMinor: 100 }],
};

describe('what a draft would have come to', () => {
  const open = (language: Language = 'en', shown: Results = results) => {
    let saved = 0;
    const gold = { id: 'gold', name: { en: 'Gold', it: 'Oro', de: 'Gold', fr: 'Or', es: 'Oro' } };
    render(
      <MerchantApp language={language}>
        <ResultCards
          results={shown}
          chance={2500}
          tiers={[gold]}
          names={{ ada: 'Ada Rossi' }}
          save={() => (saved += 1)}
        />
      </MerchantApp>,
    );
    return { user: userEvent.setup(), saved: () => saved };
  };
  test('a year in figures: the draft beside the published version', () => {
    open();
    expect(screen.getByText('Published: 400')).toBeDefined();
    expect(screen.getByText('€20.00', { selector: 'p' })).toBeDefined();
    // 20.00 of 400.00 paid, against 5.00.
    expect(screen.getByText('5%')).toBeDefined();
    expect(screen.getByText('Published: 1.3%')).toBeDefined();
    expect(screen.getByText('of which €7.50 is likely to be redeemed')).toBeDefined();
    expect(screen.getByText('4 orders of 3 members, €400.00 paid and not refunded.')).toBeDefined();
    expect(screen.queryByText(/sample/)).toBeNull();
  });
  test('one order of one member is not several, and a sample is called one', () => {
    open('it', { ...results, orders: 1, members: 1, sampleOf: 1_500_000 });
    expect(screen.getByText(/^1 ordine di 1 iscritto, 400,00/)).toBeDefined();
    expect(screen.getByText(/^Con 1\.500\.000 ordini si prova un campione degli iscritti/)).toBeDefined();
  });
  test('one order of one member is no plural', () => {
    open('de', { ...results, orders: 1, members: 1 });
    expect(screen.getByText(/^1 Bestellung von 1 Mitglied, /)).toBeDefined();
    cleanup();
    open('de');
    expect(screen.getByText(/^4 Bestellungen von 3 Mitgliedern, /)).toBeDefined();
  });
  test('without an order it is one sentence, and no table of zeros', () => {
    open('it', { ...results, orders: 0, members: 0 });
    expect(screen.getByText('Nessun ordine negli ultimi dodici mesi')).toBeDefined();
    expect(screen.queryByRole('table', { hidden: true })).toBeNull();
  });
  test('every chart is a table, too, and the months have all figures of both', () => {
    open();
    const cost = screen.getByLabelText('Show the values: Cost of rewards').closest('details');
    if (cost === null) throw new Error('no table');
    expect(within(cost).getByRole('row', { name: 'November 2026 €5.00 €20.00', hidden: true })).toBeDefined();
    expect(screen.getByRole('row', { name: /^Nov 2026 300 → 600 .* 300 → 400 .* 0 → 2$/ })).toBeDefined();
  });
  test('on a phone the months stand one below the other, the last one open', () => {
    const narrow = (query: string) => ({ matches: query.includes('max-width'), addEventListener: () => undefined });
    vi.stubGlobal('matchMedia', (query: string) => ({ ...narrow(query), removeEventListener: () => undefined }));
    open();
    const last = screen.getByText('Nov 2026').closest('details');
    expect(screen.queryByRole('row', { name: /^Nov 2026/ })).toBeNull();
    expect([screen.getByText('Oct 2026').closest('details')?.open, last?.open]).toEqual([false, true]);
    if (last === null) throw new Error('no month');
    const given = within(last).getByText('300 → 600').closest('div');
    expect(given?.querySelector('dt')?.textContent).toBe('Issued');
    vi.unstubAllGlobals();
  });
  test('who wins and who loses, in bands and by name', async () => {
    const { user, saved } = open();
    expect(screen.getByRole('row', { name: '€5.00 to €20.00 less 1' })).toBeDefined();
    expect(screen.getByRole('row', { name: 'The same, within €1.00 1' })).toBeDefined();
    expect(screen.getByRole('row', { name: '€5.00 to €20.00 more 1' })).toBeDefined();
    expect(screen.getByRole('link', { name: 'Ada Rossi' }).getAttribute('href')).toBe('/app/members/ada');
    expect(screen.getByRole('row', { name: /€9.00 €1.00 −€8.00$/ })).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Save as a file' }));
    expect(saved()).toBe(1);
  });
});
