// @vitest-environment jsdom
import { cleanup, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { asId, type PlatformId } from '~/core/values/ids';
import { OverviewPage } from '~/ui/program/overview/OverviewPage';
import { EarnPage } from '~/ui/program/earn/EarnPage';
import type { ReadThings, Thing } from '~/ui/program/things';
import { bonus, program } from 'test/support/builders';
import { openProgram } from 'test/support/programPages';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const thing = (id: string, title: string): Thing => ({ id: asId<PlatformId>(id), title, picture: null });
const coffee = thing('31', 'Coffee');
const readCoffee: ReadThings = () => Promise.resolve({ product: [coffee], collection: [], variant: [] });

const onProducts = (...productIds: string[]) =>
  program({ earning: { bonuses: [bonus({ id: 'coffee', times: 2, conditions: [{ kind: 'product', productIds }] })] } });
const open = (options: Parameters<typeof openProgram>[1]) => openProgram(<EarnPage />, { all: true, ...options });
const openRule = async ({ user }: ReturnType<typeof open>) => {
  await user.click(screen.getByRole('button', { name: 'coffee', expanded: false }));
  return screen.getByRole('group', { name: 'Products' });
};

describe('products and collections of the shop', () => {
  test('are shown by their names, in the field and in the sentence; one that is gone says so', async () => {
    vi.stubGlobal('shopify', { resourcePicker: () => Promise.resolve(undefined) });
    const asked: unknown[] = [];
    const readThings: ReadThings = (ids) => {
      asked.push(ids);
      return readCoffee(ids);
    };
    const opened = open({ document: onProducts('31', '32'), readThings });
    const field = await openRule(opened);
    expect(within(field).getByText('Coffee')).toBeDefined();
    expect(within(field).getByText('This product is not in the shop any more. Choose another.')).toBeDefined();
    // Its number says nothing to a merchant, who chooses from the shop's own list.
    expect(within(field).queryByText('32')).toBeNull();
    expect(screen.getByText('Double points on Coffee or a product that is gone.')).toBeDefined();
    await opened.user.click(within(field).getByRole('button', { name: 'Remove product “32”' }));
    expect(screen.getByText('Double points on Coffee.')).toBeDefined();
    expect(opened.latestDraft().earning.bonuses[0]?.conditions).toEqual([{ kind: 'product', productIds: ['31'] }]);
    expect(asked).toEqual([{ product: ['31', '32'], collection: [], variant: [] }]);
  });
  test('when some are gone, the overview says which rules name them, before anybody wants to publish', async () => {
    const shop = { currency: 'EUR', today: '2026-11-27', medianYearMinor: null };
    openProgram(<OverviewPage shop={shop} />, { document: onProducts('32'), readThings: readCoffee });
    expect(await screen.findByText('Some rules name what is not in the shop any more')).toBeDefined();
    expect(screen.getByText('coffee: This product is not in the shop any more. Choose another.')).toBeDefined();
    expect(screen.getByText('Double points on a product that is gone.')).toBeDefined();
  });
  test('are chosen in the shop’s own list, which knows what was chosen before', async () => {
    const seen: unknown[] = [];
    const chosen = [{ id: 'gid://shopify/Product/77', title: 'Honey', images: [{ originalSrc: 'https://cdn/h.png' }] }];
    const resourcePicker = (options: unknown) => {
      seen.push(options);
      return Promise.resolve(seen.length === 1 ? undefined : chosen);
    };
    vi.stubGlobal('shopify', { resourcePicker });
    const opened = open({ document: onProducts('31'), readThings: readCoffee });
    const field = await openRule(opened);
    const choose = within(field).getByRole('button', { name: 'Choose products: Products' });
    await opened.user.click(choose);
    expect(opened.latestDraft().earning.bonuses[0]?.conditions).toEqual([{ kind: 'product', productIds: ['31'] }]);
    await opened.user.click(choose);
    expect(seen[0]).toMatchObject({ type: 'product', selectionIds: [{ id: 'gid://shopify/Product/31' }] });
    expect(opened.latestDraft().earning.bonuses[0]?.conditions).toEqual([{ kind: 'product', productIds: ['77'] }]);
    expect(screen.getByText('Double points on Honey.')).toBeDefined();
    expect(field.querySelector('img')?.getAttribute('src')).toBe('https://cdn/h.png');
  });
  test('a list that does not open says so, and nothing changes', async () => {
    vi.stubGlobal('shopify', { resourcePicker: () => Promise.reject(new Error('no')) });
    const opened = open({ document: onProducts('31'), readThings: readCoffee });
    const field = await openRule(opened);
    await opened.user.click(within(field).getByRole('button', { name: 'Choose products: Products' }));
    expect(within(field).getByText('The list of the shop could not be opened. Try again.')).toBeDefined();
    expect(opened.latestDraft().earning.bonuses[0]?.conditions).toEqual([{ kind: 'product', productIds: ['31'] }]);
  });
  test('where there is no list of the shop, ids are written, and names appear all the same', async () => {
    const opened = open({ document: onProducts('9'), readThings: readCoffee });
    await opened.user.click(screen.getByRole('button', { name: 'coffee', expanded: false }));
    const field = screen.getByLabelText('Products');
    await opened.user.clear(field);
    await opened.user.type(field, '31, 32');
    const ids = [{ kind: 'product', productIds: ['31', '32'] }];
    expect(opened.latestDraft().earning.bonuses[0]?.conditions).toEqual(ids);
    expect(await screen.findByText('Coffee')).toBeDefined();
  });
  test('while the shop does not answer their ids stand there, and it is asked again', async () => {
    let calls = 0;
    const readThings: ReadThings = (ids) => {
      calls += 1;
      return calls === 1 ? Promise.reject(new Error('503')) : readCoffee(ids);
    };
    const opened = open({ document: onProducts('31'), readThings });
    await opened.user.click(screen.getByRole('button', { name: 'coffee', expanded: false }));
    expect(screen.getByText('Double points on 1 product.')).toBeDefined();
    await opened.user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Double points on Coffee.')).toBeDefined();
  });
});
