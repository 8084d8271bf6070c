// @vitest-environment jsdom
import { cleanup, screen, within } from '@testing-library/react';
import type userEvent from '@testing-library/user-event';
import type * as polaris from '@shopify/polaris';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { programDocumentSchema, type ProgramDocument } from '~/core/program/document';
import { newTiers } from '~/core/tiers/newTiers';
import { TiersPage } from '~/ui/program/tiers/TiersPage';
import type { CountTiers } from '~/ui/program/tiers/useTierSizes';
import { bonus, program } from 'test/support/builders';
import { openProgram } from 'test/support/programPages';

afterEach(cleanup);

vi.mock('@shopify/polaris', async (original) =>
  (await import('test/support/plainPopover')).withPlainPopover(await original<typeof polaris>()),
);

type User = ReturnType<typeof userEvent.setup>;

const retype = async (user: User, field: HTMLElement, text: string): Promise<void> => {
  await user.clear(field);
  await user.type(field, text);
};
const valid = (document: ProgramDocument): ProgramDocument => programDocumentSchema.parse(document);
const withTiers = (part: Parameters<typeof program>[0] = {}): ProgramDocument =>
  program({ tiers: newTiers('EUR'), ...part });
type Options = NonNullable<Parameters<typeof openProgram>[1]>;
type More = { readonly byStaff?: Readonly<Record<string, number>>; readonly count?: CountTiers };
const open = ({ byStaff = {}, count, ...options }: Options & More = {}) =>
  openProgram(<TiersPage byStaff={byStaff} {...(count === undefined ? {} : { count })} />, options);
const openLevel = (user: User, name: string): Promise<void> =>
  user.click(screen.getByRole('button', { name, expanded: false }));
const menu = async (user: User, name: string, action: string): Promise<void> => {
  await user.click(screen.getByRole('button', { name: `Actions for “${name}”` }));
  await user.click(screen.getByRole('menuitem', { name: action }));
};

describe('a merchant edits the tiers', () => {
  test('a first set is made, and its sentences follow what is typed', async () => {
    const { user, latestDraft } = open();
    await user.click(screen.getByRole('button', { name: 'Begin with two tiers' }));
    expect(valid(latestDraft()).tiers).toEqual(newTiers('EUR'));
    expect(screen.getByText(/^Gold from €800.00 in 12 months, for another 12 months\./)).toBeDefined();
    await openLevel(user, 'Gold');
    await retype(user, screen.getByLabelText('From a spend of'), '1000');
    await retype(user, screen.getByLabelText('Welcome points'), '50');
    expect(screen.getByText(/^Gold from €1,000.00 in 12 months.* 50 points on reaching it\./)).toBeDefined();
    await user.selectOptions(screen.getByLabelText('Counted over'), 'calendar_year');
    expect(screen.getByText(/^Gold from €1,000.00 a calendar year, to the end of the next\./)).toBeDefined();
    await user.selectOptions(screen.getByLabelText('When a tier ends'), 'one_level');
    expect(screen.getByText('Members who no longer qualify drop one tier at a time.')).toBeDefined();
    await retype(user, screen.getByLabelText('Days of grace'), '7');
    await user.selectOptions(screen.getByLabelText('A tier is kept'), 'months');
    await retype(user, screen.getByLabelText('Months it stays'), '6');
    await user.selectOptions(screen.getByLabelText('Welcome points of skipped tiers'), 'all');
    expect(valid(latestDraft()).tiers).toMatchObject({
      ...{ window: { kind: 'calendar_year' }, keep: { kind: 'months', months: 6 }, requalify: 'one_level' },
      ...{ graceDays: 7, skippedRewards: 'all' },
      levels: [{ id: 'silver' }, { id: 'gold', threshold: 100_000, entryPoints: 50 }],
    });
  });
  test('another measure has numbers of its own; a tier may be given by staff only', async () => {
    const { user, latestDraft } = open({ document: withTiers() });
    await user.selectOptions(screen.getByLabelText('Tiers are reached by'), 'orders');
    expect(latestDraft().tiers?.levels.map(({ threshold }) => threshold)).toEqual([5, 10]);
    expect(screen.queryByLabelText('Currency of the tiers')).toBeNull();
    await openLevel(user, 'Silver');
    await retype(user, screen.getByLabelText('From (orders)'), '3');
    expect(screen.getByText(/^Silver from 3 orders/)).toBeDefined();
    await user.click(screen.getByLabelText('Only staff gives this tier'));
    expect(screen.getByText(/^Silver is given by staff/)).toBeDefined();
    expect(valid(latestDraft()).tiers?.levels.map(({ threshold }) => threshold)).toEqual([null, 10]);
    await user.click(screen.getByLabelText('Only staff gives this tier'));
    expect(valid(latestDraft()).tiers?.levels.map(({ threshold }) => threshold)).toEqual([5, 10]);
  });
  test.each([
    ['en', 'Gold must ask for more than Silver (€300.00).', 'From a spend of'],
    ['it', 'Oro deve chiedere più di Argento (300,00 €).', 'Da una spesa di'],
  ] as const)('levels rise: what does not is said by their names (%s)', async (language, sentence, label) => {
    const { user } = open({ document: withTiers(), language, all: true });
    await openLevel(user, language === 'en' ? 'Gold' : 'Oro');
    await retype(user, screen.getByLabelText(label), '300');
    expect(screen.getByText(sentence)).toBeDefined();
  });
  test('one is added above the others with an id of its own, deleted and brought back', async () => {
    const { user, latestDraft } = open({ document: withTiers() });
    const ids = () => latestDraft().tiers?.levels.map(({ id }) => id);
    await user.click(screen.getByRole('button', { name: 'Add a tier' }));
    expect(valid(latestDraft()).tiers?.levels.at(-1)).toMatchObject({ id: 'tier-1', threshold: 160_000 });
    await menu(user, 'New tier', 'Delete');
    await user.click(screen.getByRole('button', { name: 'Add a tier' }));
    expect(ids()).toEqual(['silver', 'gold', 'tier-2']);
    await menu(user, 'Gold', 'Delete');
    expect(ids()).toEqual(['silver', 'tier-2']);
    await user.click(screen.getAllByRole('button', { name: 'Undo' }).at(-1) ?? document.body);
    expect(ids()).toEqual(['silver', 'gold', 'tier-2']);
  });
  test('its look: a colour, and an icon among pictures', async () => {
    const { user, latestDraft } = open({ document: withTiers(), all: true });
    await openLevel(user, 'Gold');
    await user.click(screen.getByRole('button', { name: 'Rocket' }));
    await retype(user, screen.getByLabelText('Colour'), '#12');
    expect(screen.getByText(/^This is not a colour/)).toBeDefined();
    await retype(user, screen.getByLabelText('Colour'), '#12AB34');
    expect(valid(latestDraft()).tiers?.levels[1]).toMatchObject({ icon: 'rocket', color: '#12ab34' });
    await user.clear(screen.getByLabelText('Colour'));
    await user.click(screen.getByRole('button', { name: 'None' }));
    expect(valid(latestDraft()).tiers?.levels[1]).toMatchObject({ icon: null, color: null });
  });
  test('perks: each once but words, with what staff does, and in all languages', async () => {
    const { user, latestDraft } = open({ document: withTiers(), all: true });
    await openLevel(user, 'Gold');
    await user.click(screen.getByRole('button', { name: 'Add a perk' }));
    expect(screen.queryByRole('menuitem', { name: 'More points' })).toBeNull();
    await user.click(screen.getByRole('menuitem', { name: 'Priority support' }));
    await retype(user, screen.getByLabelText('Customer tag'), 'vip-help');
    expect(screen.getByText(/gives these customers the tag “vip-help”/)).toBeDefined();
    await retype(user, screen.getByLabelText('Multiplier'), '1');
    expect(screen.getByText('More than 1, for example 1.5.')).toBeDefined();
    await retype(user, screen.getByLabelText('Multiplier'), '2');
    await user.click(screen.getByRole('button', { name: 'Add a perk' }));
    await user.click(screen.getByRole('menuitem', { name: 'Free shipping' }));
    await user.type(screen.getByLabelText('Minimum cart subtotal'), '30');
    await user.type(screen.getByLabelText('Up to a shipping rate of'), '9.90');
    expect(screen.getByText(/free shipping \(from a cart of €30.00, rates up to €9.90\)/)).toBeDefined();
    expect(valid(latestDraft()).tiers?.levels[1]?.perks[2]).toEqual({
      ...{ kind: 'free_shipping', currency: 'EUR', minimumSubtotalMinor: 3000, maxRateMinor: 990 },
    });
    await user.click(screen.getByRole('button', { name: 'Remove perk “Free shipping”' }));
    await user.click(screen.getByRole('button', { name: 'Add a perk' }));
    await user.click(screen.getByRole('menuitem', { name: 'In your own words' }));
    for (const language of ['English', 'Italian', 'German', 'French', 'Spanish'])
      await user.type(screen.getByLabelText(`What members read (${language})`), language);
    expect(screen.getByText(/Staff keeps the promise|staff keeps the promise/)).toBeDefined();
    expect(valid(latestDraft()).tiers?.levels[1]?.perks).toEqual([
      { kind: 'multiply', basisPoints: 20_000 },
      { kind: 'priority_support', tag: 'vip-help' },
      { kind: 'words', text: { en: 'English', it: 'Italian', de: 'German', fr: 'French', es: 'Spanish' } },
    ]);
    await user.click(screen.getByRole('button', { name: 'Remove perk “Priority support”' }));
    expect(latestDraft().tiers?.levels[1]?.perks.map(({ kind }) => kind)).toEqual(['multiply', 'words']);
  });
});

describe('what is in use stays', () => {
  const rewards = (tierIds: string[]) =>
    program().rewards.map((reward, index) => (index === 0 ? { ...reward, tierIds } : reward));
  const onGold = bonus({ id: 'gold-days', times: 2, conditions: [{ kind: 'tier', tierIds: ['gold'] }] });

  test('a tier that a bonus and a reward name is not deleted: a sentence says where', async () => {
    const base = withTiers({ earning: { bonuses: [onGold] } });
    const { user, latestDraft } = open({ document: { ...base, rewards: rewards(['gold']) } });
    await menu(user, 'Gold', 'Delete');
    const sentence = /^“Gold” is still used by: bonus “gold-days” and reward “€5 off”\. Choose another there first\.$/;
    expect(screen.getByText(sentence)).toBeDefined();
    await menu(user, 'Silver', 'Delete');
    expect(latestDraft().tiers?.levels.map(({ id }) => id)).toEqual(['gold']);
    await user.click(screen.getByRole('button', { name: 'Switch tiers off' }));
    expect(latestDraft().tiers).not.toBeNull();
    expect(screen.getAllByText(sentence)).toHaveLength(2);
  });
  test('a tier that staff gave is not deleted', async () => {
    const { user, latestDraft } = open({ document: withTiers(), byStaff: { gold: 2 } });
    await menu(user, 'Gold', 'Delete');
    expect(
      screen.getByText('“Gold” was given by staff to 2 members. Give those members another tier first.'),
    ).toBeDefined();
    await menu(user, 'Silver', 'Delete');
    await menu(user, 'Gold', 'Delete');
    expect(latestDraft().tiers?.levels).toHaveLength(1);
  });
  test('the last tier is not deleted: tiers are switched off instead', async () => {
    const { user, latestDraft } = open({ document: withTiers() });
    await menu(user, 'Silver', 'Delete');
    await menu(user, 'Gold', 'Delete');
    expect(screen.getByText('Tiers need at least one. To do without, switch tiers off.')).toBeDefined();
    expect(latestDraft().tiers?.levels).toHaveLength(1);
  });
  test('switched off by mistake, tiers come back as they were', async () => {
    const { user, latestDraft } = open({ document: withTiers() });
    await menu(user, 'Silver', 'Delete');
    const before = latestDraft().tiers;
    await user.click(screen.getByRole('button', { name: 'Switch tiers off' }));
    expect(valid(latestDraft()).tiers).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Bring my tiers back' }));
    expect(latestDraft().tiers).toEqual(before);
  });
});

describe('how many members each tier would hold', () => {
  const sizes = {
    levels: { silver: 12, gold: 3 },
    none: 40,
    at: Date.parse('2026-06-10T08:42:00Z'),
    isEstimate: false,
  };

  test('is counted when asked, with the draft that is on the screen, and says when', async () => {
    const asked: ProgramDocument[] = [];
    const count: CountTiers = (draft) => {
      asked.push(draft);
      return Promise.resolve(sizes);
    };
    const { user, latestDraft } = open({ document: withTiers(), count });
    await user.selectOptions(screen.getByLabelText('Counted over'), 'lifetime');
    await user.click(screen.getByRole('button', { name: 'Count members' }));
    expect(asked).toEqual([latestDraft()]);
    expect(screen.getByText('12 members')).toBeDefined();
    expect(
      within(screen.getByRole('status')).getByText(/^Counted at 10:42, .* 40 members have no tier\.$/),
    ).toBeDefined();
    await user.selectOptions(screen.getByLabelText('Counted over'), 'calendar_year');
    expect(screen.queryByText('12 members')).toBeNull();
    expect(screen.getByText('The tiers were changed since: count again.')).toBeDefined();
  });
  test('a count that fails says so', async () => {
    const { user } = open({ document: withTiers(), count: () => Promise.reject(new Error('500')) });
    await user.click(screen.getByRole('button', { name: 'Count members' }));
    expect(screen.getByText('They could not be counted. Try again.')).toBeDefined();
  });
});
