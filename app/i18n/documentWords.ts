import type { Change } from '~/core/program/changes';
import type { ProgramDocument } from '~/core/program/document';
import type { DocumentIssue } from '~/core/program/issues';
import type { DocumentProblem } from '~/core/values/fields';
import { currencyOf as inCurrency } from '~/core/rewards/section';
import type { LocalizedText } from '~/core/values/text';
import { formatNumber, translate, type MessageKey } from './catalog';
import { fieldLabels, generalPath, thresholdWords, valueWords } from './documentFields';
import { formatLongDay, formatMoney } from './format';
import { pointsIn, tell, type SentenceSay } from './sentences/say';

type Path = readonly string[];
type Member = { readonly id: string; readonly name: LocalizedText };

// The members of a list in a document, as a path names them: by their ids, or (issues) by their places.
const membersAt = (
  [first, second]: Path,
  { rewards, segments, earning, tiers }: ProgramDocument,
): readonly Member[] => {
  if (first === 'rewards') return rewards;
  if (first === 'segments') return segments;
  if (second === 'bonuses') return earning.bonuses;
  return second === 'levels' ? (tiers?.levels ?? []) : [];
};

const levelNamed = (id: string, documents: readonly ProgramDocument[]): Member | undefined =>
  documents.flatMap(({ tiers }) => tiers?.levels ?? []).find((level) => level.id === id);

const memberPlace = ([first, second]: Path): number | null => {
  if (first === 'rewards' || first === 'segments') return 1;
  return second === 'bonuses' || second === 'levels' ? 2 : null;
};

const memberOf = (path: Path, documents: readonly ProgramDocument[]): Member | undefined => {
  const place = memberPlace(path);
  const name = place === null ? undefined : path[place];
  return documents.flatMap((document) =>
    membersAt(path, document).filter((member, index) => member.id === name || String(index) === name),
  )[0];
};

/**
 * What people call a field of the document: "Punti", "Buono da 5 € · Prezzo in punti". What has no name of its own
 * keeps the one it has in the file.
 */
export const fieldName = (path: Path, documents: readonly ProgramDocument[], say: SentenceSay): string => {
  const own = fieldLabel(path, say);
  const member = memberOf(path, documents);
  return member === undefined ? own : `${member.name[say.language]} · ${own}`;
};

/** The field alone, without the name of what it belongs to. */
export const fieldLabel = (path: Path, say: SentenceSay): string => {
  const t = (key: MessageKey, values?: Readonly<Record<string, string | number>>): string => tell(say, key, values);
  const tongue = `language.${path.at(-1) ?? 'en'}` as MessageKey;
  if (path[0] === 'names' && path.length === 3) {
    const label = fieldLabels[`names.${path[1] ?? ''}.*`];
    return label === undefined ? path.join('.') : `${t(label)} (${t(tongue)})`;
  }
  if (path.at(-2) === 'name' && memberPlace(path) !== null) return t('field.name', { language: t(tongue) });
  if (path[0] === 'terms' && path.length === 2) return t('field.terms.language', { language: t(tongue) });
  if (path.at(-2) === 'description') return t('field.reward.description.language', { language: t(tongue) });
  const label = fieldLabels[generalPath(path)];
  if (label !== undefined) return t(label);
  const place = memberPlace(path);
  return path.slice(place === null || path.length <= place + 1 ? 0 : place + 1).join('.') || t('program.document');
};

const currencyOf = (path: Path, documents: readonly ProgramDocument[], say: SentenceSay): string => {
  if (path[1] === 'rates') return path[2] !== undefined && /^[A-Z]{3}$/.test(path[2]) ? path[2] : say.currency;
  const of = documents.flatMap(({ rewards }) =>
    rewards.filter(({ id }, at) => id === path[1] || String(at) === path[1]),
  );
  const reward = path[0] === 'rewards' ? of[0] : undefined;
  return (reward === undefined ? null : inCurrency(reward)) ?? say.currency;
};

// What it means that nothing is said.
const nothingIn: Readonly<Record<string, MessageKey>> = { conditions: 'value.always', lines: 'value.whole_cart' };

/** A value as people read it: money, numbers, choices in words; what has no words, as it stands in the file. */
export const valueInWords = (
  path: Path,
  value: unknown,
  documents: readonly ProgramDocument[],
  say: SentenceSay,
): string => {
  const { language } = say;
  const field = path.at(-1) ?? '';
  const isThreshold = field === 'threshold';
  if (value === null && isThreshold) return translate(language, 'value.by_staff');
  if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0))
    return translate(language, nothingIn[field] ?? 'program.value_none');
  if (typeof value === 'boolean') return translate(language, value ? 'program.value_on' : 'program.value_off');
  const words = valueWords[generalPath(path)];
  if (words !== undefined && (typeof value !== 'number' || Number.isFinite(value)))
    return words(value as never, say, documents, path);
  if (typeof value === 'number') {
    const threshold = isThreshold ? thresholdWords(value, say, documents) : null;
    if (threshold !== null) return threshold;
    if (!Number.isFinite(value)) return translate(language, 'sentence.unread');
    return isThreshold || field.endsWith('Minor')
      ? formatMoney(language, value, currencyOf(path, documents, say))
      : formatNumber(language, value);
  }
  return typeof value === 'string' ? translate(language, 'sentence.quoted', { text: value }) : JSON.stringify(value);
};

/** "Punti: da 1 a 2", "Buono da 5 €: nuovo". */
export const changeInWords = (
  { path, before, after }: Change,
  documents: readonly ProgramDocument[],
  say: SentenceSay,
): string => {
  const { language } = say;
  const field = fieldName(path, documents, say);
  const words = (value: unknown): string => valueInWords(path, value, documents, say);
  const isMember = path.length === (memberPlace(path) ?? -1) + 1;
  if (isMember && before === undefined) return translate(language, 'program.change_added', { field });
  if (isMember && after === undefined) return translate(language, 'program.change_removed', { field });
  return translate(language, 'program.change', { field, before: words(before), after: words(after) });
};

/** What is wrong with a field, and what would be right: "Almeno 1, per esempio 10." */
export const problemInWords = (
  path: Path,
  found: DocumentProblem,
  documents: readonly ProgramDocument[],
  say: SentenceSay,
): string => {
  const { language } = say;
  const number = (value: number): string =>
    isOfPoints(path) ? pointsIn(say, value) : valueInWords(path, value, documents, say);
  switch (found.kind) {
    case 'too_small':
      if (found.of === 'text') return translate(language, 'issue.text_missing');
      if (found.of === 'list' && path.at(-1) === 'tierIds') return translate(language, 'issue.no_tier');
      if (found.of === 'list') return translate(language, 'issue.list_short', { count: found.limit });
      return translate(language, 'issue.too_small', {
        limit: number(found.limit),
        example: number(exampleOf(path, found.limit)),
      });
    case 'too_big':
      if (found.of === 'text') return translate(language, 'issue.text_long', { count: found.limit });
      if (found.of === 'list') return translate(language, 'issue.list_long', { limit: found.limit });
      return translate(language, 'issue.too_big', { limit: number(found.limit) });
    case 'not_whole':
      return translate(language, 'issue.not_whole', { example: number(exampleOf(path, 1)) });
    case 'not_one_of':
      return translate(language, 'issue.not_one_of', { values: found.values.join(', ') });
    case 'unknown_fields':
      return translate(language, 'issue.unknown_fields', { fields: found.fields.join(', ') });
    case 'unknown_id':
      return translate(language, 'issue.unknown_id', { id: found.id });
    case 'not_rising':
      return translate(language, 'issue.not_rising', {
        name: memberOf(path, documents)?.name[language] ?? path.join('.'),
        below: levelNamed(found.below, documents)?.name[language] ?? found.below,
        threshold: number(found.threshold),
      });
    case 'life_too_short':
      return translate(language, 'issue.life_too_short', {
        last: formatLongDay(language, found.last),
        days: found.days,
        earliest: formatLongDay(language, found.earliest),
      });
    default:
      return translate(language, `issue.${found.kind}`);
  }
};

const pointFields = new Set([
  ...['points', 'stepPoints', 'minPoints', 'maxPoints', 'entryPoints'],
  ...['perOrder', 'perDay', 'perMonth', 'lifetime'],
]);

// What is given or costs is said in points, not as a bare number.
const isOfPoints = (path: Path): boolean => pointFields.has(path.at(-1) ?? '');

// An ordinary value of such a field: 10 points, 10.00 of money, 2×; not the limit itself, which is said before.
const exampleOf = (path: Path, limit: number): number =>
  Math.max(2 * limit, (path.at(-1) ?? '').endsWith('Minor') ? 1000 : 10);

export const issueInWords = (
  { path, problem }: DocumentIssue,
  documents: readonly ProgramDocument[],
  say: SentenceSay,
): string => problemInWords(path.split('.'), problem, documents, say);
