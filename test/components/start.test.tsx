// @vitest-environment jsdom
import { createRemixStub } from '@remix-run/testing';
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { FirstRun } from '~/core/program/firstRun';
import { languages, translate, type Language } from '~/i18n/catalog';
import { OverviewPage } from '~/ui/program/overview/OverviewPage';
import { keepUnsent } from '~/ui/sending';
import { StartPage } from '~/ui/start/StartPage';
import { program } from 'test/support/builders';
import { MerchantApp } from 'test/support/merchantApp';
import { openProgram } from 'test/support/programPages';

afterEach(cleanup);

/** `statuses`: with which errors the first requests end; those after them are answered. */
const open = (kept: FirstRun | null = null, language: Language = 'en', statuses: number[] = []) => {
  const sent: Record<string, unknown>[] = [];
  const left = [...statuses];
  const Stub = createRemixStub([
    {
      path: '/',
      Component: () => (
        <MerchantApp language={language}>
          <StartPage kept={kept} today="2026-11-26" refusal={null} unsent={null} />
        </MerchantApp>
      ),
      action: async ({ request }) => {
        const serverAction = <Answer,>(): Promise<Answer> => {
          const status = left.shift();
          if (status !== undefined) throw new Response(null, { status });
          return Promise.resolve({ refusal: null } as Answer);
        };
        sent.push(Object.fromEntries(await request.clone().formData()));
        return await keepUnsent({ request, params: {}, serverAction });
      },
    },
  ]);
  render(<Stub />);
  return { user: userEvent.setup(), sent };
};
const card = (name: string) => {
  const found = screen.getByRole('radio', { name }).closest('div[style*=pointer]');
  if (!(found instanceof HTMLElement)) throw new Error(`${name} has no card`);
  return within(found);
};

describe('a merchant begins', () => {
  test('six programs in sentences; the one chosen says what an order earns and costs, in every tier', async () => {
    const { user } = open();
    expect(within(screen.getByRole('radiogroup', { name: 'Choose a program' })).getAllByRole('radio')).toHaveLength(6);
    expect(screen.getByText(/^An order of €50.00 earns 50 points. Redeemed, that is worth €2.50: 5%/)).toBeDefined();
    const fashion = card('Fashion');
    for (const sentence of [
      'Every €1.00 earns 1 point.',
      'Silver from €300.00 in 12 months, for another 12 months. It gives: 1.25× points.',
      '100 points for €5.00 off.',
      'Points expire after 12 months without activity.',
    ])
      expect(fashion.getByText(sentence)).toBeDefined();
    await user.click(fashion.getByText('100 points for €5.00 off.'));
    expect(screen.getByText('As Gold: 75 points.')).toBeDefined();
    await user.click(screen.getByRole('radio', { name: 'Points collection' }));
    expect(screen.getByText('An order of €50.00 earns 5 points.')).toBeDefined();
    expect(screen.getByText(/No reward is on offer yet/)).toBeDefined();
    expect(card('Points collection').getByText('Orders earn from 26 November 2026 to 25 May 2027.')).toBeDefined();
  });
  test('a name that is missing for now leaves no hole in a sentence, nor in the page opened again', async () => {
    const { user } = open();
    await user.clear(screen.getByLabelText('Plural'));
    expect(screen.getByText(/^An order of €50.00 earns 50 points\. /)).toBeDefined();
    expect(card('Fashion').getByText('100 points for €5.00 off.')).toBeDefined();
    cleanup();
    open({ template: 'simple', language: 'en', point: 'star', points: '' });
    expect(screen.getByLabelText<HTMLInputElement>('Plural').value).toBe('points');
  });
  test('what is chosen and typed is kept a moment later, and shown when the page is opened again', async () => {
    const { user, sent } = open();
    await user.click(screen.getByRole('radio', { name: 'Beauty' }));
    await user.clear(screen.getByLabelText('Plural'));
    await user.type(screen.getByLabelText('Plural'), 'stars');
    const kept = { template: 'beauty', language: 'en' as const, point: 'point', points: 'stars' };
    await waitFor(() => expect(sent.at(-1)).toEqual({ ...kept, intent: 'keep' }), { timeout: 5_000 });
    expect(screen.getByText(/^An order of €50.00 earns 250 stars/)).toBeDefined();
    cleanup();
    open({ ...kept, template: 'beauty' });
    expect(screen.getByRole('radio', { name: 'Beauty', checked: true })).toBeDefined();
    expect(screen.getByLabelText<HTMLInputElement>('Plural').value).toBe('stars');
  });
  test('products that a template leaves open are chosen here; without one a reward can wait', async () => {
    const prize = { id: 'gid://shopify/ProductVariant/91', title: 'Large', product: { id: 'x', title: 'Mug' } };
    vi.stubGlobal('shopify', { resourcePicker: () => Promise.resolve([prize]) });
    const { user, sent } = open();
    expect(screen.queryByText('Choose the prizes')).toBeNull();
    await user.click(screen.getByRole('radio', { name: 'Points collection' }));
    expect(screen.getAllByRole('button', { name: /^Choose products: \d+ points for/ })).toHaveLength(3);
    await user.click(screen.getByRole('button', { name: /^Choose products: 60 points for/ }));
    expect(screen.queryByText(/No reward is on offer yet/)).toBeNull();
    const variantIds = { prize: ['91'] };
    await waitFor(() => expect(sent.at(-1)).toMatchObject({ variantIds: JSON.stringify(variantIds), intent: 'keep' }));
    await user.click(screen.getByRole('button', { name: 'Start the program' }));
    await waitFor(() =>
      expect(sent.at(-1)).toMatchObject({ template: 'collection', variantIds: JSON.stringify(variantIds) }),
    );
    expect(sent.at(-1)).not.toHaveProperty('intent');
    cleanup();
    open({ template: 'collection', language: 'en', point: 'point', points: 'points', variantIds });
    expect(screen.queryByText(/No reward is on offer yet/)).toBeNull();
    vi.unstubAllGlobals();
  });
  test('what got no answer is sent again after a pause, and with the next choice', async () => {
    const { user, sent } = open(null, 'en', [429, 401]);
    const templates = () => sent.map(({ template }) => template);
    await user.click(screen.getByRole('radio', { name: 'Beauty' }));
    await waitFor(() => expect(templates()).toEqual(['beauty', 'beauty']), { timeout: 6_000 });
    await user.click(screen.getByRole('radio', { name: 'B2B' }));
    await waitFor(() => expect(templates()).toEqual(['beauty', 'beauty', 'b2b']), { timeout: 2_000 });
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(sent, 'what was answered is not sent again').toHaveLength(3);
  }, 15_000);
  test('what never gets an answer is sent four times, not for ever', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { sent } = open(null, 'en', Array<number>(20).fill(500));
    fireEvent.click(screen.getByRole('radio', { name: 'Beauty' }));
    for (let minute = 0; minute < 20; minute += 1) await act(() => vi.advanceTimersByTimeAsync(30_000));
    vi.useRealTimers();
    expect(sent).toHaveLength(4);
    expect(sent[3]).toEqual(sent[0]);
  }, 15_000);
  test('without a word for points it does not start; with all it sends what is on the page', async () => {
    const { user, sent } = open();
    const start = screen.getByRole('button', { name: 'Start the program' });
    await user.clear(screen.getByLabelText('Singular'));
    expect(start.getAttribute('aria-disabled') ?? start.hasAttribute('disabled')).toBeTruthy();
    await user.type(screen.getByLabelText('Singular'), 'star');
    await user.click(screen.getByRole('radio', { name: 'B2B' }));
    await user.click(start);
    const begun = { template: 'b2b', language: 'en', point: 'star', points: 'points' };
    await waitFor(() => expect(sent).toContainEqual(begun));
  });
  test.each(languages)('every template has its words in %s', (language) => {
    open(null, language);
    for (const id of ['simple', 'fashion', 'food', 'beauty', 'b2b', 'collection'] as const)
      expect(screen.getByRole('radio', { name: translate(language, `template.${id}`) })).toBeDefined();
    expect(document.body.textContent).not.toMatch(/undefined|NaN|\{/);
  });
});

describe('a merchant begins anew', () => {
  test('after a question a template is the draft, in the words that were there; nothing is sent', async () => {
    const before = program({ policies: { marginBasisPoints: 900 } });
    const shop = { currency: 'EUR', today: '2026-11-26', medianYearMinor: null };
    const { user, latestDraft, wishes } = openProgram(<OverviewPage shop={shop} />, { document: before });
    await user.click(screen.getByRole('button', { name: 'Choose a template' }));
    const dialog = within(screen.getByRole('dialog', { name: 'Replace what the draft says?' }));
    await user.click(dialog.getByRole('radio', { name: 'Food & drink' }));
    await user.click(dialog.getByRole('button', { name: 'Cancel' }));
    expect(latestDraft()).toEqual(before);
    await user.click(screen.getByRole('button', { name: 'Choose a template' }));
    await user.click(screen.getByRole('button', { name: 'Use this template' }));
    expect(latestDraft().rewards.map(({ id }) => id)).toEqual(['three-off', 'eight-off']);
    expect(latestDraft().policies).toMatchObject({
      expiry: { kind: 'inactivity_months', months: 6 },
      marginBasisPoints: 900,
    });
    expect(latestDraft().names).toEqual(before.names);
    expect(screen.getAllByText('50 points for €3.00 off.').length).toBeGreaterThan(0);
    expect(wishes).toEqual([]);
  });
});
