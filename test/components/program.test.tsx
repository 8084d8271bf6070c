// @vitest-environment jsdom
import { cleanup, screen, within } from '@testing-library/react';
import type userEvent from '@testing-library/user-event';
import type * as polaris from '@shopify/polaris';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { programDocumentSchema, type ProgramDocument } from '~/core/program/document';
import { readDocument } from '~/core/program/migration';
import type { ProgramAnswer } from '~/http/shopify/programActions';
import { EarnPage } from '~/ui/program/earn/EarnPage';
import { NamesPage } from '~/ui/program/names/NamesPage';
import { PoliciesPage } from '~/ui/program/policies/PoliciesPage';
import { asId, type PlatformId } from '~/core/values/ids';
import { ReviewPage } from '~/ui/program/review/ReviewPage';
import { DocumentFile } from '~/ui/program/versions/DocumentFile';
import { bonus, program } from 'test/support/builders';
import { openProgram, retype } from 'test/support/programPages';

afterEach(cleanup);

vi.mock('@shopify/polaris', async (original) =>
  (await import('test/support/plainPopover')).withPlainPopover(await original<typeof polaris>()),
);

type User = ReturnType<typeof userEvent.setup>;

const choose = (user: User, item: string): Promise<void> => user.click(screen.getByRole('menuitem', { name: item }));
const valid = (document: ProgramDocument): ProgramDocument => programDocumentSchema.parse(document);
const named = (text: string) => ({ en: text, it: text, de: text, fr: text, es: text });

describe('a merchant edits what orders earn', () => {
  test('the example and the sentence follow the rate while it is typed', async () => {
    const { user, latestDraft } = openProgram(<EarnPage />);
    await retype(user, screen.getByLabelText('Points'), '3');
    expect(screen.getByText('An order of €50.00 earns 150 points.')).toBeDefined();
    expect(screen.getByText('Every €1.00 earns 3 points.')).toBeDefined();
    expect(valid(latestDraft()).earning.rates).toEqual([{ currency: 'EUR', points: 3, amountMinor: 100 }]);
  });
  test('an amount is read as it is typed, with a point or a comma', async () => {
    const { user, latestDraft } = openProgram(<EarnPage />);
    for (const typed of ['2.50', '2,50']) {
      await retype(user, screen.getByLabelText('For every'), typed);
      expect(latestDraft().earning.rates[0]?.amountMinor).toBe(250);
    }
  });
  test('limits are empty or a number, and each reads as a sentence', async () => {
    const { user, latestDraft } = openProgram(<EarnPage />);
    await user.type(screen.getByLabelText('Limit per order'), '500');
    expect(screen.getByText('At most 500 points an order.')).toBeDefined();
    expect(valid(latestDraft()).earning.caps.perOrder).toBe(500);
    await user.clear(screen.getByLabelText('Limit per order'));
    expect(latestDraft().earning.caps.perOrder).toBeNull();
    await user.type(screen.getByLabelText('Vendors without points'), 'Acme, Bell');
    expect(screen.getByText('No points on products by Acme or Bell.')).toBeDefined();
    expect(valid(latestDraft()).earning.exclude.vendors).toEqual(['Acme', 'Bell']);
  });
});

describe('a merchant edits bonus rules', () => {
  const rules = (...bonuses: ReturnType<typeof bonus>[]): ProgramDocument => program({ earning: { bonuses } });
  const weekend = {
    ...bonus({ id: 'weekend', times: 2, conditions: [{ kind: 'weekday', days: [6, 7] }] }),
    name: named('Weekend'),
  };
  const launch = { ...bonus({ id: 'launch', points: 50 }), name: named('Launch') };
  const menu = async (user: User, name: string, action: string): Promise<void> => {
    await user.click(screen.getByRole('button', { name: `Actions for “${name}”` }));
    await choose(user, action);
  };

  test('a new one opens in its place, and its sentence follows every field', async () => {
    const { user, latestDraft } = openProgram(<EarnPage />);
    expect(screen.getByText(/No bonus yet/)).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Add a bonus' }));
    expect(screen.getByText('Double points on every order.')).toBeDefined();
    await retype(user, screen.getByLabelText('Multiplier'), '1.5');
    expect(screen.getByText('1.5× points on every order.')).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Add a condition' }));
    await choose(user, 'Days of the week');
    expect(screen.getByText('1.5× points at weekends.')).toBeDefined();
    await user.click(screen.getByRole('checkbox', { name: 'Saturday' }));
    expect(screen.getByText('1.5× points on Sunday.')).toBeDefined();
    await user.selectOptions(screen.getByLabelText('Effect'), 'add');
    await retype(user, screen.getByLabelText('Extra points'), '75');
    expect(screen.getByText('75 points extra on Sunday.')).toBeDefined();
    expect(valid(latestDraft()).earning.bonuses).toMatchObject([
      {
        id: 'bonus-1',
        enabled: false,
        effect: { kind: 'add', points: 75 },
        conditions: [{ kind: 'weekday', days: [7] }],
      },
    ]);
  });
  test('the simple conditions can be written, and taken out again', async () => {
    const { user, latestDraft } = openProgram(<EarnPage />, { document: rules(launch) });
    await user.click(screen.getByRole('button', { name: 'Launch', expanded: false }));
    const add = async (kind: string): Promise<void> => {
      await user.click(screen.getByRole('button', { name: 'Add a condition' }));
      await choose(user, kind);
    };
    await add('Minimum spend');
    await retype(user, screen.getByLabelText('Minimum spend'), '30');
    await add('Order number (1 is the first)');
    await add('Products of a vendor');
    await user.type(screen.getByLabelText('Products of a vendor'), 'Acme');
    expect(
      screen.getByText('50 points extra on orders from €30.00, on the first order, on products by Acme.'),
    ).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Remove condition “Minimum spend”' }));
    expect(valid(latestDraft()).earning.bonuses[0]?.conditions).toEqual([
      { kind: 'order_number', numbers: [1] },
      { kind: 'vendor', vendors: ['Acme'] },
    ]);
    await retype(user, screen.getByLabelText('Order number (1 is the first)'), '1, x');
    expect(readDocument(latestDraft()).ok).toBe(false);
  });
  test('is switched off, copied, moved, deleted and brought back', async () => {
    const { user, latestDraft } = openProgram(<EarnPage />, { document: rules(weekend, launch) });
    const ids = (): readonly string[] => latestDraft().earning.bonuses.map(({ id }) => id);
    const [first] = screen.getAllByLabelText('Active');
    if (first === undefined) throw new Error('no rule is shown');
    await user.click(first);
    expect(latestDraft().earning.bonuses.map(({ enabled }) => enabled)).toEqual([false, true]);
    await menu(user, 'Launch', 'Move up');
    expect(ids()).toEqual(['launch', 'weekend']);
    await menu(user, 'Launch', 'Copy');
    expect(ids()).toEqual(['launch', 'launch-1', 'weekend']);
    expect(latestDraft().earning.bonuses[1]).toMatchObject({
      enabled: false,
      name: { en: 'Launch (copy)', de: expect.stringMatching(/ \(Kopie\)$/) as string },
    });
    await menu(user, 'Weekend', 'Delete');
    expect(ids()).toEqual(['launch', 'launch-1']);
    expect(screen.getByText('“Weekend” is deleted.')).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(ids()).toEqual(['launch', 'launch-1', 'weekend']);
    expect(screen.queryByText('“Weekend” is deleted.')).toBeNull();
    expect(valid(latestDraft()).earning.bonuses).toHaveLength(3);
  });
});

describe('a merchant edits words and policies', () => {
  test('each language has its own words', async () => {
    const { user, latestDraft } = openProgram(<NamesPage />);
    const field = screen.getByLabelText('Plural (Italian)');
    expect((field as HTMLInputElement).value).toBe('punti');
    await retype(user, field, 'stelle');
    expect(latestDraft().names.points).toMatchObject({ it: 'stelle', en: 'points' });
  });
  test('a field keeps what is typed, says why it cannot be read, and hands on nothing to publish', async () => {
    const { user, latestDraft } = openProgram(<PoliciesPage />);
    const days = screen.getByLabelText('Days until points can be spent');
    for (const [typed, words] of [
      ['1.5', 'Only whole numbers here, without decimals.'],
      ['1e3', '“1e3” is not a number. Write digits only, for example 10.'],
      ['', 'Enter a number.'],
    ] as const) {
      await user.clear(days);
      if (typed !== '') await user.type(days, typed);
      await user.tab();
      expect((days as HTMLInputElement).value).toBe(typed);
      expect(screen.getByText(words)).toBeDefined();
      expect(readDocument(latestDraft()).ok).toBe(false);
    }
    await user.type(days, '14');
    expect(latestDraft().earning.holdDays).toBe(14);
  });
  test('expiry and margin read as sentences', async () => {
    const { user, latestDraft } = openProgram(<PoliciesPage />);
    await user.selectOptions(screen.getByLabelText('Expiry'), 'inactivity_months');
    await retype(user, screen.getByLabelText('Months until expiry'), '6');
    expect(screen.getByText('Points expire after 6 months without activity.')).toBeDefined();
    await user.type(screen.getByLabelText('Margin for the program'), '12.5');
    expect(screen.getByText('Your margin for the program is 12.5% of sales.')).toBeDefined();
    await retype(user, screen.getByLabelText('Warnings (days before)'), '14, 3');
    expect(valid(latestDraft()).policies).toMatchObject({
      expiry: { kind: 'inactivity_months', months: 6 },
      marginBasisPoints: 1250,
      warningDays: [14, 3],
    });
  });
  test('what is wrong stands at its field once it was left, and at all fields after an attempt to save', async () => {
    const wrong = program();
    const document = {
      ...wrong,
      earning: {
        ...wrong.earning,
        rates: [{ currency: 'EUR', points: 0, amountMinor: 100 }],
        caps: { ...wrong.earning.caps, perDay: 0 },
      },
    };
    const { user } = openProgram(<EarnPage />, { document });
    expect(screen.queryByText('At least 1 point, for example 10 points.')).toBeNull();
    await user.click(screen.getByLabelText('Points'));
    await user.tab();
    expect(screen.getByLabelText('Points').getAttribute('aria-invalid')).toBe('true');
    expect(screen.getAllByText('At least 1 point, for example 10 points.')).toHaveLength(1);
    cleanup();
    openProgram(<EarnPage />, { document, all: true });
    expect(screen.getAllByText('At least 1 point, for example 10 points.')).toHaveLength(2);
  });
});

describe('the program as a file', () => {
  const importing = async (answer?: ProgramAnswer, file = program({ rate: [7, 100] })) => {
    const opened = openProgram(<DocumentFile />, answer === undefined ? {} : { answer });
    const text = JSON.stringify(file);
    await opened.user.upload(
      screen.getByLabelText('Import', { selector: 'input' }),
      new File([text], 'program.json', { type: 'application/json' }),
    );
    return { ...opened, text };
  };
  const refused = (refusal: ProgramAnswer['refusal'], part: Partial<ProgramAnswer> = {}): ProgramAnswer => ({
    ...{ intent: 'import', refusal, issues: [], revision: null, version: null, schemaVersion: null, things: null },
    kept: [],
    ...part,
  });
  test('a file is sent as it is, with the draft that was seen', async () => {
    const { wishes, text } = await importing();
    expect(wishes).toEqual([{ intent: 'import', text, choices: [], seen: null }]);
  });
  test('what is wrong with it is shown with its place', async () => {
    const document = program();
    const read = readDocument({ ...document, earning: { ...document.earning, rounding: 'up' } });
    await importing(refused('not_a_document', { issues: read.ok ? [] : read.error }));
    expect(screen.getByText('The file cannot be used like this. Nothing was changed.')).toBeDefined();
    expect(screen.getByText('Rounding (earning.rounding)')).toBeDefined();
    expect(screen.getByText(/It must be one of: floor, nearest, ceil\./)).toBeDefined();
  });
  test('what it names and the shop does not have is asked for, each with its rules, before the import', async () => {
    const conditions = [{ kind: 'product' as const, productIds: ['31', '32'] }];
    const file = program({ earning: { bonuses: [bonus({ id: 'coffee', times: 2, conditions })] } });
    const things = { product: ['31', '32'], collection: [], variant: [], store: ['s1'] };
    const chosen = [{ id: 'gid://shopify/Product/77', title: 'Honey', images: [] }];
    vi.stubGlobal('shopify', { resourcePicker: () => Promise.resolve(chosen) });
    const { user, wishes, text } = await importing(refused('unknown_things', { things }), file);
    expect(screen.getByText('The file names 3 things that are not in your shop')).toBeDefined();
    expect(screen.getAllByText('Named by: coffee')).toHaveLength(2);
    const button = (): HTMLElement => screen.getAllByRole('button', { name: 'Import' }).at(-1) as HTMLElement;
    expect(button()).toHaveProperty('ariaDisabled', 'true');
    await user.click(screen.getByRole('button', { name: 'Choose products: Product 31' }));
    expect(await screen.findByText('Honey')).toBeDefined();
    await user.selectOptions(screen.getByLabelText('Store s1'), 'Bottega');
    await user.click(screen.getByRole('button', { name: 'Leave the rest out' }));
    await user.click(button());
    const choices = [{ product: { 31: '77', 32: null }, collection: {}, variant: {}, store: { s1: 'here' } }];
    expect(wishes.at(-1)).toEqual({ intent: 'import', text, choices, seen: null });
    await user.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByText(/The file names/)).toBeNull();
    vi.unstubAllGlobals();
  });
  test.each([
    [refused('not_json'), 'This file is not JSON. Nothing was changed.'],
    [
      refused('newer_schema', { schemaVersion: 4 }),
      'This file was made by a newer version of Fidelio (4). Update first.',
    ],
    [refused('too_large'), 'The file is larger than 512 KB. Nothing was changed.'],
    [refused(null, { revision: 1 }), 'The file is in the draft. Look it over, then review and publish.'],
    [refused(null), 'The file says what is in force already: there is nothing to publish.'],
  ])('%j: %s', async (answer, words) => {
    await importing(answer);
    expect(within(document.body).getByText(words)).toBeDefined();
  });
});

describe('the review', () => {
  test.each([
    ['is not published as long as they are on', true],
    ['is published with them off', false],
  ])('says which rules name what is not in the shop any more, and %s', async (_, enabled) => {
    const conditions = [{ kind: 'collection' as const, collectionIds: ['7', '8'] }];
    const shoesTwice = { ...bonus({ id: 'shoes', times: 2, conditions }), enabled };
    const document = program({ earning: { bonuses: [shoesTwice] } });
    const server = {
      ...{ revision: 1, basedOn: 1, document, savedAt: 0, isOwn: true },
      scheduledFor: null,
      failure: null,
    };
    const shoes = { id: asId<PlatformId>('8'), title: 'Shoes', picture: null };
    const shop = { currency: 'EUR', today: '2026-06-10', medianYearMinor: null };
    const effects = { revision: 1, tiers: null, codes: 0, ending: 0, takes: false, isEstimate: false, kept: [] };
    openProgram(<ReviewPage shop={shop} effects={effects} onPublished={() => undefined} />, {
      draft: server,
      readThings: () => Promise.resolve({ product: [], collection: [shoes], variant: [] }),
    });
    expect(await screen.findByText('Some rules name what is not in the shop any more')).toBeDefined();
    expect(screen.getByText('shoes: This collection is not in the shop any more. Choose another.')).toBeDefined();
    expect(screen.queryByText(/^Choose others there, or switch these rules off/) !== null).toBe(enabled);
    const publish = screen.getByRole('button', { name: 'Publish now' });
    expect(publish.getAttribute('aria-disabled') === 'true' || publish.hasAttribute('disabled')).toBe(enabled);
  });
});
