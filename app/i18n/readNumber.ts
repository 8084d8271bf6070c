import { parseMoney } from '~/core/values/money';
import { ok, refuse, type Result } from '~/core/values/result';
import type { Language } from './catalog';

/** Why a number that somebody typed cannot be used. */
export type ReadProblem = 'empty' | 'not_a_number' | 'not_whole' | 'too_many_digits' | 'too_large';

/**
 * A whole number as people of a language type it: "1.000" is a thousand in Italian, "−5" is minus five with any of the
 * minus signs. "1,000" is refused there: who writes it rather means a thousand than one.
 */
export const readWhole = (language: Language, text: string): Result<number, ReadProblem> => {
  const decimal = readDecimal(language, text);
  if (!decimal.ok) return decimal;
  const [whole = '', fraction = ''] = decimal.value.split('.');
  if (/[1-9]/.test(fraction) || fraction === '000') return refuse('not_whole');
  return Number.isSafeInteger(Number(whole)) ? ok(Number(whole)) : refuse('too_large');
};

/** An amount of money as people of a language type it ("1.000,00", "2,50", "2.50"), in minor units of its currency. */
export const readMoney = (language: Language, text: string, currency: string): Result<number, ReadProblem> => {
  const decimal = readDecimal(language, text);
  if (!decimal.ok) return decimal;
  const money = parseMoney(decimal.value, currency);
  if (money.ok) return money;
  return refuse(money.error.kind === 'not_money' ? 'too_large' : money.error.kind);
};

const thousands = /^[1-9]\d{0,2}(?:[.,]\d{3})+$/;

// The text as a plain decimal: digits, perhaps a point and more digits.
const readDecimal = (language: Language, text: string): Result<string, ReadProblem> => {
  const typed = text.replace(/[\s'’]/g, '').replace(/^[−–]/, '-');
  if (typed === '') return refuse('empty');
  const match = /^([+-]?)([\d.,]*\d)$/.exec(typed);
  if (match === null) return refuse('not_a_number');
  const [, sign = '', digits = ''] = match;
  const plain = withPoint(language, digits);
  return plain === null ? refuse('not_a_number') : ok(`${sign === '-' ? '-' : ''}${plain}`);
};

/** Which of the marks groups thousands and which begins the decimals; null when the text makes no sense either way. */
const withPoint = (language: Language, digits: string): string | null => {
  const marks = [...digits].filter((char) => char === '.' || char === ',');
  const [first, last] = [marks[0], marks.at(-1)];
  if (first === undefined || last === undefined) return digits;
  if (first !== last) {
    const at = digits.lastIndexOf(last);
    const whole = digits.slice(0, at);
    return thousands.test(whole) && !whole.includes(last) ? `${bare(whole)}.${digits.slice(at + 1)}` : null;
  }
  if (marks.length > 1) return thousands.test(digits) ? bare(digits) : null;
  const decimalMark = language === 'en' ? '.' : ',';
  if (first !== decimalMark && thousands.test(digits)) return bare(digits);
  const [whole = '', fraction = ''] = digits.split(first);
  return whole === '' ? null : `${whole}.${fraction}`;
};

const bare = (grouped: string): string => grouped.replace(/[.,]/g, '');
