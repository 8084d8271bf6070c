import { describe, expect, test } from 'vitest';
import type { Language } from '~/i18n/catalog';
import { capSentences, exclusionSentences } from '~/i18n/sentences/earning';
import { effectsInWords } from '~/i18n/sentences/effects';
import { perTongue } from '~/core/values/text';
import type { DraftEffects } from '~/views/draftEffects';
import { program } from 'test/support/builders';

const document = program();
const say = (language: Language) => ({
  language,
  names: document.names,
  currency: 'EUR',
  timeZone: 'Europe/Rome',
});

const none: DraftEffects = {
  ...{ revision: 1, tiers: null, codes: 0, ending: 0, takes: false, isEstimate: false, kept: [] },
};

describe('what publishing does at once', () => {
  const tiers = (up: number, down: number, language: Language) =>
    effectsInWords({ ...none, tiers: { up, down } }, say(language));
  test.each([
    [15, 0, 'it', '15 iscritti salgono subito di livello.'],
    [1, 0, 'en', '1 member moves up a tier at once.'],
    [0, 2, 'de', '2 Mitglieder steigen sofort ab.'],
    [3, 2, 'en', 'Tiers change at once for 5 members: 3 up, 2 down.'],
    [0, 0, 'en', 'No member changes tier at once.'],
  ] as const)('%i up, %i down (%s)', (up, down, language, sentence) => {
    expect(tiers(up, down, language)).toEqual([sentence]);
  });
  test('what stays because staff gave it is named', () => {
    const kept = [{ name: perTongue(() => 'Gold'), members: 1 }];
    expect(effectsInWords({ ...none, kept }, say('it'))).toEqual([
      '«Gold» resta nel programma: lo staff l’ha dato a 1 iscritto. D’ora in poi lo dà solo lo staff.',
    ]);
  });
});

describe('the order of sentences is that of the fields, however the document was stored', () => {
  test('limits', () => {
    const stored = { lifetime: 9, perDay: 2, perMonth: 3, perOrder: 1 };
    expect(capSentences(stored, say('en'))).toEqual([
      'At most 1 point an order.',
      'At most 2 points a day.',
      'At most 3 points a month.',
      'At most 9 points in all.',
    ]);
  });
  test('what earns nothing', () => {
    const { exclude } = document.earning;
    const stored = { ...exclude, customerTags: ['staff'], vendors: ['Casa'], productTags: ['outlet'] };
    const sorted = Object.fromEntries(Object.entries(stored).sort(([a], [b]) => a.localeCompare(b))) as typeof stored;
    expect(exclusionSentences(sorted, say('en'))).toEqual([
      'No points on products tagged outlet.',
      'No points on products by Casa.',
      'No points for customers tagged staff.',
    ]);
  });
});
