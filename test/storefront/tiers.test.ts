import { describe, expect, test } from 'vitest';
import type { ProgramDocument } from '~/core/program/document';
import { fullProgram, goldSoon } from './openShop';
import { page } from './painted';

type Perks = NonNullable<ProgramDocument['tiers']>['levels'][number]['perks'];

/** The rows of the tiers' table as they are read, the first word of each its name. */
const rowsOf = async (locale: string, perks: { readonly silver?: Perks; readonly gold?: Perks } = {}) => {
  const full = fullProgram();
  if (full.tiers === null) throw new Error('the program has tiers');
  const levels = full.tiers.levels.map((level) => ({
    ...level,
    entryPoints: level.id === 'gold' ? 50 : null,
    perks: [...level.perks, ...(perks[level.id as 'silver' | 'gold'] ?? [])],
  }));
  const document = { ...full, tiers: { ...full.tiers, levels } };
  const { html } = await page({ template: 'loyalty', locale, member: goldSoon, document });
  const table = html.split('class="fidelio-tiers"')[1]?.split('</table>')[0] ?? '';
  const words = (part: string): string =>
    part
      .replace(/<[^>]*>/g, '')
      .replace(/\s+/g, ' ')
      .trim();
  return table
    .split('<tr')
    .slice(1)
    .map((row) =>
      row
        .split(/<t[hd]/)
        .slice(1)
        .map((cell) => words(`<${cell}`)),
    );
};

describe('the table of tiers', () => {
  test('has a row for each thing that a tier asks for or gives, and a cell for each tier', async () => {
    expect(await rowsOf('en')).toEqual([
      ['', 'Silver Your tier', 'Gold'],
      ['To reach it', 'From €300.00 in 12 months', 'From €800.00 in 12 months'],
      ['Every order', '1.25× points', '1.5× points'],
      ['When reached', '–Not included', '50 points'],
      ['10% off', '–Not included', 'Included'],
      ['Also', 'Free gift wrapping', 'Free gift wrapping'],
    ]);
  });
  test('says what is less than all of the shipping, and has no row for what no tier gives', async () => {
    const shipping = (minimumSubtotalMinor: number | null): Perks => [
      { kind: 'free_shipping', currency: 'EUR', minimumSubtotalMinor, maxRateMinor: null },
    ];
    const rows = await rowsOf('de', { silver: shipping(5000), gold: shipping(null) });
    expect(rows.find(([name]) => name === 'Kostenloser Versand')).toEqual([
      'Kostenloser Versand',
      'Ab 50,00 €',
      'Enthalten',
    ]);
    expect(rows.map(([name]) => name)).not.toContain('Bevorzugter Service');
  });
});
