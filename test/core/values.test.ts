import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '~/core/values/canonicalJson';
import { parseInstant, instant } from '~/core/values/instant';
import { decimalOf, parseMoney } from '~/core/values/money';
import { commonFractions, divide, mulDiv, shown } from '~/core/values/ratio';
import { addMonths, endOfLocalDayAfter, localDateOf, plusLocalDays, startOfDay } from '~/core/values/zone';

const minor = (text: string, currency = 'EUR') => {
  const parsed = parseMoney(text, currency);
  return parsed.ok ? parsed.value : parsed.error.kind;
};

describe('money', () => {
  test('decimal strings become minor units of their currency', () => {
    expect([
      minor('19.99'),
      minor('19.9'),
      minor('19'),
      minor('-3.50'),
      minor('1980', 'JPY'),
      minor('1.234', 'KWD'),
    ]).toEqual([1999, 1990, 1900, -350, 1980, 1234]);
  });
  test('trailing zeros are accepted, other digits beyond the exponent are an error', () => {
    expect([minor('1980.00', 'JPY'), minor('19.9900'), minor('19.999'), minor('1980.5', 'JPY')]).toEqual([
      1980,
      1999,
      'too_many_digits',
      'too_many_digits',
    ]);
  });
  test('what is no decimal number is refused', () => {
    expect(
      ['', 'abc', '1,50', '1e3', '.5', '5.', ' 5', '--5', 'NaN', '99999999999999999.00'].map((text) => minor(text)),
    ).toEqual([...Array<string>(9).fill('not_money'), 'too_large']);
  });
  test('writing and reading an amount gives the same amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.constantFrom('EUR', 'JPY', 'KWD'), (amount, currency) => {
        expect(minor(decimalOf(amount, currency), currency)).toBe(amount === 0 ? 0 : amount);
      }),
    );
  });
});

describe('ratios', () => {
  test('products beyond 2^53 are divided without loss', () => {
    fc.assert(
      fc.property(fc.nat(1e12), fc.nat(1e12), fc.integer({ min: 1e11, max: 1e13 }), (a, b, c) => {
        const { quotient, remainder } = divide(a, b, c);
        expect(BigInt(quotient) * BigInt(c) + BigInt(remainder)).toBe(BigInt(a) * BigInt(b));
        expect(remainder).toBeLessThan(c);
      }),
    );
  });
  test('parts over a common denominator are the parts, and even ones need none', () => {
    expect(
      commonFractions([
        { amount: 1000, units: 2, of: 5 },
        { amount: 999, units: 1, of: 3 },
      ]),
    ).toEqual({ numerators: [400, 333], denominator: 1 });
    fc.assert(
      fc.property(
        fc.array(fc.record({ amount: fc.nat(100_000), units: fc.nat(12), of: fc.integer({ min: 1, max: 12 }) }), {
          maxLength: 6,
        }),
        (parts) => {
          const { numerators, denominator } = commonFractions(parts);
          parts.forEach(({ amount, units, of }, index) =>
            expect(BigInt(numerators[index] ?? -1) * BigInt(of)).toBe(
              BigInt(amount) * BigInt(units) * BigInt(denominator),
            ),
          );
        },
      ),
    );
  });
  test('rounding modes: down, half up, up', () => {
    expect([
      mulDiv(5, 1, 2, 'floor'),
      mulDiv(5, 1, 2, 'nearest'),
      mulDiv(4, 1, 3, 'nearest'),
      mulDiv(4, 1, 3, 'ceil'),
      mulDiv(4, 1, 2, 'ceil'),
    ]).toEqual([2, 3, 1, 2, 2]);
  });

  test('a fraction is shown exactly while numbers can say it, reduced where that helps, else in whole minor units', () => {
    expect(shown({ minor: 100, per: 3 })).toEqual({ minor: 100, per: 3 });
    expect(shown({ minor: 100n * 10n ** 20n, per: 3n * 10n ** 20n })).toEqual({ minor: 100, per: 3 });
    expect(shown({ minor: 7n * 10n ** 20n, per: 10n ** 20n })).toEqual({ minor: 7, per: 1 });
    expect(shown({ minor: 10n ** 20n + 1n, per: 100_000n })).toEqual({ minor: 10 ** 15, per: 1 });
    expect(shown({ minor: 10n ** 20n + 1n, per: 10n ** 17n })).toEqual({ minor: 1000, per: 1 });
    expect(shown({ minor: 0n, per: 10n ** 20n })).toEqual({ minor: 0, per: 1 });
  });
});

describe('instants and local days', () => {
  test('a time without an offset is refused, never guessed', () => {
    expect(parseInstant('2026-06-10T12:00:00').ok).toBe(false);
    expect(parseInstant('2026-06-10T12:00:00+02:00')).toEqual({ ok: true, value: Date.parse('2026-06-10T10:00:00Z') });
  });
  test('a local day of the change to summer time has 23 hours, that of the change back 25', () => {
    const hours = (day: number, month: number) =>
      (startOfDay({ year: 2026, month, day: day + 1 }, 'Europe/Rome') -
        startOfDay({ year: 2026, month, day }, 'Europe/Rome')) /
      3_600_000;
    expect([hours(29, 3), hours(25, 10), hours(10, 6)]).toEqual([23, 25, 24]);
  });
  test('months end on their last day, leap years included', () => {
    expect(addMonths({ year: 2027, month: 8, day: 31 }, 6)).toEqual({ year: 2028, month: 2, day: 29 });
    expect(addMonths({ year: 2026, month: 1, day: 31 }, 1)).toEqual({ year: 2026, month: 2, day: 28 });
  });
  test('the end of the seventh day after is a local midnight', () => {
    const end = endOfLocalDayAfter(instant(Date.parse('2026-10-20T21:30:00Z')), 7, 'Europe/Rome');
    expect(new Date(end).toISOString()).toBe('2026-10-27T23:00:00.000Z');
    expect(localDateOf(end, 'Europe/Rome')).toEqual({ year: 2026, month: 10, day: 28 });
  });
  test('a hold of days keeps the time on the wall', () => {
    const later = plusLocalDays(instant(Date.parse('2026-03-28T12:00:00Z')), 2, 'Europe/Rome');
    expect(new Date(later).toISOString()).toBe('2026-03-30T11:00:00.000Z');
  });
});

test('canonical JSON does not depend on the order of fields', () => {
  expect(canonicalJson({ b: [1, { d: null, c: undefined }], a: 'x' })).toBe(
    canonicalJson({ a: 'x', b: [1, { d: null }] }),
  );
});
