// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { programDocumentSchema, type ProgramDocument } from '~/core/program/document';
import { readDocument } from '~/core/program/migration';
import { perTongue } from '~/core/values/text';
import { NamesPage } from '~/ui/program/names/NamesPage';
import { openProgram, retype } from 'test/support/programPages';

afterEach(cleanup);

const valid = (document: ProgramDocument): ProgramDocument => programDocumentSchema.parse(document);
const named = (text: string) => perTongue(() => text);

describe('a merchant gives the program its looks and its terms', () => {
  test('the accent is a colour that can be read, and the picture of the shop follows it', async () => {
    const { user, latestDraft } = openProgram(<NamesPage />, { all: true });
    const field = screen.getByLabelText('Accent colour');
    await user.type(field, '#ffcc');
    expect(screen.getByText('This is no colour. Write it like #1a7f5a.')).toBeDefined();
    expect(readDocument(latestDraft()).ok).toBe(false);
    await user.type(field, '00');
    expect(
      screen.getByText(/^Contrast 1.5:1 against white, less than 4.5:1. So text on it is black \(13.8:1\)/),
    ).toBeDefined();
    const picture = screen.getByText('Redeem', { selector: 'span' }).closest('[lang]');
    expect(picture?.getAttribute('style')).toContain('--fidelio-accent: #ffcc00; --fidelio-on-accent: #000000');
    const darker = screen.getByRole('button', { name: /^Use #[0-9a-f]{6} instead$/ });
    await user.click(darker);
    expect(screen.getByText(/against white: well readable/)).toBeDefined();
    expect(valid(latestDraft()).look.accent).toMatch(/^#[0-9a-f]{6}$/);
    await user.clear(field);
    expect(valid(latestDraft()).look.accent).toBeNull();
  });
  test('the picture speaks every language, with the words, rewards and icon of the draft', async () => {
    const { user, latestDraft } = openProgram(<NamesPage />);
    await user.click(screen.getByRole('button', { name: 'Crown' }));
    expect(valid(latestDraft()).look.icon).toBe('crown');
    await retype(user, screen.getByLabelText('Plural (German)'), 'Sterne');
    await user.selectOptions(screen.getByLabelText('Language'), 'de');
    const picture = screen.getByText('Einlösen', { selector: 'span' }).closest('[lang=de]');
    expect(picture?.textContent).toMatch(/Sterne · 2,00\s€/);
    expect(picture?.querySelector('input[type=number]')?.getAttribute('value')).toBe('40');
    expect(picture?.textContent).toMatch(/fehlen noch 40 Sterne/);
    expect(picture?.querySelector('svg.fidelio-icon')).not.toBeNull();
    // Each reward has the drawing that it has in the shop.
    const drawn = [...(picture?.querySelectorAll('svg.fidelio-sign path') ?? [])].map((one) => one.getAttribute('d'));
    expect(drawn).toHaveLength(2);
    expect(readFileSync('extensions/loyalty-storefront/snippets/fidelio-sign.liquid', 'utf8')).toContain(drawn[0]);
    await user.click(screen.getByRole('button', { name: 'None' }));
    expect(valid(latestDraft()).look.icon).toBeNull();
    expect(picture?.querySelector('svg.fidelio-icon')).toBeNull();
  });
  test('terms are written in all languages or in none', async () => {
    const { user, latestDraft } = openProgram(<NamesPage />, { all: true });
    await user.type(screen.getByLabelText('Terms (English)'), 'Be kind.');
    expect(screen.getAllByText('Write something here: it cannot be empty.')).toHaveLength(4);
    for (const language of ['Italian', 'German', 'French', 'Spanish'])
      await user.type(screen.getByLabelText(`Terms (${language})`), 'Be kind.');
    expect(valid(latestDraft()).terms).toEqual(named('Be kind.'));
    for (const language of ['English', 'Italian', 'German', 'French', 'Spanish'])
      await user.clear(screen.getByLabelText(`Terms (${language})`));
    expect(valid(latestDraft()).terms).toBeNull();
  });
});
