// @vitest-environment jsdom
import { cleanup, createEvent, fireEvent, screen, within } from '@testing-library/react';
import { readFileSync } from 'node:fs';
import type * as polaris from '@shopify/polaris';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { programDocumentSchema, type ProgramDocument } from '~/core/program/document';
import { asId, type PlatformId } from '~/core/values/ids';
import type { Condition } from '~/core/earning/conditions/all';
import { newTiers } from '~/core/tiers/newTiers';
import { perTongue } from '~/core/values/text';
import { currencies } from '~/ui/program/earn/currencies';
import { EarnPage } from '~/ui/program/earn/EarnPage';
import { bonus, program } from 'test/support/builders';
import { openProgram } from 'test/support/programPages';

vi.mock('@shopify/polaris', async (original) =>
  (await import('test/support/plainPopover')).withPlainPopover(await original<typeof polaris>()),
);

const schemaFile = 'test/devstore/admin-api/schema/admin-2026-10.graphql';
const valid = (document: ProgramDocument): ProgramDocument => programDocumentSchema.parse(document);

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('rates by currency', () => {
  const ratesOf = (document: ProgramDocument) => valid(document).earning.rates;

  test('another currency gets a rate of its own, in its own money, and can lose it', async () => {
    const { user, latestDraft } = openProgram(<EarnPage />);
    await user.click(screen.getByRole('button', { name: 'Add a currency' }));
    expect(document.activeElement).toBe(screen.getByLabelText('Currency'));
    await user.selectOptions(screen.getByLabelText('Currency'), 'JPY');
    expect(ratesOf(latestDraft())).toEqual([
      { currency: 'EUR', points: 1, amountMinor: 100 },
      { currency: 'JPY', points: 1, amountMinor: 100 },
    ]);
    for (const [label, text] of [
      ['Points (JPY)', '3'],
      ['For every (JPY)', '250'],
    ] as const) {
      await user.clear(screen.getByLabelText(label));
      await user.type(screen.getByLabelText(label), text);
    }
    expect(screen.getByText('Every JP¥250 earns 3 points.')).toBeDefined();
    expect(ratesOf(latestDraft())[1]).toEqual({ currency: 'JPY', points: 3, amountMinor: 250 });
    await user.click(screen.getByRole('button', { name: 'Add a currency' }));
    const [, second] = screen.getAllByLabelText('Currency');
    const offered = within(second as HTMLElement)
      .getAllByRole('option')
      .map(({ textContent }) => textContent);
    expect(offered).toContain('USD');
    expect(offered.filter((one) => one === 'EUR' || one === 'JPY')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Remove the rate for JPY' }));
    expect(ratesOf(latestDraft()).map(({ currency }) => currency)).toEqual(['EUR', 'USD']);
  });
  test('a rate of another currency alone is shown as what it is', async () => {
    const { user, latestDraft } = openProgram(<EarnPage />, {
      document: program({ earning: { rates: [{ currency: 'CHF', points: 2, amountMinor: 500 }] } }),
    });
    expect((screen.getByLabelText('Currency') as HTMLSelectElement).value).toBe('CHF');
    expect(screen.getByLabelText('Points (CHF)')).toBeDefined();
    expect(screen.queryByLabelText('Points')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Add a currency' }));
    expect(ratesOf(latestDraft())).toEqual([
      { currency: 'CHF', points: 2, amountMinor: 500 },
      { currency: 'EUR', points: 2, amountMinor: 100 },
    ]);
    expect(screen.getByText('An order of €50.00 earns 100 points.')).toBeDefined();
  });
  test('every currency that an order of the shop can be in is offered', () => {
    const [, written = ''] = /^enum CurrencyCode \{\n([^}]*)\}/m.exec(readFileSync(schemaFile, 'utf8')) ?? [];
    const codes = written.split('\n').filter((line) => /^ {2}[A-Z]{3}$/.test(line) && line !== '  XXX');
    expect(codes.length).toBeGreaterThan(100);
    expect([...currencies]).toEqual(codes.map((line) => line.trim()));
  });
});

describe('pauses and seasons', () => {
  const setDay = (label: string, day: string): void =>
    void fireEvent.change(screen.getByLabelText(label), { target: { value: day } });

  test('earning and rewards are paused, and what members then read stands there', async () => {
    const { user, latestDraft } = openProgram(<EarnPage />);
    expect(screen.getByText('Orders earn and rewards are given, every day.')).toBeDefined();
    await user.click(screen.getByLabelText('Earning is paused'));
    expect(screen.getByText(/^Members see nothing to earn\./)).toBeDefined();
    await user.click(screen.getByLabelText('Rewards are paused'));
    const read = 'Members read: “Rewards are paused at the moment. Your balance stays.”';
    expect(screen.getByText(read)).toBeDefined();
    expect(screen.getByText('No reward is given at the moment.')).toBeDefined();
    expect(valid(latestDraft())).toMatchObject({ earning: { paused: true }, redeeming: { paused: true } });
  });
  test('both have their days; an empty day is no limit', () => {
    const { latestDraft } = openProgram(<EarnPage />);
    setDay('First day of earning', '2026-02-01');
    expect(valid(latestDraft()).earning.window).toEqual({ from: '2026-02-01', to: null });
    setDay('Last day of earning', '2026-01-31');
    expect(screen.getByText('The last day lies before the first.')).toBeDefined();
    setDay('Last day of earning', '2026-07-31');
    expect(screen.getAllByText('Orders earn from 1 February 2026 to 31 July 2026.')).toHaveLength(2);
    setDay('Last day of rewards', '2026-09-15');
    expect(screen.getByText('Rewards are given until 15 September 2026.')).toBeDefined();
    expect(valid(latestDraft()).redeeming.lastDay).toBe('2026-09-15');
    for (const label of ['First day of earning', 'Last day of earning', 'Last day of rewards']) setDay(label, '');
    expect(valid(latestDraft())).toMatchObject({ earning: { window: null }, redeeming: { lastDay: null } });
  });
});

describe('sales channels', () => {
  const from = (channels: string[]) =>
    openProgram(<EarnPage />, {
      document: program({
        earning: { bonuses: [bonus({ id: 'app', times: 2, conditions: [{ kind: 'channel', channels }] })] },
      }),
    });
  const box = (name: string) => within(screen.getByRole('group', { name: 'Sales channel' })).getByLabelText(name);
  const isTicked = (name: string) => (box(name) as HTMLInputElement).checked;

  test('those that every shop has are ticked, and an app’s own is written, with no other on its way', async () => {
    const { user, latestDraft } = from(['POS']);
    const channels = () => latestDraft().earning.bonuses[0]?.conditions[0];
    await user.click(screen.getByRole('button', { name: 'app', expanded: false }));
    expect([isTicked('Online store'), isTicked('Point of sale'), isTicked('Draft orders')]).toEqual([
      false,
      true,
      false,
    ]);
    await user.click(box('Draft orders'));
    await user.click(box('Point of sale'));
    expect(channels()).toEqual({ kind: 'channel', channels: ['shopify_draft_order'] });
    const [others] = screen.getAllByLabelText('Other channels');
    await user.type(others as HTMLElement, 'pos-app');
    expect(isTicked('Point of sale')).toBe(false);
    expect(valid(latestDraft()).earning.bonuses[0]?.conditions).toEqual([
      { kind: 'channel', channels: ['shopify_draft_order', 'pos-app'] },
    ]);
    expect(screen.getByText('Double points through a draft order or through pos-app.')).toBeDefined();
    await user.click(box('Draft orders'));
    await user.clear(others as HTMLElement);
    await user.click(screen.getByRole('button', { name: 'Remove pos-app (Other channels)' }));
    expect(channels()).toEqual({ kind: 'channel', channels: [] });
  });
  test('are left out of earning in the same way', async () => {
    const { user, latestDraft } = openProgram(<EarnPage />);
    await user.click(
      within(screen.getByRole('group', { name: 'Channels without points' })).getByLabelText('Point of sale'),
    );
    expect(valid(latestDraft()).earning.exclude.channels).toEqual(['pos']);
    expect(screen.getByText('No points for orders at the counter.')).toBeDefined();
  });
});

describe('bonuses of a store', () => {
  const store = (name: string, last: number) => ({
    id: `01890000-0000-7000-8000-00000000000${last}`,
    name,
    domain: `${name.toLowerCase()}.myshopify.com`,
  });
  const stores = [store('Online', 1), store('Roma', 2)];
  const ofStores = (...storeIds: string[]) =>
    program({ earning: { bonuses: [bonus({ id: 'roma', times: 2, conditions: [{ kind: 'store', storeIds }] })] } });

  test('name the program’s stores; one that is no store of it can only be taken out', async () => {
    const strange = store('Gone', 9).id;
    const { user, latestDraft } = openProgram(<EarnPage />, {
      document: ofStores(stores[1]?.id ?? '', strange),
      stores,
    });
    expect(screen.getByText('Double points in Roma or a store that is gone.')).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'roma', expanded: false }));
    expect(screen.getByLabelText('Roma')).toHaveProperty('checked', true);
    expect(screen.getByText('This store does not belong to the program. Take it out.')).toBeDefined();
    await user.click(screen.getByLabelText(strange));
    expect(screen.getByText('Double points in Roma.')).toBeDefined();
    await user.click(screen.getByLabelText('Online'));
    expect(screen.getByText('Double points in Roma or Online.')).toBeDefined();
    expect(valid(latestDraft()).earning.bonuses[0]?.conditions).toEqual([
      { kind: 'store', storeIds: stores.map(({ id }) => id).reverse() },
    ]);
    expect(screen.queryByLabelText(strange)).toBeNull();
  });
  test.each([1, 2])('are offered where there is a choice: with %i of them', async (count) => {
    const document = program({ earning: { bonuses: [bonus({ id: 'roma', times: 2 })] } });
    const { user } = openProgram(<EarnPage />, { document, stores: stores.slice(0, count) });
    await user.click(screen.getByRole('button', { name: 'roma', expanded: false }));
    await user.click(screen.getByRole('button', { name: 'Add a condition' }));
    expect(screen.getByRole('menuitem', { name: 'Products' })).toBeDefined();
    expect(screen.queryAllByRole('menuitem', { name: 'Stores' })).toHaveLength(count - 1);
  });
});

test.each([
  ['tier', { kind: 'tier', tierIds: ['gone', 'silver'] }, { kind: 'tier', tierIds: ['silver'] }],
  ['segment', { kind: 'segment', segmentIds: ['gone', 'vip'] }, { kind: 'segment', segmentIds: ['vip'] }],
] satisfies [string, Condition, Condition][])(
  'a %s that was deleted is named as gone, and can be taken out of the rule',
  async (of, named, left) => {
    const { earning, ...rest } = program({ earning: { bonuses: [bonus({ id: 'roma', times: 2 })] } });
    const bonuses = earning.bonuses.map((one) => ({ ...one, conditions: [named] }));
    const segments = [{ id: 'vip', name: perTongue(() => 'VIP'), customerTags: ['vip'] }];
    const document = { ...rest, earning: { ...earning, bonuses }, tiers: newTiers('EUR'), segments };
    const { user, latestDraft } = openProgram(<EarnPage />, { document });
    expect(
      screen.getByText(`Double points for ${of === 'tier' ? 'Silver' : 'VIP'} or a ${of} that is gone.`),
    ).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'roma', expanded: false }));
    await user.click(screen.getByRole('checkbox', { name: 'gone (not in the program any more)' }));
    expect(latestDraft().earning.bonuses[0]?.conditions).toEqual([left]);
  },
);

test('the days of a condition begin with the day that it is where the shop is', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-27T23:30:00Z') });
  const document = program({ earning: { bonuses: [bonus({ id: 'roma', times: 2 })] } });
  const { user, latestDraft } = openProgram(<EarnPage />, { document });
  await user.click(screen.getByRole('button', { name: 'roma', expanded: false }));
  await user.click(screen.getByRole('button', { name: 'Add a condition' }));
  await user.click(screen.getByRole('menuitem', { name: 'Dates' }));
  const [first] = latestDraft().earning.bonuses;
  expect(first?.conditions.at(-1)).toMatchObject({ kind: 'dates', from: '2026-11-28', to: '2026-11-28' });
  vi.useRealTimers();
});

describe('what earns nothing', () => {
  beforeEach(() => {
    const chosen = [{ id: 'gid://shopify/Collection/7', title: 'Outlet', image: null }];
    vi.stubGlobal('shopify', { resourcePicker: () => Promise.resolve(chosen) });
  });

  test('products and collections of the shop, by their names', async () => {
    const document = program();
    const { earning } = document;
    const exclude = { ...earning.exclude, productIds: ['31'] };
    const gift = { id: asId<PlatformId>('31'), title: 'Gift box', picture: null };
    const { user, latestDraft } = openProgram(<EarnPage />, {
      document: { ...document, earning: { ...earning, exclude } },
      readThings: () => Promise.resolve({ product: [gift], collection: [], variant: [] }),
    });
    expect(await screen.findByText('No points on Gift box.')).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Choose collections: Collections without points' }));
    expect(screen.getByText('No points on Outlet.')).toBeDefined();
    expect(valid(latestDraft()).earning.exclude).toMatchObject({ productIds: ['31'], collectionIds: ['7'] });
  });
  test('tags are chips: finished with a comma, Enter or by leaving, and taken out again', async () => {
    const { user, latestDraft } = openProgram(<EarnPage />);
    const field = screen.getByLabelText('Product tags without points');
    await user.type(field, 'sample,gift{Enter}outlet');
    expect(latestDraft().earning.exclude.productTags).toEqual(['sample', 'gift', 'outlet']);
    await user.tab();
    await user.click(screen.getByRole('button', { name: /^Remove gift \(/ }));
    expect(valid(latestDraft()).earning.exclude.productTags).toEqual(['sample', 'outlet']);
    expect(screen.getByText('No points on products tagged sample or outlet.')).toBeDefined();
  });
});

describe('the order of bonuses', () => {
  const dataTransfer = { setData: () => undefined, setDragImage: () => undefined, effectAllowed: '' };
  const drag = (kind: 'dragStart' | 'dragOver' | 'drop' | 'dragEnd', of: Element): boolean =>
    fireEvent(of, createEvent[kind](of, { dataTransfer }));
  const open = () => {
    const bonuses = ['one', 'two', 'three'].map((id) => bonus({ id, points: 50 }));
    const opened = openProgram(<EarnPage />, { document: program({ earning: { bonuses } }) });
    const handles = screen.getAllByTitle('Drag to move it');
    const rows = handles.map((handle) => handle.closest('[data-rule]') ?? document.body);
    return { ...opened, handles, rows, ids: () => opened.latestDraft().earning.bonuses.map(({ id }) => id) };
  };

  test('is changed by dragging one onto the place of another', () => {
    const { handles, rows, ids } = open();
    drag('dragStart', handles[0] ?? document.body);
    drag('dragOver', rows[2] ?? document.body);
    drag('drop', rows[2] ?? document.body);
    expect(ids()).toEqual(['two', 'three', 'one']);
  });
  test('is changed with a finger, too: what is under it when it is lifted gives its place', () => {
    const { handles, rows, ids } = open();
    const handle = Object.assign(handles[0] ?? document.body, { setPointerCapture: () => undefined });
    const under = (row: Element | undefined): void =>
      void Object.assign(document, { elementFromPoint: () => row ?? null });
    const touch = (kind: 'pointerDown' | 'pointerMove' | 'pointerUp', pointerType = 'touch'): void => {
      const event = createEvent[kind](handle);
      Object.defineProperty(event, 'pointerType', { value: pointerType });
      fireEvent(handle, event);
    };
    const drag = (row: Element | undefined, pointerType?: string): void => {
      touch('pointerDown', pointerType);
      under(row);
      touch('pointerMove', pointerType);
      touch('pointerUp', pointerType);
    };
    drag(rows[1]);
    expect(ids()).toEqual(['two', 'one', 'three']);
    drag(undefined);
    drag(document.body);
    drag(rows[2], 'mouse');
    expect(ids()).toEqual(['two', 'one', 'three']);
  });
  test('stays when it is let go elsewhere, and nothing that comes from outside moves anything', () => {
    const { handles, rows, ids } = open();
    drag('dragStart', handles[0] ?? document.body);
    drag('dragOver', rows[2] ?? document.body);
    drag('dragEnd', handles[0] ?? document.body);
    drag('drop', rows[2] ?? document.body);
    expect(ids()).toEqual(['one', 'two', 'three']);
  });
});

describe('segments of customers', () => {
  test('have tags as chips, a sentence, and one that a reward names is not deleted', async () => {
    const { user, latestDraft } = openProgram(<EarnPage />, { all: true });
    await user.click(screen.getByRole('button', { name: 'Add a segment' }));
    expect(screen.getByText('Add at least one.')).toBeDefined();
    await user.type(screen.getByLabelText('Customer tags'), 'wholesale, vip{Enter}press');
    expect(screen.getByText('New segment: customers tagged wholesale, vip or press.')).toBeDefined();
    await user.tab();
    await user.click(screen.getByRole('button', { name: /^Remove vip \(/ }));
    await user.clear(screen.getByLabelText('Name (English)'));
    await user.type(screen.getByLabelText('Name (English)'), 'Trade');
    expect(valid(latestDraft()).segments).toMatchObject([{ id: 'segment-1', customerTags: ['wholesale', 'press'] }]);
    cleanup();
    const named = {
      ...latestDraft(),
      rewards: program().rewards.map((reward) => ({ ...reward, segmentIds: ['segment-1'] })),
    };
    const again = openProgram(<EarnPage />, { document: named });
    await again.user.click(screen.getByRole('button', { name: 'Actions for “Trade”' }));
    await again.user.click(screen.getByRole('menuitem', { name: 'Delete' }));
    expect(screen.getByText(/^“Trade” is still used by: reward “€5 off”/)).toBeDefined();
    expect(again.latestDraft().segments).toHaveLength(1);
  });
  test('what a condition would choose from is missing: the menu says where it is made', async () => {
    const document = program({ earning: { bonuses: [bonus({ id: 'trade', times: 2 })] } });
    const { user } = openProgram(<EarnPage />, { document });
    await user.click(screen.getByRole('button', { name: 'trade', expanded: false }));
    await user.click(screen.getByRole('button', { name: 'Add a condition' }));
    const missing = screen.getByRole('menuitem', { name: /^Segments First add a segment/ });
    expect(missing.getAttribute('aria-disabled') ?? missing.hasAttribute('disabled')).toBeTruthy();
    expect(screen.getByRole('menuitem', { name: /^Tiers First add a tier/ })).toBeDefined();
    expect(screen.queryByRole('menuitem', { name: /^Stores/ })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Add a segment' }));
    await user.click(screen.getByRole('menuitem', { name: 'Segments' }));
    expect(screen.getByText(/for New segment/)).toBeDefined();
  });
});
