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
