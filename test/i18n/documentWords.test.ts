import { describe, expect, test } from 'vitest';
import { changesOf } from '~/core/program/changes';
import { defaultDocument } from '~/core/program/defaults';
import { readDocument } from '~/core/program/migration';
import { languages, type Language } from '~/i18n/catalog';
import { changeInWords, issueInWords } from '~/i18n/documentWords';
import { bonus } from 'test/support/builders';

const base = defaultDocument('EUR', 'Europe/Rome');
const [five, chosen] = base.rewards;

/** A document with about every mistake that somebody can make. */
const wrong = {
  ...base,
  timeZone: 'Mars/Olympus',
  colour: 'red',
  names: {
    ...base.names,
    point: { ...base.names.point, it: ' ' },
    program: { ...base.names.program, de: 'x'.repeat(61) },
  },
  earning: {
    ...base.earning,
    rates: [
      { currency: 'EUR', points: 0, amountMinor: 0 },
      { currency: 'EUR', points: 1.5, amountMinor: 2_000_000_000 },
    ],
    rounding: 'up',
    holdDays: Number.NaN,
    bonuses: [
      {
        id: 'b',
        name: base.names.point,
        stacking: 'exclusive',
        effect: { kind: 'multiply', basisPoints: 20_000 },
        conditions: [{ kind: 'weather' }],
      },
    ],
  },
  rewards: [
    five,
    { ...five, points: null },
    { ...chosen, minPoints: 30, maxPoints: 2000 },
    { ...chosen, id: 'x', minPoints: 4000, maxPoints: 2000 },
  ],
  tiers: { metric: 'spend', currency: 'euro', window: { kind: 'lifetime' }, levels: [] },
};

const issuesOf = (document: unknown) => {
  const read = readDocument(document);
  return read.ok ? [] : read.error;
};

describe('what is wrong with a program, in words', () => {
  test('in every language, and never in the validator’s own', () => {
    const issues = issuesOf(wrong);
    expect(new Set(issues.map(({ problem }) => problem.kind)).size).toBeGreaterThan(7);
    for (const language of languages) {
      const words = issues.map((issue) =>
        issueInWords(issue, [base], { language, currency: 'EUR', names: base.names }),
      );
      for (const text of words) {
        expect(text.length).toBeGreaterThan(3);
        expect(text, language).not.toMatch(/expected|Invalid|Too (small|big)|received|>=|undefined|\bnull\b|NaN/);
      }
    }
  });
  const inItalian = (document: unknown, at: string) => {
    const issue = issuesOf(document).find(({ path }) => path === at);
    return issue === undefined
      ? null
      : issueInWords(issue, [base], { language: 'it', currency: 'EUR', names: base.names }).replace(/\s/g, ' ');
  };
  test.each([
    ['earning.rates.0.points', 'Almeno 1 punto, per esempio 10 punti.'],
    ['earning.rates.0.amountMinor', 'Almeno 0,01 €, per esempio 10,00 €.'],
    ['earning.rates.1.points', 'Qui serve un numero, per esempio 10 punti.'],
    ['earning.rates.1.amountMinor', 'Al massimo 10.000.000,00 €.'],
    ['earning.holdDays', 'Qui serve un numero, per esempio 10.'],
    ['earning.rounding', 'Deve essere uno tra: floor, nearest, ceil.'],
    ['names.point.it', 'Scrivi qualcosa: non può restare vuoto.'],
    ['names.program.de', 'Al massimo 60 caratteri.'],
    ['timeZone', 'Non è un fuso orario, come Europe/Rome.'],
    ['tiers.levels', 'Serve almeno una voce.'],
    ['', 'Qui non esiste: colour.'],
  ])('%s: %s', (path, words) => {
    expect(inItalian(wrong, path)).toBe(words);
  });
  test('an example is another value than the limit', () => {
    const bonuses = [{ ...bonus({ id: 'half', times: 1 }), effect: { kind: 'multiply', basisPoints: 5000 } }];
    expect(inItalian({ ...base, earning: { ...base.earning, bonuses } }, 'earning.bonuses.0.effect.basisPoints')).toBe(
      'Almeno 1×, per esempio 2×.',
    );
  });
  test('rules of our own have words of our own', () => {
    const rewards = (part: object) => ({ ...base, rewards: [five, { ...chosen, ...part }] });
    expect(inItalian(rewards({ minPoints: 30 }), 'rewards.1.stepPoints')).toMatch(
      /^Minimo e massimo devono essere passi interi/,
    );
    expect(inItalian(rewards({ minPoints: 4000 }), 'rewards.1.minPoints')).toBe(
      'Il minimo non può superare il massimo.',
    );
    expect(inItalian({ ...base, rewards: [five, five] }, 'rewards')).toBe(
      'Lo stesso id o la stessa valuta compare due volte.',
    );
  });
});

describe('a change of a program, in words', () => {
  const words = (after: typeof base, language: Language = 'it') =>
    changesOf(base, after).map((change) =>
      changeInWords(change, [base, after], { language, currency: 'EUR', names: base.names }).replace(/\s/g, ' '),
    );
  test('names the field as the page does, with money as money', () => {
    expect(
      words({
        ...base,
        earning: { ...base.earning, rates: [{ currency: 'EUR', points: 2, amountMinor: 1000 }], includeShipping: true },
      }),
    ).toEqual(['Punti: 1 → 2', 'Ogni: 1,00 € → 10,00 €', 'Anche la spedizione conta: no → sì']);
  });
  test('names rewards, new ones and removed ones too', () => {
    if (five?.kind !== 'amount_off' || chosen === undefined) throw new Error('the default program has two rewards');
    const minimum = { ...five, minimumSubtotalMinor: 5000 };
    expect(
      words({ ...base, rewards: [minimum, { ...five, id: 'new', name: { ...five.name, it: 'Regalo' } }] }),
    ).toEqual([
      'Buono da 5 € · Spesa minima nel carrello: nessun valore → 50,00 €',
      'Sconto a tua scelta · Premio: rimosso',
      'Regalo · Premio: nuovo',
    ]);
  });
  test('a text of the merchant’s stands in the marks of the language', () => {
    const renamed = { ...base, names: { ...base.names, points: { ...base.names.points, de: 'Sterne' } } };
    expect(words(renamed, 'de')).toEqual([expect.stringContaining('„Punkte“ → „Sterne“')]);
    expect(words(renamed, 'en')).toEqual([expect.stringContaining('“Punkte” → “Sterne”')]);
  });
});
