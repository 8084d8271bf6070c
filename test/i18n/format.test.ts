import { expect, test } from 'vitest';
import { formatNumber, languages } from '~/i18n/catalog';
import { formatMoney, formatPercent, formatPoints } from '~/i18n/format';

const names = { point: word('star'), points: word('stars') };

function word(of: string) {
  return { en: of, it: of, de: of, fr: of, es: of };
}

test.each(languages)('what is below nothing has a minus, and no hyphen: %s', (language) => {
  for (const said of [
    formatNumber(language, -1234),
    formatPoints(language, -50, names),
    formatMoney(language, -1999, 'EUR'),
    formatPercent(language, -0.17),
  ]) {
    expect(said).toContain('−');
    expect(said).not.toContain('-');
  }
});

test('one is one, and in French none is, too', () => {
  expect(languages.map((language) => formatPoints(language, 1, names))).toEqual(Array(5).fill('1 star'));
  expect(languages.map((language) => [language, formatPoints(language, 0, names)])).toEqual([
    ['en', '0 stars'],
    ['it', '0 stars'],
    ['de', '0 stars'],
    ['fr', '0 star'],
    ['es', '0 stars'],
  ]);
});
