// @vitest-environment jsdom
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { programDocumentSchema } from '~/core/program/document';
import { newReward, type RewardKind } from '~/core/rewards/section';
import { LimitedBanner } from '~/ui/LimitedBanner';
import { GivingNote } from '~/ui/program/rewards/GivingNote';
import { RewardPage } from '~/ui/program/rewards/RewardPage';
import { program } from 'test/support/builders';
import { MerchantApp } from 'test/support/merchantApp';
import { openProgram, retype } from 'test/support/programPages';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const fine = { missingScopes: [], isOn: true, limit: null };

/** The shop's terms; what was asked is kept. */
const answering = (terms: () => object, status = 200): readonly string[] => {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (address: string) => {
    asked.push(address);
    return Promise.resolve(new Response(JSON.stringify(terms()), { status }));
  });
  return asked;
};

describe('what is missing before the shop gives money', () => {
  const note = (grant: 'gift_card' | 'store_credit', amountMinor = 1000) =>
    render(
      <MerchantApp>
        <GivingNote grant={grant} amountMinor={amountMinor} currency="EUR" />
      </MerchantApp>,
    );
  const settled = (asked: readonly string[]) => waitFor(() => expect(asked.length).toBeGreaterThan(0));

  test('is nothing when the shop says so, or does not answer', async () => {
    for (const status of [200, 503]) {
      const asked = answering(() => fine, status);
      const { container } = note('gift_card');
      await settled(asked);
      expect(container.textContent).toBe('');
      cleanup();
    }
  });

  test('an access that only Shopify’s support gives is named, without a button', async () => {
    const asked = answering(() => ({ ...fine, missingScopes: ['write_gift_cards'] }));
    note('gift_card');
    expect(await screen.findByText(/^Shopify’s support gives apps access .*\(write_gift_cards\)\.$/)).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Allow' })).toBeNull();
    expect(asked).toEqual(['/app/giving?grant=gift_card']);
  });

  test('an access that can be asked for is asked for, and then nothing is missing', async () => {
    const scope = 'write_store_credit_account_transactions';
    const granted: string[][] = [];
    const asked = answering(() => ({ ...fine, missingScopes: granted.length === 0 ? [scope] : [] }));
    const request = (scopes: string[]) => {
      granted.push(scopes);
      return Promise.resolve({ result: 'granted-all' });
    };
    vi.stubGlobal('shopify', { scopes: { request } });
    const { container } = note('store_credit');
    await userEvent.setup().click(await screen.findByRole('button', { name: 'Allow' }));
    await waitFor(() => expect(container.textContent).toBe(''));
    expect(granted).toEqual([[scope]]);
    expect(asked).toHaveLength(2);
  });

  test('it is switched off in the shop', async () => {
    answering(() => ({ ...fine, isOn: false }));
    note('gift_card');
    expect(await screen.findByText(/^Gift cards are switched off in your shop/)).toBeDefined();
    cleanup();
    note('store_credit');
    expect(await screen.findByText(/^Store credit is switched off in your shop/)).toBeDefined();
  });

  test('it is more than the shop puts on one card: from the cent above on, in its own currency', async () => {
    const limit = { amountMinor: 1000, currency: 'EUR' };
    for (const [amountMinor, currency, isSaid] of [
      [1001, 'EUR', true],
      [1000, 'EUR', false],
      [1001, 'CHF', false],
    ] as const) {
      const asked = answering(() => ({ ...fine, limit: { ...limit, currency } }));
      note('gift_card', amountMinor);
      await settled(asked);
      if (isSaid) expect(await screen.findByText(/at most €10\.00\.$/)).toBeDefined();
      else expect(screen.queryByText(/at most/)).toBeNull();
      cleanup();
    }
  });
});

describe('a merchant edits rewards that are money of the shop', () => {
  const open = (kind: RewardKind) => {
    answering(() => fine);
    const document = { ...program(), rewards: [newReward(kind, 'money', 'EUR')] };
    return openProgram(<RewardPage id="money" />, { document, all: true });
  };

  test('a gift card has an amount, and may end', async () => {
    const { user, latestDraft } = open('gift_card');
    await retype(user, screen.getByLabelText('Amount on the card'), '25');
    await user.type(screen.getByLabelText('Can be spent for (days)'), '30');
    await retype(user, screen.getByLabelText('Price in points'), '2000');
    expect(screen.getByText('2,000 points for a gift card of €25.00, to be spent within 30 days.')).toBeDefined();
    const [reward] = programDocumentSchema.parse(latestDraft()).rewards;
    expect(reward).toMatchObject({ amountMinor: 2500, validDays: 30, points: 2000 });
    await user.clear(screen.getByLabelText('Can be spent for (days)'));
    expect(programDocumentSchema.parse(latestDraft()).rewards[0]).toMatchObject({ validDays: null });
  });

  test('store credit always ends', async () => {
    const { user, latestDraft } = open('store_credit');
    await retype(user, screen.getByLabelText('Credit'), '12.50');
    await retype(user, screen.getByLabelText('Can be spent for (days)'), '90');
    expect(screen.getByText('1,000 points for €12.50 of store credit, to be spent within 90 days.')).toBeDefined();
    expect(programDocumentSchema.parse(latestDraft()).rewards[0]).toMatchObject({ amountMinor: 1250, validDays: 90 });
    await user.clear(screen.getByLabelText('Can be spent for (days)'));
    expect(programDocumentSchema.safeParse(latestDraft()).success).toBe(false);
  });
});

test('Home says how many accounts are full, and nothing when none is', () => {
  const shown = (members: number): string => {
    const { container } = render(
      <MerchantApp>
        <LimitedBanner members={members} />
      </MerchantApp>,
    );
    const text = container.textContent ?? '';
    cleanup();
    return text;
  };
  expect(shown(0)).toBe('');
  expect(shown(1)).toContain('The account of 1 member is full');
  expect(shown(3)).toContain('The accounts of 3 members are full');
});
