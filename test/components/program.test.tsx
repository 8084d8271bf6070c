// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, describe, expect, test } from 'vitest';
import { DocumentSection } from '~/ui/DocumentSection';
import { EarnSection } from '~/ui/EarnSection';
import { ErrorsShown } from '~/ui/fields';
import { NamesSection } from '~/ui/NamesSection';
import { RewardsSection } from '~/ui/RewardsSection';
import { programDocumentSchema, type ProgramDocument } from '~/core/program/document';
import { readDocument } from '~/core/program/migration';
import type { Language } from '~/i18n/catalog';
import { program } from 'test/support/builders';
import { MerchantApp as App } from 'test/support/merchantApp';

afterEach(cleanup);

/** The program page's form as the merchant edits it, without the server around it. */
type EditorProps = {
  readonly onChange: (document: ProgramDocument) => void;
  readonly errors?: Readonly<Record<string, string>>;
  readonly all?: boolean;
};

const Editor = ({ onChange, errors = {}, all = false }: EditorProps) => {
  const [draft, setDraft] = useState(program());
  const change = (part: Partial<ProgramDocument>): void => {
    const next = { ...draft, ...part };
    setDraft(next);
    onChange(next);
  };
  const below = (part: string) => (field: string) => errors[`${part}.${field}`];
  return (
    <ErrorsShown all={all}>
      <EarnSection earning={draft.earning} change={(earning) => change({ earning })} errorAt={below('earning')} />
      <RewardsSection
        isWrong={() => false}
        rewards={draft.rewards}
        change={(rewards) => change({ rewards })}
        errorAt={below('rewards')}
      />
      <NamesSection names={draft.names} change={(names) => change({ names })} errorAt={below('names')} />
    </ErrorsShown>
  );
};

const edit = (errors?: Readonly<Record<string, string>>, all = false, language: Language = 'en') => {
  const seen: ProgramDocument[] = [];
  const user = userEvent.setup();
  render(
    <App language={language}>
      <Editor onChange={(document) => seen.push(document)} all={all} {...(errors === undefined ? {} : { errors })} />
    </App>,
  );
  const latestDraft = (): ProgramDocument => {
    const last = seen.at(-1);
    if (last === undefined) throw new Error('nothing was changed');
    return last;
  };
  return { user, latestDraft, latest: (): ProgramDocument => programDocumentSchema.parse(latestDraft()) };
};

const openFirst = async (user: ReturnType<typeof userEvent.setup>): Promise<void> => {
  const [first] = screen.getAllByRole('button', { expanded: false });
  if (first === undefined) throw new Error('no reward is shown');
  await user.click(first);
};

describe('a merchant edits the program', () => {
  test('the example follows the rate while it is typed', async () => {
    const { user, latest } = edit();
    const field = screen.getByLabelText('Points');
    await user.clear(field);
    await user.type(field, '3');
    expect(screen.getByText('An order of €50.00 earns 150 points.')).toBeDefined();
    expect(latest().earning.rates).toEqual([{ currency: 'EUR', points: 3, amountMinor: 100 }]);
  });
  test('an amount is read as it is typed, with a point or a comma', async () => {
    const { user, latest } = edit();
    const field = screen.getByLabelText('For every');
    for (const typed of ['2.50', '2,50']) {
      await user.clear(field);
      await user.type(field, typed);
      expect(latest().earning.rates[0]?.amountMinor).toBe(250);
    }
  });
  test('a reward is added, named, priced and described in a sentence, and can be removed', async () => {
    const { user, latest } = edit();
    await user.click(screen.getByRole('button', { name: 'Add a fixed discount' }));
    const card = document.getElementById('reward-reward-1');
    if (card === null) throw new Error('the new reward is not open');
    const price = within(card).getByLabelText('Price in points');
    await user.clear(price);
    await user.type(price, '250');
    expect(screen.getByText('250 points for €5.00 off')).toBeDefined();
    expect(latest().rewards.at(-1)).toMatchObject({
      id: 'reward-1',
      kind: 'amount_off',
      points: 250,
      amountMinor: 500,
      enabled: false,
    });
    await user.click(within(card).getByRole('button', { name: 'Remove' }));
    expect(latest().rewards.map(({ id }) => id)).toEqual(['five-off', 'as-you-like']);
  });
  test('free shipping has its own model, limits and sentence', async () => {
    const { user, latest } = edit();
    await user.click(screen.getByRole('button', { name: 'Add free shipping' }));
    const card = document.getElementById('reward-reward-1');
    if (card === null) throw new Error('the new reward is not open');
    expect(screen.getByText('100 points for free shipping')).toBeDefined();
    await user.type(within(card).getByLabelText('Up to a shipping rate of'), '9.90');
    expect(screen.getByText('100 points for free shipping, rates up to €9.90')).toBeDefined();
    expect(latest().rewards.at(-1)).toMatchObject({
      kind: 'free_shipping',
      id: 'reward-1',
      enabled: false,
      maxRateMinor: 990,
      countries: [],
    });
  });
  test('a reward is taken off offer without being lost', async () => {
    const { user, latest } = edit();
    const [first] = screen.getAllByLabelText('Active');
    if (first === undefined) throw new Error('no reward is shown');
    await user.click(first);
    expect(latest().rewards.map(({ enabled }) => enabled)).toEqual([false, true]);
  });
  test('each language has its own words', async () => {
    const { user, latest } = edit();
    await user.selectOptions(screen.getByLabelText('Language'), 'it');
    const field = screen.getByLabelText('Plural');
    expect((field as HTMLInputElement).value).toBe('punti');
    await user.clear(field);
    await user.type(field, 'stelle');
    expect(latest().names.points).toMatchObject({ it: 'stelle', en: 'points' });
  });
  test('what is wrong stands at its field once it was left, and at all fields after an attempt to save', async () => {
    const { user } = edit({
      'earning.rates.0.points': 'At least 1, for example 10.',
      'rewards.0.points': 'At most 1,000,000.',
    });
    expect(screen.queryByText('At least 1, for example 10.')).toBeNull();
    await user.click(screen.getByLabelText('Points'));
    await user.tab();
    expect(screen.getByLabelText('Points').getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText('At least 1, for example 10.')).toBeDefined();
    expect(screen.queryByText('At most 1,000,000.')).toBeNull();
    cleanup();
    edit({ 'earning.rates.0.points': 'At least 1, for example 10.' }, true);
    expect(screen.getByText('At least 1, for example 10.')).toBeDefined();
  });
  test('a field keeps what is typed, says why it cannot be read, and hands on nothing that could be saved', async () => {
    const { user, latestDraft } = edit();
    const days = screen.getByLabelText('Days until they can be spent');
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
  test('thousands and decimals are read as the merchant’s language writes them; an unreadable minimum is not "no minimum"', async () => {
    const { user, latestDraft } = edit(undefined, false, 'it');
    await openFirst(user);
    const [minimum] = screen.getAllByLabelText('Spesa minima nel carrello');
    if (minimum === undefined) throw new Error('no minimum');
    await user.type(minimum, '1.000,00');
    expect(latestDraft().rewards[0]?.minimumSubtotalMinor).toBe(100_000);
    await user.type(minimum, 'x');
    expect(readDocument(latestDraft()).ok).toBe(false);
    await user.clear(minimum);
    expect(latestDraft().rewards[0]?.minimumSubtotalMinor).toBeNull();
  });
  test('a reward’s names follow its amount until they are edited, and a number that is none of its own is pointed out', async () => {
    const { user, latestDraft } = edit();
    await openFirst(user);
    const [amount] = screen.getAllByLabelText('Discount');
    const [english] = screen.getAllByLabelText('Name (English)');
    if (amount === undefined || english === undefined) throw new Error('no reward is shown');
    await user.clear(amount);
    await user.type(amount, '15');
    expect(latestDraft().rewards[0]?.name).toMatchObject({ en: '€15 off', it: 'Buono da 15 €', de: '15 € Rabatt' });
    await user.clear(english);
    await user.type(english, 'Voucher 20');
    expect(screen.getByText('The name says 20, but that is none of this reward’s numbers.')).toBeDefined();
    await user.clear(amount);
    await user.type(amount, '20');
    expect(latestDraft().rewards[0]?.name).toMatchObject({ en: 'Voucher 20', it: 'Buono da 20 €' });
    expect(screen.queryByText(/none of this reward’s numbers/)).toBeNull();
  });
});

describe('the program as a file', () => {
  const importing = async (text: string) => {
    const taken: ProgramDocument[] = [];
    const user = userEvent.setup();
    render(
      <App>
        <DocumentSection document={program()} version={3} onImport={(document) => taken.push(document)} />
      </App>,
    );
    await user.upload(
      screen.getByLabelText('Import', { selector: 'input' }),
      new File([text], 'program.json', { type: 'application/json' }),
    );
    return taken;
  };
  test('a document that can be read becomes the draft', async () => {
    const document = program({ rate: [7, 100] });
    const taken = await importing(JSON.stringify(document));
    await screen.findByText('The file is in the draft. Look it over, and save to publish it.');
    expect(taken).toEqual([document]);
  });
  test('what is wrong is shown with its place, and the draft stays', async () => {
    const document = program();
    const taken = await importing(JSON.stringify({ ...document, earning: { ...document.earning, rounding: 'up' } }));
    await screen.findByText('The file cannot be used like this. Nothing was changed.');
    expect(screen.getByText('Rounding (earning.rounding)')).toBeDefined();
    expect(screen.getByText(/It must be one of: floor, nearest, ceil\./)).toBeDefined();
    expect(taken).toEqual([]);
  });
  test('a file that is not JSON is refused with a sentence', async () => {
    expect(await importing('name;points')).toEqual([]);
    await screen.findByText('This file is not JSON. Nothing was changed.');
  });
});
