// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ProgramDocument } from '~/core/program/document';
import { asId, type PlatformId } from '~/core/values/ids';
import { Calculator } from '~/ui/program/calculator/Calculator';
import type { ReadSold } from '~/ui/program/readSold';
import { newTiers } from '~/core/tiers/newTiers';
import { bonus, program } from 'test/support/builders';
import { MerchantApp } from 'test/support/merchantApp';
import { retype } from 'test/support/programPages';

const id = (text: string): PlatformId => asId<PlatformId>(text);
const inCoffee = { type: 'Coffee', tags: ['bio'], collections: ['7'], saleVariants: [] };
const sold: Record<string, Awaited<ReturnType<ReadSold>>[number]> = {
  '41': { variantId: id('41'), productId: id('31'), vendor: 'Hill', priceMinor: 1250, facts: inCoffee },
  '42': {
    ...{ variantId: id('42'), productId: id('32'), vendor: null, priceMinor: 2000 },
    facts: { type: null, tags: [], collections: [], saleVariants: ['42'] },
  },
};
const readSold: ReadSold = (ids) => Promise.resolve(ids.flatMap((one) => sold[one] ?? []));

const picked = (...ids: string[]) =>
  ids.map((one) => ({
    id: `gid://shopify/ProductVariant/${one}`,
    title: 'Default Title',
    displayName: `${one === '41' ? 'Coffee' : 'Cup'} - Default Title`,
  }));

let choice: unknown[] = [];
const seen: unknown[] = [];
beforeEach(() => {
  seen.length = 0;
  vi.stubGlobal('shopify', {
    resourcePicker: (options: unknown) => {
      seen.push(options);
      return Promise.resolve(choice);
    },
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const stores = [
  { id: '01890000-0000-7000-8000-000000000001', name: 'Online', domain: 'online.myshopify.com' },
  { id: '01890000-0000-7000-8000-000000000002', name: 'Roma', domain: 'roma.myshopify.com' },
] as const;
const saturdays = { kind: 'weekday' as const, days: [6] };
const coffees = { kind: 'collection' as const, collectionIds: ['7'] };
const onCoffee = bonus({ id: 'coffee', times: 2, conditions: [coffees] });
const document = program({ earning: { bonuses: [onCoffee] } });

const open = (draft: ProgramDocument | null = null, read: ReadSold = readSold, published = document) => {
  render(
    <MerchantApp>
      <Calculator
        published={published}
        draft={draft}
        isDraft={draft !== null}
        stores={stores}
        here={stores[0].id}
        readSold={read}
      />
    </MerchantApp>,
  );
  return userEvent.setup();
};

const choosing = async (user: ReturnType<typeof userEvent.setup>, ...ids: string[]): Promise<void> => {
  choice = picked(...ids);
  await user.click(screen.getByRole('button', { name: /products/i }));
};

describe('the calculator', () => {
  test('with products it earns what the shop says of them deserves, line by line', async () => {
    const user = open();
    await choosing(user, '41', '42');
    expect(await screen.findByText('45 points')).toBeDefined();
    expect(screen.queryByLabelText('Order')).toBeNull();
    expect(screen.getByText('€12.50 × (2× coffee) + €20.00, 1 point per €1.00')).toBeDefined();
    expect(screen.getByText('Coffee (× 1, 2× coffee): 25 points')).toBeDefined();
    expect(screen.getByText('Cup (× 1): 20 points')).toBeDefined();
  });
  test('quantity and price can be changed, and every line can be taken out', async () => {
    const user = open();
    await choosing(user, '41', '42');
    const [quantity] = await screen.findAllByLabelText('Quantity');
    const [price] = screen.getAllByLabelText('Price each');
    await retype(user, quantity as HTMLElement, '3');
    await retype(user, price as HTMLElement, '10');
    expect(screen.getByText('80 points')).toBeDefined();
    await retype(user, quantity as HTMLElement, '0');
    expect(screen.getByText('Fill in the example above.')).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Remove “Coffee” from the calculator' }));
    expect(screen.getByText('20 points')).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Remove “Cup” from the calculator' }));
    expect(screen.getByLabelText('Order')).toBeDefined();
    expect(screen.getByText('50 points')).toBeDefined();
  });
  test('an amount below 0 says so at its field, as an order and as a price', async () => {
    const user = open();
    await retype(user, screen.getByLabelText('Order'), '-5');
    await user.tab();
    expect(screen.getByText('At least 0.')).toBeDefined();
    await retype(user, screen.getByLabelText('Order'), '0');
    expect(screen.queryByText('At least 0.')).toBeNull();
    expect(screen.getByText('0 points')).toBeDefined();
    await choosing(user, '41');
    await retype(user, await screen.findByLabelText('Price each'), '-1');
    await user.tab();
    expect(screen.getByText('At least 0.')).toBeDefined();
  });
  test('sale items and vendors are excluded as in a real order', async () => {
    const exclude = { saleItems: true, vendors: ['hill'] };
    const user = open(null, readSold, program({ earning: { exclude } }));
    await choosing(user, '41', '42');
    expect(await screen.findByText('0 points')).toBeDefined();
  });
  test('the draft stands beside the published program, each with its own arithmetic', async () => {
    const tiers = newTiers('EUR');
    const draft = { ...program({ earning: { bonuses: [{ ...onCoffee, conditions: [saturdays] }] } }), tiers };
    const user = open(draft);
    await choosing(user, '41', '42');
    const day = await screen.findByLabelText('Day');
    await retype(user, day, '2026-06-13');
    expect(screen.getByText('65 points')).toBeDefined();
    expect(screen.getByText('€32.50 × (2× coffee), 1 point per €1.00')).toBeDefined();
    expect(screen.getByText('45 points')).toBeDefined();
    expect(screen.getByLabelText('Tier')).toBeDefined();
  });
  test('a choice keeps what was typed, and what the shop does not tell changes nothing', async () => {
    let calls = 0;
    const read: ReadSold = (ids) => {
      calls += 1;
      return calls === 1 ? Promise.reject(new Error('503')) : readSold(ids);
    };
    const user = open(null, read);
    await choosing(user, '41');
    expect(await screen.findByText('The shop did not say what these products are. Try again.')).toBeDefined();
    expect(screen.getByText('50 points')).toBeDefined();
    await choosing(user, '41');
    await retype(user, await screen.findByLabelText('Quantity'), '2');
    await choosing(user, '41', '42');
    expect(await screen.findByText('70 points')).toBeDefined();
    expect(seen.at(-1)).toMatchObject({ selectionIds: [{ id: 'gid://shopify/ProductVariant/41' }] });
    expect(screen.queryByText(/did not say/)).toBeNull();
  });
  test('store and segment are asked where a rule names them', async () => {
    const vip = { id: 'vip', name: { en: 'VIP', it: 'VIP', de: 'VIP', fr: 'VIP', es: 'VIP' }, customerTags: ['Best'] };
    const bonuses = [
      bonus({ id: 'roma', times: 2, conditions: [{ kind: 'store', storeIds: [stores[1].id] }] }),
      bonus({ id: 'best', times: 3, conditions: [{ kind: 'segment', segmentIds: ['vip'] }] }),
    ];
    const user = open(null, readSold, { ...program({ segments: [vip], earning: { bonuses } }) });
    expect(screen.getByText('50 points')).toBeDefined();
    // Each has its own room in the form: in one they touched each other.
    const rooms = ['Store', 'Segment'].map((label) =>
      screen.getByLabelText(label).closest('.Polaris-FormLayout__Item'),
    );
    expect(new Set(rooms).size).toBe(2);
    await user.selectOptions(screen.getByLabelText('Store'), 'Roma');
    expect(screen.getByText('100 points')).toBeDefined();
    await user.selectOptions(screen.getByLabelText('Segment'), 'VIP');
    expect(screen.getByText('150 points')).toBeDefined();
    cleanup();
    open();
    expect([screen.queryByLabelText('Store'), screen.queryByLabelText('Segment')]).toEqual([null, null]);
  });
  test('what no rule asks for leaves no gap, and day and time stand side by side', () => {
    open();
    expect(screen.getByLabelText('Order')).toBeDefined();
    expect(window.document.querySelectorAll('.Polaris-FormLayout__Item:empty')).toHaveLength(0);
    const group = screen.getByLabelText('Day').closest('[role=group]') as HTMLElement;
    expect(within(group).getByLabelText('Time')).toBeDefined();
  });
  test('an order that earns nothing says why', () => {
    open(null, readSold, program({ earning: { paused: true } }));
    expect(screen.getByText('0 points')).toBeDefined();
    expect(within(globalThis.document.body).getByText('Earning was paused when it was placed')).toBeDefined();
  });
});
