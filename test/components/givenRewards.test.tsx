// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { programDocumentSchema, type ProgramDocument } from '~/core/program/document';
import { readDocument } from '~/core/program/migration';
import { newReward } from '~/core/rewards/section';
import { RewardPage } from '~/ui/program/rewards/RewardPage';
import { program } from 'test/support/builders';
import { openProgram } from 'test/support/programPages';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const valid = (document: ProgramDocument): ProgramDocument => programDocumentSchema.parse(document);

describe('a merchant edits what is given without a code of the shop', () => {
  test('an experience may ask something, in every language; a donation on offer says who gets it', async () => {
    const base = program();
    const tour = newReward('experience', 'tour', 'EUR');
    const document = { ...base, rewards: [tour, newReward('donation', 'give', 'EUR')] };
    const { user, latestDraft } = openProgram(<RewardPage id="tour" />, { document });
    await user.click(screen.getByLabelText('Ask the member something'));
    expect(readDocument(latestDraft()).ok).toBe(false);
    // Nobody has been at the fields yet: nothing is wrong with them.
    expect(screen.queryByText(/it cannot be empty/)).toBeNull();
    await user.type(screen.getByLabelText('Question (English)'), 'Size?');
    await user.click(screen.getByRole('button', { name: 'Fill the empty ones (English)' }));
    expect(screen.queryByRole('button', { name: 'Fill the empty ones (English)' })).toBeNull();
    await user.type(screen.getByLabelText('How many in all'), '3');
    expect(screen.getByText('500 points for “Experience”, 3 in all, done within 14 days.')).toBeDefined();
    expect(valid(latestDraft()).rewards[0]).toMatchObject({ stock: 3, question: { de: 'Size?' } });
    cleanup();
    const give = openProgram(<RewardPage id="give" />, { document });
    await give.user.click(screen.getByLabelText('Active'));
    expect(readDocument(give.latestDraft())).toMatchObject({ ok: false, error: [{ path: 'rewards.1.charity' }] });
    await give.user.type(screen.getByLabelText('Who gets the donation'), 'Bosco Vivo');
    expect(valid(give.latestDraft()).rewards[1]).toMatchObject({ enabled: true, charity: 'Bosco Vivo' });
  });
  test('products are chosen by name in the shop’s list; with a minimum, collections are, and nothing is paid', async () => {
    const picked: Readonly<Record<string, object>> = {
      variant: { id: 'gid://shopify/ProductVariant/41', title: 'Default Title', displayName: 'Cup - Default Title' },
      collection: { id: 'gid://shopify/Collection/7', title: 'Kitchen' },
    };
    const resourcePicker = ({ type }: { readonly type: string }) => Promise.resolve([picked[type]]);
    vi.stubGlobal('shopify', { resourcePicker });
    const cup = { ...newReward('free_product', 'cup', 'EUR'), enabled: true };
    const document = { ...program(), rewards: [cup] } as ProgramDocument;
    const { user, latestDraft } = openProgram(<RewardPage id="cup" />, { document, all: true });
    const errors = () => {
      const read = readDocument(latestDraft());
      return read.ok ? [] : read.error.map(({ path }) => path);
    };
    expect(errors()).toEqual(['rewards.0.variantIds']);
    await user.click(screen.getByRole('button', { name: 'Choose products: Products to choose from' }));
    await user.type(screen.getByLabelText('Members pay'), '2.90');
    expect(screen.getByText('100 points for Cup, paying €2.90.')).toBeDefined();
    expect(valid(latestDraft()).rewards[0]).toMatchObject({ variantIds: ['41'], copayMinor: 290 });
    await user.type(screen.getByLabelText('Minimum cart subtotal'), '30');
    expect(errors()).toEqual(['rewards.0.collectionIds', 'rewards.0.copayMinor']);
    expect(screen.getByText(/With a minimum purchase the product is free as a whole: leave/)).toBeDefined();
    await user.clear(screen.getByLabelText('Members pay'));
    await user.click(screen.getByRole('button', { name: 'Choose collections: Bought from' }));
    expect(screen.getByText('100 points for Cup, with a purchase of €30.00 from Kitchen.')).toBeDefined();
    expect(valid(latestDraft()).rewards[0]).toMatchObject({ minimumSubtotalMinor: 3000, collectionIds: ['7'] });
  });
  test('codes may come from another reward’s list; alone a reward has its own', async () => {
    const [one, two] = [newReward('pool_code', 'one', 'EUR'), newReward('pool_code', 'two', 'EUR')];
    openProgram(<RewardPage id="one" />, { document: { ...program(), rewards: [one] } });
    expect(screen.queryByLabelText('Codes from')).toBeNull();
    cleanup();
    const { user, latestDraft } = openProgram(<RewardPage id="one" />, {
      document: { ...program(), rewards: [one, two] },
    });
    await user.selectOptions(screen.getByLabelText('Codes from'), 'The list of “Voucher code”');
    expect(valid(latestDraft()).rewards[0]).toMatchObject({ id: 'one', poolId: 'two' });
  });
});
