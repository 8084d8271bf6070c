import { describe, expect, test } from 'vitest';
import { columnName } from '~/features/pointFiles/core/columns';
import { isEmail, orderShownBy, readForeignMoment, readPoints } from '~/features/pointFiles/core/fields';

describe('numbers of a file', () => {
  test.each([
    ['106.0', 106],
    ['1250.00', 1250],
    ['1250,00', 1250],
    ['1250.000', 1250],
    ['12,0', 12],
    ['−50', -50],
    ['–50', -50],
    ['-50.0', -50],
    ['+7', 7],
    [' 0,00 ', 0],
  ])('%s is a whole number', (text, points) => {
    expect(readPoints(text)).toEqual({ ok: true, value: points });
  });
  test.each([
    ['1,250', 'separator'],
    ['1.250', 'separator'],
    ['1.000', 'separator'],
    ['1 250', 'separator'],
    ['1’250', 'separator'],
    ['1,250.00', 'separator'],
    ['1.250,00', 'separator'],
    ['5.5', 'bad_points'],
    ['3.56', 'bad_points'],
    ['--5', 'bad_points'],
    ['1e3', 'bad_points'],
    ['2000000000.0', 'too_many_points'],
  ])('%s is refused', (text, kind) => {
    expect(readPoints(text)).toEqual({ ok: false, error: { kind, found: text } });
  });
});

describe('addresses of a file', () => {
  test.each([
    'ada@example.test',
    'a.b+c@sub.example.co.uk',
    "o'neill@example.com",
    'ü@exämple.de',
    'a@xn--exmple-cua.de',
    'a_b-c@1and1.com',
  ])('%s', (text) => {
    expect(isEmail(text)).toBe(true);
  });
  test.each([
    '<script>alert(1)</script>@x.com',
    'a b@x.com',
    'a@x',
    'a@.com',
    'a@x..com',
    'a@-x.com',
    'a@@x.com',
    'a@x.com>',
    '"a"@x.com',
    'a,b@x.com',
    'a@1.2',
    `${'a'.repeat(250)}@x.com`,
  ])('%s is none', (text) => {
    expect(isEmail(text)).toBe(false);
  });
});

describe('days of a file', () => {
  test('a date shows its order when one part is no month, and by points', () => {
    expect(
      ['31-12-2026', '12/31/2026', '05.06.2026', '05/06/2026', '2026-06-05', '31/12-2026'].map(orderShownBy),
    ).toEqual(['day_first', 'month_first', 'day_first', null, null, null]);
  });
  test('the end of a day is the next day’s beginning in the zone; no day of the calendar is refused', () => {
    const end = (text: string, order: Parameters<typeof readForeignMoment>[3]) =>
      readForeignMoment(text, 'Europe/Rome', 'end', order);
    expect(end('05/06/2026', 'day_first')).toEqual({ ok: true, value: Date.parse('2026-06-05T22:00:00Z') });
    expect(end('05/06/2026', 'month_first')).toEqual({ ok: true, value: Date.parse('2026-05-06T22:00:00Z') });
    expect(end('05/06/2026', null)).toEqual({ ok: false, error: { kind: 'unclear_date', found: '05/06/2026' } });
    expect(end('31.02.2026', null)).toEqual({ ok: false, error: { kind: 'bad_date', found: '31.02.2026' } });
    expect(end('2026-06-05', null)).toEqual({ ok: true, value: Date.parse('2026-06-05T22:00:00Z') });
  });
});

test('headers are compared without case, accents, spaces, lines and marks', () => {
  expect(['E-Mail', 'e mail', 'E_MAIL', '\uFEFFEmail', 'É-mail'].map(columnName)).toEqual([
    'email',
    'email',
    'email',
    'email',
    'email',
  ]);
  expect(columnName('Correo electrónico')).toBe('correoelectronico');
  expect(columnName('Birthday (MM/DD)')).toBe('birthdaymmdd');
});
