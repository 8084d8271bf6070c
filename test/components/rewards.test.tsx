// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react';
import type userEvent from '@testing-library/user-event';
import type * as polaris from '@shopify/polaris';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { programDocumentSchema, type ProgramDocument } from '~/core/program/document';
import { readDocument } from '~/core/program/migration';
import { unconditional } from '~/core/rewards/conditions';
import { newReward } from '~/core/rewards/section';
import { perTongue } from '~/core/values/text';
import { RewardPage } from '~/ui/program/rewards/RewardPage';
import { RewardsPage } from '~/ui/program/rewards/RewardsPage';
import { program } from 'test/support/builders';
import { openProgram, retype } from 'test/support/programPages';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

vi.mock('@shopify/polaris', async (original) =>
  (await import('test/support/plainPopover')).withPlainPopover(await original<typeof polaris>()),
);

type User = ReturnType<typeof userEvent.setup>;

const choose = (user: User, item: string): Promise<void> => user.click(screen.getByRole('menuitem', { name: item }));
const valid = (document: ProgramDocument): ProgramDocument => programDocumentSchema.parse(document);
const named = (text: string) => perTongue(() => text);

describe('a merchant edits rewards', () => {
  /** A program with a tier and a segment that rewards can name. */
  const grouped = (): ProgramDocument => ({
    ...program({ tiers: { metric: 'orders', currency: 'EUR', window: { kind: 'lifetime' }, levels: [gold] } }),
    segments: [{ id: 'vip', name: named('VIP'), customerTags: ['friend'] }],
  });
  const gold = { id: 'gold', name: named('Gold'), threshold: 5 };

  test('one is added by its kind, switched off, and its page opens', async () => {
    const opened: string[] = [];
    const { user, latestDraft } = openProgram(<RewardsPage open={(id) => opened.push(id)} />);
    await user.click(screen.getByRole('button', { name: 'Add a reward' }));
    await choose(user, 'Fixed discount');
    expect(opened).toEqual(['reward-1']);
    expect(valid(latestDraft()).rewards.at(-1)).toMatchObject({ id: 'reward-1', kind: 'amount_off', enabled: false });
  });
  test('the list says what each does and gives back; one is taken off offer without being lost', async () => {
    const { user, latestDraft } = openProgram(<RewardsPage open={() => undefined} />, { taken: { 'five-off': 12 } });
    expect(screen.getByText('100 points for €5.00 off.')).toBeDefined();
    expect(screen.getByText('Redeemed 12 times')).toBeDefined();
    expect(screen.getByText('Not redeemed yet')).toBeDefined();
    expect(screen.getAllByText('Gives back 5%')).toHaveLength(2);
    const [first] = screen.getAllByLabelText('Active');
    if (first === undefined) throw new Error('no reward is shown');
    await user.click(first);
    expect(latestDraft().rewards.map(({ enabled }) => enabled)).toEqual([false, true]);
    expect(screen.getAllByText('Gives back 5%')).toHaveLength(1);
  });
  test('its page prices it: the sentence and what it costs follow', async () => {
    const { user, latestDraft } = openProgram(<RewardPage id="five-off" />);
    expect(screen.getByText('100 points cost you €5.00 and are earned by spending €100.00: 5%.')).toBeDefined();
    await retype(user, screen.getByLabelText('Price in points'), '250');
    expect(screen.getByText('250 points for €5.00 off.')).toBeDefined();
    expect(screen.getByText('250 points cost you €5.00 and are earned by spending €250.00: 2%.')).toBeDefined();
    await user.type(screen.getByLabelText('Minimum cart subtotal'), '30');
    expect(screen.getByText('250 points for €5.00 off, from a cart of €30.00.')).toBeDefined();
    expect(valid(latestDraft()).rewards[0]).toMatchObject({ points: 250, minimumSubtotalMinor: 3000 });
  });
  test('some products, or collections: the sentence and the minimum follow, and the picker is asked for them', async () => {
    const asked: unknown[] = [];
    vi.stubGlobal('shopify', {
      resourcePicker: (options: { readonly type: string }) => {
        asked.push(options);
        const id = options.type === 'product' ? 'gid://shopify/Product/31' : 'gid://shopify/Collection/7';
        return Promise.resolve([{ id, title: options.type === 'product' ? 'Blue shoes' : 'Spring', images: [] }]);
      },
    });
    const { user, latestDraft } = openProgram(<RewardPage id="five-off" />);
    await user.selectOptions(screen.getByLabelText('Discount on'), 'Certain products');
    expect(programDocumentSchema.safeParse(latestDraft()).success).toBe(false);
    await user.click(screen.getByRole('button', { name: 'Choose products: Products' }));
    expect(await screen.findByText('100 points for €5.00 off, on Blue shoes.')).toBeDefined();
    expect(asked).toMatchObject([{ type: 'product', multiple: 100 }]);
    await user.type(screen.getByLabelText('Minimum of these products'), '30');
    expect(screen.getByText('100 points for €5.00 off, on Blue shoes, from €30.00 of these products.')).toBeDefined();
    expect(valid(latestDraft()).rewards[0]).toMatchObject({ lines: { kind: 'product', productIds: ['31'] } });
    await user.selectOptions(screen.getByLabelText('Discount on'), 'Certain collections');
    await user.click(screen.getByRole('button', { name: 'Choose collections: Collections' }));
    expect(await screen.findByText(/off, on Spring, from/)).toBeDefined();
    expect(asked[1]).toMatchObject({ type: 'collection', multiple: 20 });
    await user.selectOptions(screen.getByLabelText('Discount on'), 'Everything in the cart');
    expect(screen.getByText('100 points for €5.00 off, from a cart of €30.00.')).toBeDefined();
    expect(valid(latestDraft()).rewards[0]).toMatchObject({ lines: null });
  });
  test('a limit and some products do not go together: it says so where it was chosen, and at the limit', async () => {
    const document = { ...program(), rewards: [{ ...newReward('percent_off', 'ten', 'EUR'), capMinor: 3000 }] };
    const { user } = openProgram(<RewardPage id="ten" />, { document: valid(document as ProgramDocument) });
    await user.selectOptions(screen.getByLabelText('Discount on'), 'Certain collections');
    const sentence =
      'On Shopify a limit works for the whole cart only: leave it empty, or take off everything in the cart.';
    expect(screen.getAllByText(sentence)).toHaveLength(1);
    await user.click(screen.getByLabelText('Maximum amount'));
    await user.tab();
    expect(screen.getAllByText(sentence)).toHaveLength(2);
    await user.clear(screen.getByLabelText('Maximum amount'));
    expect(screen.queryByText(sentence)).toBeNull();
  });
  test('for whom, when and how often: the sentence follows each key, and what is left empty asks nothing', async () => {
    const { user, latestDraft } = openProgram(<RewardPage id="five-off" />, { document: grouped() });
    const shown = (sentence: string): void => void screen.getByText(sentence);
    await user.click(screen.getByRole('checkbox', { name: 'Gold' }));
    shown('100 points for €5.00 off, for Gold.');
    await user.click(screen.getByRole('checkbox', { name: 'VIP' }));
    await user.type(screen.getByLabelText('First day'), '2026-12-01');
    shown('100 points for €5.00 off, for Gold, for VIP, from 1 December 2026 on.');
    await user.type(screen.getByLabelText('Last day'), '2026-12-24');
    await user.type(screen.getByLabelText('Times per member'), '1');
    await user.type(screen.getByLabelText('In total, all members together'), '100');
    shown(
      '100 points for €5.00 off, for Gold, for VIP, from 1 December 2026 to 24 December 2026, ' +
        'once a month each, 100 in all.',
    );
    await user.selectOptions(screen.getByLabelText('Counted'), 'ever');
    expect(valid(latestDraft()).rewards[0]).toMatchObject({
      tierIds: ['gold'],
      segmentIds: ['vip'],
      window: { from: '2026-12-01', to: '2026-12-24' },
      limits: { perMember: { count: 1, per: 'ever' }, total: 100 },
    });
    await user.click(screen.getByRole('checkbox', { name: 'Gold' }));
    await user.click(screen.getByRole('checkbox', { name: 'VIP' }));
    for (const field of ['First day', 'Last day', 'Times per member', 'In total, all members together'])
      await user.clear(screen.getByLabelText(field));
    expect(valid(latestDraft()).rewards[0]).toMatchObject(unconditional);
    shown('100 points for €5.00 off.');
  });
  test('what is wrong with its conditions stands at the field', async () => {
    const base = grouped();
    const rewards = base.rewards.map((reward) => ({ ...reward, tierIds: ['silver'] }));
    const { user, latestDraft } = openProgram(<RewardPage id="five-off" />, {
      document: { ...base, rewards },
      all: true,
    });
    expect(screen.getByText('The program has no “silver”.')).toBeDefined();
    await user.click(screen.getByRole('checkbox', { name: 'silver (not in the program any more)' }));
    expect(screen.queryByText('The program has no “silver”.')).toBeNull();
    expect(screen.queryByRole('checkbox', { name: /silver/ })).toBeNull();
    await user.type(screen.getByLabelText('First day'), '2026-12-24');
    await user.type(screen.getByLabelText('Last day'), '2026-12-01');
    expect(screen.getByText('The last day lies before the first.')).toBeDefined();
    await user.type(screen.getByLabelText('Times per member'), '0');
    expect(screen.getByLabelText('Times per member').getAttribute('aria-invalid')).toBe('true');
    await retype(user, screen.getByLabelText('Price in points'), '1000001');
    expect(screen.getByText('At most 1,000,000 points.')).toBeDefined();
    expect(readDocument(latestDraft()).ok).toBe(false);
  });
  test('it is described in all languages or in none, and read in each as members read it', async () => {
    const { user, latestDraft } = openProgram(<RewardPage id="five-off" />, { all: true });
    await user.type(screen.getByLabelText('Description (English)'), 'Off any order.');
    expect(screen.getAllByText('Write something here: it cannot be empty.')).toHaveLength(4);
    await user.click(screen.getByRole('button', { name: 'Fill the empty ones (English)' }));
    await retype(user, screen.getByLabelText('Description (Italian)'), 'Su ogni ordine.');
    expect(valid(latestDraft()).rewards[0]?.description).toMatchObject({ en: 'Off any order.', it: 'Su ogni ordine.' });
    await user.selectOptions(screen.getByLabelText('Language'), 'it');
    expect(screen.getByText('Su ogni ordine.', { selector: 'p' })).toBeDefined();
    expect(screen.getByText(/^100 punti per 5,00\s€ di sconto\.$/)).toBeDefined();
    expect(screen.getByText('Il codice vale 30 giorni.')).toBeDefined();
    for (const language of ['English', 'Italian', 'German', 'French', 'Spanish'])
      await user.clear(screen.getByLabelText(`Description (${language})`));
    expect(valid(latestDraft()).rewards[0]?.description).toBeNull();
  });
  test('one that gives back more than it costs, or than the margin, says so; off offer, too', async () => {
    const { user } = openProgram(<RewardPage id="five-off" />, {
      document: program({ policies: { marginBasisPoints: 1000 } }),
    });
    await user.click(screen.getByLabelText('Active'));
    expect(screen.queryByText(/above your margin/)).toBeNull();
    await retype(user, screen.getByLabelText('Price in points'), '4');
    expect(screen.getByText('This is above your margin of 10%.')).toBeDefined();
    expect(
      screen.getByText(
        '“€5 off” is worth more than it costs to earn: 4 points give €5.00 and are earned by spending €4.00.',
      ),
    ).toBeDefined();
    await retype(user, screen.getByLabelText('Price in points'), '5');
    expect(screen.queryByText(/worth more than it costs/)).toBeNull();
  });
  test('a kind that the platform cannot make stands in the list and on its page, with the reason', async () => {
    const reason = /platform cannot make this reward/;
    const opened: string[] = [];
    const { user } = openProgram(<RewardsPage open={(id) => opened.push(id)} />, {
      notMade: ['percent_off', 'amount_off'],
    });
    expect(screen.getAllByText(reason)).toHaveLength(1);
    await user.click(screen.getByRole('button', { name: 'Add a reward' }));
    await user.click(screen.getByRole('menuitem', { name: /^Percentage/ }));
    expect(opened).toEqual([]);
    cleanup();
    openProgram(<RewardPage id="five-off" />, { notMade: ['amount_off'] });
    expect(screen.getByText(reason)).toBeDefined();
  });
  test('free shipping has its own limits and sentence', async () => {
    const base = program();
    const free = {
      ...unconditional,
      ...{ id: 'free', kind: 'free_shipping' as const, name: named('Free'), enabled: true, currency: 'EUR' },
      ...{ minimumSubtotalMinor: null, validDays: 30, points: 100, maxRateMinor: null, countries: [] },
      combinesWith: { orderDiscounts: true, productDiscounts: true },
    };
    const { user, latestDraft } = openProgram(<RewardPage id="free" />, { document: { ...base, rewards: [free] } });
    expect(screen.getByText('100 points for free shipping.')).toBeDefined();
    await user.type(screen.getByLabelText('Up to a shipping rate of'), '9.90');
    expect(screen.getByText('100 points for free shipping, rates up to €9.90.')).toBeDefined();
    expect(valid(latestDraft()).rewards[0]).toMatchObject({ maxRateMinor: 990, countries: [] });
  });
  test('numbers are read as the merchant’s language writes them; unreadable is not "no minimum"', async () => {
    const { user, latestDraft } = openProgram(<RewardPage id="five-off" />, { language: 'it' });
    const minimum = screen.getByLabelText('Spesa minima nel carrello');
    await user.type(minimum, '1.000,00');
    expect(latestDraft().rewards[0]).toMatchObject({ minimumSubtotalMinor: 100_000 });
    await user.type(minimum, 'x');
    expect(readDocument(latestDraft()).ok).toBe(false);
    await user.clear(minimum);
    expect(latestDraft().rewards[0]).toMatchObject({ minimumSubtotalMinor: null });
  });
  test('its names follow its amount until edited, and a number that is none of its own is pointed out', async () => {
    const { user, latestDraft } = openProgram(<RewardPage id="five-off" />);
    const amount = screen.getByLabelText('Discount');
    await retype(user, amount, '15');
    expect(latestDraft().rewards[0]?.name).toMatchObject({
      en: '€15 off',
      it: 'Buono da 15\u00a0€',
      de: '15\u00a0€ Rabatt',
    });
    await retype(user, screen.getByLabelText('Name (English)'), 'Voucher 20');
    expect(screen.getByText('The name says 20, but that is none of this reward’s numbers.')).toBeDefined();
    await retype(user, amount, '20');
    expect(latestDraft().rewards[0]?.name).toMatchObject({ en: 'Voucher 20', it: 'Buono da 20\u00a0€' });
    expect(screen.queryByText(/none of this reward’s numbers/)).toBeNull();
  });
  test('one that is gone leads back to the list', () => {
    openProgram(<RewardPage id="nobody" />);
    expect(screen.getByRole('link', { name: 'Rewards' }).getAttribute('href')).toBe('/app/program/rewards');
  });
});
