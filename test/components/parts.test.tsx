// @vitest-environment jsdom
import { createRemixStub } from '@remix-run/testing';
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { StorefrontPart } from '~/platforms/platform';
import { StorefrontParts } from '~/ui/start/StorefrontParts';
import { MerchantApp } from 'test/support/merchantApp';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const part = (name: StorefrontPart['name'], isShown: boolean | null): StorefrontPart => ({
  ...{ name, isShown },
  editor: `https://shop.example.com/admin/themes/current/editor?addAppBlockId=key/${name}`,
});

const open = (...answers: (readonly StorefrontPart[] | null)[]) => {
  let asked = 0;
  const Stub = createRemixStub([
    {
      path: '/',
      Component: () => (
        <MerchantApp language="en">
          <StorefrontParts />
        </MerchantApp>
      ),
    },
    { path: '/app/parts', loader: () => ({ parts: answers[Math.min(asked++, answers.length - 1)] }) },
  ]);
  render(<Stub />);
  return { user: userEvent.setup(), asked: () => asked };
};

const stateOf = async (name: string): Promise<string | null> => {
  const heading = await screen.findByRole('heading', { name });
  const row = heading.parentElement;
  return row === null ? null : (within(row).queryByText(/theme/)?.textContent ?? null);
};

describe('the parts of the storefront', () => {
  test('each says whether the theme has it; what it has not leads into the theme editor', async () => {
    open([part('balance', true), part('rewards', false)]);
    expect(await stateOf('Balance')).toBe('In the theme');
    expect(await stateOf('Rewards in the cart')).toBe('Not in the theme yet');
    const ways = screen.getAllByRole('link', { name: /^Add in the theme editor/ });
    expect(ways.map((way) => way.getAttribute('href'))).toEqual([part('rewards', false).editor]);
  });

  test('buttons are spoken of where there are any', async () => {
    open([part('balance', true), part('rewards', false)]);
    await screen.findByText(/^Each button opens the theme editor/);
    cleanup();
    open([part('balance', true), part('rewards', true)]);
    await screen.findByText('All parts are in the theme.');
    expect(screen.queryByText(/Each button/)).toBeNull();
  });

  test('whoever comes back from the theme editor sees what has changed there', async () => {
    const { asked } = open([part('balance', false)], [part('balance', true)]);
    expect(await stateOf('Balance')).toBe('Not in the theme yet');
    document.dispatchEvent(new Event('visibilitychange'));
    await waitFor(async () => expect(await stateOf('Balance')).toBe('In the theme'));
    expect(asked()).toBe(2);
  });

  test('without leave to read the theme nothing is claimed; the merchant may give it', async () => {
    const request = vi.fn(() => Promise.resolve({ result: 'granted-all' }));
    vi.stubGlobal('shopify', { scopes: { request } });
    const { user } = open([part('balance', null)], [part('balance', true)]);
    expect(await stateOf('Balance')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Allow reading the theme' }));
    await waitFor(async () => expect(await stateOf('Balance')).toBe('In the theme'));
    expect(request).toHaveBeenCalledWith(['read_themes']);
    expect(screen.queryByRole('button', { name: 'Allow reading the theme' })).toBeNull();
  });

  test('who declines is not asked of the shop again', async () => {
    vi.stubGlobal('shopify', { scopes: { request: () => Promise.resolve({ result: 'declined-all' }) } });
    const { user, asked } = open([part('balance', null)]);
    await user.click(await screen.findByRole('button', { name: 'Allow reading the theme' }));
    expect(asked()).toBe(1);
  });

  test('a shop that does not answer can be asked again', async () => {
    const { user } = open(null, [part('balance', true)]);
    await user.click(await screen.findByRole('button', { name: 'Look again' }));
    expect(await stateOf('Balance')).toBe('In the theme');
  });
});
