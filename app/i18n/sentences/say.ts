import { formatNumber, languages, localeOf, translate, type Language, type MessageKey } from '../catalog';
import { formatMoney, formatPoints, unitIn, type PointNames } from '../format';

/** What the shop calls things that a document names by their ids; null: nobody knows (yet). */
export type TitleOf = (kind: 'product' | 'collection' | 'variant' | 'store', id: string) => string | null;

/** By what a program is put into sentences: language, the words for points, the money of fields without currency. */
export type SentenceSay = {
  readonly language: Language;
  readonly names: PointNames;
  readonly currency: string;
  readonly titleOf?: TitleOf;
  /** Whether what a document names is not in the shop any more, as far as the shop has said so. */
  readonly isGone?: (...thing: Parameters<TitleOf>) => boolean;
};

export const tell = (
  { language, names }: Pick<SentenceSay, 'language'> & Partial<Pick<SentenceSay, 'names'>>,
  key: MessageKey,
  values: Readonly<Record<string, string | number>> = {},
): string => {
  const text = translate(language, key, names === undefined ? values : { ...unitIn(language, names), ...values });
  // What is left open at the end has its dots already.
  return text.endsWith('….') ? text.slice(0, -1) : text;
};

// Sentences follow fields while they are typed: what cannot be read yet is left open.
const isRead = (value: number): boolean => typeof value === 'number' && Number.isFinite(value);
const unread = (say: Pick<SentenceSay, 'language'>): string => tell(say, 'sentence.unread');

export const moneyIn = (say: SentenceSay, minor: number, currency = say.currency): string =>
  isRead(minor) ? formatMoney(say.language, minor, currency) : unread(say);

/** The number alone, where the word for points follows later in the sentence. */
export const numberIn = (say: SentenceSay, value: number): string =>
  isRead(value) ? formatNumber(say.language, value) : unread(say);

export const pointsIn = (say: SentenceSay, points: number): string =>
  isRead(points) ? formatPoints(say.language, points, say.names) : `${unread(say)} ${say.names.points[say.language]}`;

/** A message about a number of things ("after 3 days"); left open while the number cannot be read. */
export const countIn = (
  say: SentenceSay,
  key: MessageKey,
  count: number,
  values: Readonly<Record<string, string>> = {},
): string => (isRead(count) ? tell(say, key, { ...values, count }) : unread(say));

const named = 3;

/** "Shoes, Bags and 4 more"; `either`: one of them is enough ("or"). Of what is still to be chosen nothing is said. */
export const listIn = (say: SentenceSay, items: readonly string[], either = false): string => {
  if (items.length === 0) return unread(say);
  const more = items.length - named;
  const shown = more > 1 ? [...items.slice(0, named), tell(say, 'sentence.more', { count: more })] : items;
  return joined(say.language, shown, either);
};

export const joined = (language: Language, items: readonly string[], either = false): string =>
  new Intl.ListFormat(localeOf[language], { type: either ? 'disjunction' : 'conjunction' }).format(items);

const goneThings = {
  product: 'sentence.gone_product',
  variant: 'sentence.gone_product',
  collection: 'sentence.gone_collection',
  store: 'sentence.gone_store',
} as const satisfies Record<Parameters<TitleOf>[0], MessageKey>;

/** Things by their names where they are known, else how many there are; of those that are gone it is said. */
export const thingsIn = (
  say: SentenceSay,
  kind: Parameters<TitleOf>[0],
  ids: readonly string[],
  counted: MessageKey,
): string => {
  const there = ids.filter((id) => say.isGone?.(kind, id) !== true);
  const titles = there.map((id) => say.titleOf?.(kind, id) ?? null);
  if (!titles.every((title) => title !== null)) return tell(say, counted, { count: ids.length });
  const gone = ids.length - there.length;
  return listIn(say, gone === 0 ? titles : [...titles, tell(say, goneThings[kind], { count: gone })], true);
};

/** The first letter of a sentence, whatever word it begins with. */
export const begun = ({ language }: Pick<SentenceSay, 'language'>, sentence: string): string =>
  sentence.charAt(0).toLocaleUpperCase(localeOf[language]) + sentence.slice(1);

/** The names of languages, as one says in which languages something is. */
export const languagesIn = (say: SentenceSay, which: readonly Language[]): string =>
  joined(
    say.language,
    languages.filter((language) => which.includes(language)).map((language) => tell(say, `language.${language}`)),
  );
