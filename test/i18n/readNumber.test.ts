import { describe, expect, test } from 'vitest';
import { formatNumber, translate } from '~/i18n/catalog';
import { formatMoney, formatPercent } from '~/i18n/format';
import { readMoney, readWhole } from '~/i18n/readNumber';

describe('a number that somebody types', () => {
  test.each([
    ['it', '1.000', 1000],
    ['it', '1000', 1000],
    ['it', ' 12 ', 12],
    ['en', '1,000,000', 1_000_000],
    ['fr', '1 000', 1000],
    ['de', '1’000', 1000],
    ['it', '-5', -5],
    ['it', '−50', -50],
    ['it', '–50', -50],
    ['it', '+25', 25],
    ['en', '3.0', 3],
  ] as const)('%s "%s" is %d', (language, text, value) => {
    expect(readWhole(language, text)).toEqual({ ok: true, value });
  });
  test.each([
    ['it', '', 'empty'],
    ['it', '   ', 'empty'],
    ['it', 'abc', 'not_a_number'],
    ['it', '1e3', 'not_a_number'],
    ['it', '--5', 'not_a_number'],
    ['it', '1.5', 'not_whole'],
    ['it', '1,5', 'not_whole'],
    ['en', '1,5', 'not_whole'],
    ['it', '1,000', 'not_whole'],
    ['en', '1.000', 'not_whole'],
    ['it', '1.00.0', 'not_a_number'],
    ['it', '99999999999999999999', 'too_large'],
  ] as const)('%s "%s" is refused: %s', (language, text, error) => {
    expect(readWhole(language, text)).toEqual({ ok: false, error });
  });
});

describe('an amount that somebody types', () => {
  test.each([
    ['it', '1.000,00', 'EUR', 100_000],
    ['it', '1.000', 'EUR', 100_000],
    ['it', '2,50', 'EUR', 250],
    ['it', '2.50', 'EUR', 250],
    ['it', '2.5', 'EUR', 250],
    ['en', '2,50', 'EUR', 250],
    ['en', '1,000.5', 'EUR', 100_050],
    ['fr', '1 234,5', 'EUR', 123_450],
    ['it', '1.000', 'JPY', 1000],
    ['it', '0,125', 'KWD', 125],
  ] as const)('%s "%s" in %s is %d minor units', (language, text, currency, value) => {
    expect(readMoney(language, text, currency)).toEqual({ ok: true, value });
  });
  test.each([
    ['it', '0,001', 'EUR', 'too_many_digits'],
    ['it', '0.001', 'EUR', 'too_many_digits'],
    ['it', '1,5', 'JPY', 'too_many_digits'],
    ['it', 'abc', 'EUR', 'not_a_number'],
    ['it', ',', 'EUR', 'not_a_number'],
    ['it', '1.000.00', 'EUR', 'not_a_number'],
    ['it', '', 'EUR', 'empty'],
  ] as const)('%s "%s" in %s is refused: %s', (language, text, currency, error) => {
    expect(readMoney(language, text, currency)).toEqual({ ok: false, error });
  });
});

test.each([
  ['it', '1.234 iscritti', '−1.234', '−12,50 €', '−30%'],
  ['es', '1.234 miembros', '−1.234', '−12,50 €', '−30 %'],
  ['en', '1,234 members', '−1,234', '−€12.50', '−30%'],
] as const)('numbers are written alike in plurals and alone, with a real minus: %s', (language, ...written) => {
  const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');
  expect([
    translate(language, 'tiers.size', { count: 1234 }),
    formatNumber(language, -1234),
    plain(formatMoney(language, -1250, 'EUR')),
    plain(formatPercent(language, -0.3)),
  ]).toEqual(written);
});
