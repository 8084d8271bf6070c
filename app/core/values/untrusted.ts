import { ok, refuse, type Result } from './result';

/**
 * The one place where text from outside is read: parsed first, cleaned afterwards. Text surgery on encoded data is what
 * this replaces: six harmless characters of a shopper's note looked like an escape to it.
 */

/** Why a text is no JSON that we read. */
export type UnreadableJson = { readonly kind: 'not_json' } | { readonly kind: 'too_deep'; readonly limit: number };

/**
 * Lists and objects within each other. An order needs nine, a program document eight; what is far beyond makes
 * recursive readers (JSON.stringify, PostgreSQL's jsonb) run out of stack.
 */
export const depthMax = 64;

const replacement = '\uFFFD';
const nul = '\u0000';

/** A text that every reader and the database can hold: without zero characters, halves of a pair become U+FFFD. */
export const cleanText = (text: string): string => {
  const kept = text.includes(nul) ? text.replaceAll(nul, '') : text;
  return loneHalf.test(kept) ? kept.replace(everyLoneHalf, replacement) : kept;
};

const loneHalf = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
const everyLoneHalf = new RegExp(loneHalf, 'g');

/** At most so many characters of a text, never half a pair. */
export const cutText = (text: string, most: number): string => {
  const last = text.charCodeAt(most - 1);
  const splits = text.length > most && last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, splits ? most - 1 : most);
};

/**
 * Reads JSON from outside. Whole numbers of 16 digits and more become strings, because ids go beyond 2^53, where a
 * number would silently be another one. All texts, the names of fields too, come out clean (see `cleanText`). Linear in
 * the text's length.
 */
export const readJson = (text: string): Result<unknown, UnreadableJson> => {
  const { deepest, longNumbers } = scanJson(text);
  if (deepest > depthMax) return refuse({ kind: 'too_deep', limit: depthMax });
  try {
    // The text itself first: what it is not, quoting its numbers must not make it.
    const value: unknown = JSON.parse(text);
    const exact: unknown = longNumbers.length === 0 ? value : JSON.parse(quoted(text, longNumbers));
    return ok(mayBeUnclean.test(text) ? cleaned(exact) : exact);
  } catch {
    return refuse({ kind: 'not_json' });
  }
};

// A zero character can only come out of an escape (JSON allows no other); half a pair may also be there as it is.
const mayBeUnclean = /\\u(?:0000|d[89a-f])|[\uD800-\uDFFF]/i;

/** A value of JSON with all its texts clean. Not deeper than `depthMax`. */
export const cleaned = (value: unknown): unknown => {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(cleaned);
  // fromEntries defines its fields, so that one called __proto__ is a field like any other.
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [cleanText(name), cleaned(field)]));
};

/** What a scan asks of a text. */
export type Scanned = { readonly length: number; charCodeAt(index: number): number };

type Stretch = { readonly from: number; readonly to: number };

const [quote, backslash, minus, point] = [0x22, 0x5c, 0x2d, 0x2e];
const longDigits = 16;

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
const isOpening = (code: number): boolean => code === 0x5b || code === 0x7b;
const isClosing = (code: number): boolean => code === 0x5d || code === 0x7d;
// All that can go on in a number: digits, point, exponent, signs.
const isOfNumber = (code: number): boolean =>
  isDigit(code) || code === point || code === 0x65 || code === 0x45 || code === 0x2b || code === minus;

/**
 * How deep a text of JSON goes, and where its long whole numbers are. It looks at every character at most twice,
 * whatever the text is; of what is no JSON it answers something.
 */
export const scanJson = (text: Scanned): { readonly deepest: number; readonly longNumbers: readonly Stretch[] } => {
  const longNumbers: Stretch[] = [];
  let [depth, deepest, at] = [0, 0, 0];
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      at = endOfString(text, at);
    } else if (code === minus || isDigit(code)) {
      const number = numberAt(text, at);
      if (number.isLong) longNumbers.push({ from: at, to: number.end });
      at = number.end;
    } else {
      if (isOpening(code)) deepest = Math.max(deepest, (depth += 1));
      else if (isClosing(code)) depth -= 1;
      at += 1;
    }
  }
  return { deepest, longNumbers };
};

const endOfString = (text: Scanned, from: number): number => {
  let at = from + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === quote) return at + 1;
    at += code === backslash ? 2 : 1;
  }
  return at;
};

const numberAt = (text: Scanned, from: number): { readonly end: number; readonly isLong: boolean } => {
  let [at, digits, whole] = [from + 1, text.charCodeAt(from) === minus ? 0 : 1, true];
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (!isOfNumber(code)) break;
    if (isDigit(code)) digits += 1;
    else whole = false;
  }
  return { end: at, isLong: whole && digits >= longDigits };
};

const quoted = (text: string, numbers: readonly Stretch[]): string => {
  const parts: string[] = [];
  let done = 0;
  for (const { from, to } of numbers) {
    parts.push(text.slice(done, from), '"', text.slice(from, to), '"');
    done = to;
  }
  return parts.join('') + text.slice(done);
};
