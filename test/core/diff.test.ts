import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffOf } from '~/core/program/diff';
import type { ProgramDocument } from '~/core/program/document';
import { canonicalJson } from '~/core/values/canonicalJson';
import { languages } from '~/i18n/catalog';
import { differenceInWords } from '~/i18n/sentences/differences';
import { bonus, program } from 'test/support/builders';
import { anyDocument } from 'test/support/documents';

const named = (text: string) => ({ en: text, it: text, de: text, fr: text, es: text });
const say = { language: 'en' as const, currency: 'EUR', names: program().names };
const wordsOf = (before: ProgramDocument, after: ProgramDocument): readonly string[] =>
  diffOf(before, after).map((one) => differenceInWords(one, [before, after], say).replace(/\s/g, ' '));

const weekend = {
  ...bonus({ id: 'weekend', times: 2, conditions: [{ kind: 'weekday', days: [6, 7] }] }),
  name: named('Weekend'),
};
const launch = { ...bonus({ id: 'launch', times: 1.2, stacking: 'additive' }), name: named('Launch') };
const withBonuses = (...bonuses: (typeof weekend)[]) => program({ earning: { bonuses } });

describe('what differs between two programs', () => {
  test('is nothing when, and only when, both say the same', () => {
    fc.assert(
      fc.property(anyDocument, anyDocument, (before, after) => {
        expect(diffOf(before, before)).toEqual([]);
        expect(diffOf(before, after).length === 0).toBe(canonicalJson(before) === canonicalJson(after));
      }),
      { numRuns: 150 },
    );
  });

  test('is said in every language, without a gap and without a word of the file', () => {
    fc.assert(
      fc.property(anyDocument, anyDocument, (before, after) => {
        for (const difference of diffOf(before, after))
          for (const language of languages) {
            const text = differenceInWords(difference, [before, after], { ...say, language });
            expect(text, `${language} ${JSON.stringify(difference)}`).not.toMatch(
              /undefined|null|NaN|\bearning\.|_|[{}]|\[|…|\s[.,]|\.\.$/,
            );
            expect(text.length).toBeGreaterThan(8);
          }
      }),
      { numRuns: 150 },
    );
  });

  test('new, removed and switched', () => {
    expect(wordsOf(withBonuses(weekend), withBonuses(launch))).toEqual([
      'Removed: Double points at weekends.',
      'New: 20% more points on every order. It adds to other bonuses.',
    ]);
    expect(wordsOf(withBonuses(weekend), withBonuses({ ...weekend, enabled: false }))).toEqual([
      'Weekend is switched off.',
    ]);
  });

  test('field by field, with what was and what is', () => {
    const gold = { kind: 'tier' as const, tierIds: ['gold'] };
    const tiers = {
      metric: 'spend' as const,
      currency: 'EUR',
      window: { kind: 'calendar_year' as const },
      levels: [{ id: 'gold', name: named('Gold'), threshold: 50_000 }],
    };
    const before = program({ tiers, earning: { bonuses: [weekend] } });
    const after = program({
      tiers: { ...tiers, levels: [{ id: 'gold', name: named('Gold'), threshold: 80_000 }] },
      earning: { bonuses: [{ ...weekend, conditions: [...(weekend.conditions ?? []), gold] }], holdDays: 14 },
      policies: { expiry: { kind: 'inactivity_months', months: 12 } },
    });
    expect(wordsOf(before, after)).toEqual([
      'Days until points can be spent: 0 → 14.',
      'Weekend: conditions at weekends → at weekends, for Gold.',
      'Gold: from €500.00 → €800.00.',
      'Expiry: never → after 12 months without activity.',
    ]);
  });

  test('a rate is one price, whatever of it changes', () => {
    expect(wordsOf(program(), program({ rate: [5, 1000] }))).toEqual([
      'Base rate: Every €1.00 earns 1 point → Every €10.00 earns 5 points.',
    ]);
  });

  test('an order that decides ties says who wins them; a field and an order may change together', () => {
    const summer = { ...weekend, id: 'summer', name: named('Summer') };
    expect(wordsOf(withBonuses(weekend, launch, summer), withBonuses(summer, weekend, launch))).toEqual([
      'Summer now comes before Weekend and wins ties.',
    ]);
    expect(wordsOf(withBonuses(weekend, summer), withBonuses(summer, { ...weekend, enabled: false }))).toEqual([
      'Weekend is switched off.',
      'Summer now comes before Weekend and wins ties.',
    ]);
  });

  test('texts of several things in the same languages are one sentence', () => {
    const before = withBonuses(weekend);
    const after = {
      ...before,
      names: { ...before.names, point: { ...before.names.point, it: 'stella', de: 'Stern' } },
      earning: {
        ...before.earning,
        bonuses: before.earning.bonuses.map((one) => ({ ...one, name: { ...one.name, it: 'Sabato', de: 'Samstag' } })),
      },
    };
    expect(wordsOf(before, after)).toEqual(['Texts of Weekend and Singular in Italian and German.']);
  });

  test('a reward of another kind under the same id is another reward', () => {
    const before = program();
    const [five, chosen] = before.rewards;
    if (five === undefined || chosen === undefined) throw new Error('the default program has two rewards');
    const after = { ...before, rewards: [{ ...chosen, id: five.id }] };
    expect(diffOf(before, after).map(({ kind }) => kind)).toEqual(['removed', 'removed', 'added']);
  });
});
