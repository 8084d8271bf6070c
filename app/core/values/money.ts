import type { Result } from './result';
import { ok, refuse } from './result';

/** Digits after the decimal point, where ISO 4217 says other than two. */
const exponents: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
};

export type MoneyRefusal =
  | { readonly kind: 'not_money'; readonly text: string }
  | { readonly kind: 'too_many_digits'; readonly text: string; readonly currency: string }
  | { readonly kind: 'too_large'; readonly text: string };

const decimal = /^(-?)(\d{1,18})(?:\.(\d{1,18}))?$/;

/** Digits after the decimal point of a currency (ISO 4217): 2 for EUR, 0 for JPY, 3 for KWD. */
export const exponentOf = (currency: string): number => exponents[currency] ?? 2;

/** Minor units in one unit of the currency: 100 for EUR, 1 for JPY, 1000 for KWD. */
export const minorPerUnit = (currency: string): number => 10 ** exponentOf(currency);

// Where a unit of money buys much less than a euro or a dollar does.
const smallUnits: Readonly<Record<string, number>> = {
  SEK: 10,
  NOK: 10,
  DKK: 10,
  CZK: 10,
  MXN: 10,
  JPY: 100,
  HUF: 100,
  INR: 100,
  KRW: 1000,
};

/**
 * How many units of a currency make an ordinary price where one euro would: 10 for SEK, 100 for JPY, 1000 for KRW; else
 * 1.
 */
export const unitScale = (currency: string): number => smallUnits[currency] ?? 1;

/** So many minor units make an ordinary price where one euro would: what is suggested is thought in euros. */
export const ordinaryUnit = (currency: string): number => unitScale(currency) * minorPerUnit(currency);

/**
 * Reads a decimal string as whole minor units of its currency, without floating point. Trailing zeros
 * are accepted; other digits beyond the currency's exponent are refused, not rounded.
 */
export const parseMoney = (text: string, currency: string): Result<number, MoneyRefusal> => {
  const match = decimal.exec(text);
  if (match === null) return refuse({ kind: 'not_money', text });
  const exponent = exponentOf(currency);
  const digits = match[3] ?? '';
  if (/[1-9]/.test(digits.slice(exponent))) return refuse({ kind: 'too_many_digits', text, currency });
  const minor = Number((match[2] ?? '') + digits.slice(0, exponent).padEnd(exponent, '0'));
  if (!Number.isSafeInteger(minor)) return refuse({ kind: 'too_large', text });
  return ok(match[1] === '-' && minor !== 0 ? -minor : minor);
};

/** Minor units as the decimal string a platform expects: 1234 EUR is "12.34". */
export const decimalOf = (minor: number, currency: string): string => {
  const exponent = exponentOf(currency);
  const digits = String(Math.abs(minor)).padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const sign = minor < 0 ? '-' : '';
  return exponent === 0 ? sign + whole : `${sign}${whole}.${digits.slice(digits.length - exponent)}`;
};
