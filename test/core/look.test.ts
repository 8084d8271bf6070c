import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffOf } from '~/core/program/diff';
import type { ProgramDocument } from '~/core/program/document';
import { readDraft } from '~/core/program/draft';
import { readDocument } from '~/core/program/migration';
import { programSummary } from '~/core/storefront/programSummary';
import { black, contrastOf, readableOnWhite, textOn, white } from '~/core/values/contrast';
import { perTongue } from '~/core/values/text';
import { differenceInWords } from '~/i18n/sentences/differences';
import { program } from 'test/support/builders';

const color = fc
  .tuple(...[1, 2, 3].map(() => fc.integer({ min: 0, max: 255 })))
  .map((channels) => `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`);

describe('contrast as WCAG 2.2 counts it', () => {
  // By hand: 0.05 is added to both luminances, 1 and 0 at the ends; the others are published examples.
  test.each([
    ['#ffffff', '#000000', 21],
    ['#777777', '#ffffff', 4.48],
    ['#767676', '#ffffff', 4.54],
    ['#ff0000', '#ffffff', 4],
    ['#0000ff', '#ffffff', 8.59],
    ['#ffff00', '#ffffff', 1.07],
    ['#1a7f5a', '#1a7f5a', 1],
  ])('%s on %s: %d', (one, other, ratio) => {
    expect(contrastOf(one, other)).toBeCloseTo(ratio, 2);
    expect(contrastOf(other, one)).toBe(contrastOf(one, other));
  });
  test('every colour has text that can be read on it, and a shade that can be read on white', () => {
    fc.assert(
      fc.property(color, (any) => {
        expect(contrastOf(any, textOn(any))).toBeGreaterThanOrEqual(4.5);
        expect(contrastOf(readableOnWhite(any), white)).toBeGreaterThanOrEqual(4.5);
      }),
    );
    expect([textOn('#767676'), textOn('#777777')]).toEqual([white, black]);
    expect(readableOnWhite('#767676')).toBe('#767676');
  });
});

describe('the look and the terms of a program', () => {
  const base = program();
  const looking = (
    look: Partial<ProgramDocument['look']>,
    terms: ProgramDocument['terms'] = null,
  ): ProgramDocument => ({
    ...base,
    look: { ...base.look, ...look },
    terms,
  });
  const without = (document: ProgramDocument): object =>
    Object.fromEntries(Object.entries(document).filter(([section]) => section !== 'look' && section !== 'terms'));
  const problemAt = (document: unknown, path: string) => {
    const read = readDocument(document);
    return read.ok ? null : (read.error.find((issue) => issue.path === path)?.problem.kind ?? null);
  };

  test('a program that was published before has none of them, and means the same', () => {
    const older = without(base);
    expect(readDocument(older)).toEqual({ ok: true, value: base });
    expect(base).toMatchObject({ look: { accent: null, icon: null }, terms: null });
  });
  test('a draft that was saved before is completed, even with an error in it', () => {
    const older = without({ ...base, earning: { ...base.earning, holdDays: -1 } });
    const read = readDraft(older);
    expect(read.ok && read.value.issues).toHaveLength(1);
    expect(read.ok && read.value.document.look).toEqual({ accent: null, icon: null });
  });
  test.each(['red', '#FFF', '#12345', '#12345g', '#1A7F5A'])('%s is no colour', (accent) => {
    expect(problemAt(looking({ accent }), 'look.accent')).toBe('no_color');
  });
  test('terms are in every language, at most 10,000 characters each', () => {
    const terms = perTongue((tongue) => (tongue === 'de' ? '' : 'x'));
    expect(problemAt(looking({}, terms), 'terms.de')).toBe('too_small');
    expect(problemAt(looking({}, { ...terms, de: 'x'.repeat(10_001) }), 'terms.de')).toBe('too_big');
    expect(readDocument(looking({ accent: '#1a7f5a', icon: 'leaf' }, { ...terms, de: 'x' })).ok).toBe(true);
  });
  test('their changes are said in words', () => {
    const say = { language: 'en' as const, currency: 'EUR', names: base.names };
    const words = (before: ProgramDocument, after: ProgramDocument) =>
      diffOf(before, after).map((one) => differenceInWords(one, [before, after], say));
    const terms = perTongue(() => 'Be kind.');
    expect(words(base, looking({ accent: '#1a7f5a', icon: 'leaf' }, terms))).toEqual([
      'Accent colour: none → #1a7f5a.',
      'Icon: none → Leaf.',
      'Terms: none → “Be kind.”.',
    ]);
    expect(words(looking({}, terms), looking({}, { ...terms, it: 'Gentilezza.' }))).toEqual([
      'Texts of Terms in Italian.',
    ]);
  });
  test('the storefront learns the colour, that of the text on it, the icon, and that there are terms', () => {
    const { look, has_terms } = programSummary(
      looking(
        { accent: '#ffcc00', icon: 'star' },
        perTongue(() => 'Be kind.'),
      ),
      1,
      'EUR',
    );
    expect({ look, has_terms }).toEqual({
      look: { accent: '#ffcc00', on_accent: black, icon: 'star' },
      has_terms: true,
    });
    expect(programSummary(base, 1, 'EUR')).toMatchObject({
      look: { accent: null, on_accent: null, icon: null },
      has_terms: false,
    });
  });
  test('terms do not travel with every page: look and terms add no more than a line to the summary', () => {
    const bytesOf = (document: ProgramDocument): number =>
      new TextEncoder().encode(JSON.stringify(programSummary(document, 1, 'EUR'))).byteLength;
    const terms = perTongue(() => 'x'.repeat(10_000));
    expect(bytesOf(looking({ accent: '#1a7f5a', icon: 'star' }, terms)) - bytesOf(base)).toBeLessThan(60);
  });
});
