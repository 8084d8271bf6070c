import type { Change } from '~/core/program/changes';
import type { ProgramDocument } from '~/core/program/document';
import type { DocumentIssue } from '~/core/program/issues';
import type { Reward } from '~/core/rewards/section';
import type { DocumentProblem } from '~/core/values/fields';
import { formatNumber, translate, type Language, type MessageKey } from './catalog';
import { formatMoney } from './format';

/** By what a document is put into words: language, and the money of fields that name no currency. */
export type DocumentSay = { readonly language: Language; readonly currency: string };

type Path = readonly string[];

const fieldLabels: Readonly<Record<string, MessageKey>> = {
  'earning.rates.*.points': 'program.points_field',
  'earning.rates.*.amountMinor': 'program.amount_field',
  'earning.rounding': 'program.rounding',
  'earning.awardMoment': 'program.moment',
  'earning.holdDays': 'program.hold_days',
  'earning.includeTax': 'program.include_tax',
  'earning.includeShipping': 'program.include_shipping',
  'rewards.*.points': 'program.reward_points',
  'rewards.*.amountMinor': 'program.reward_amount',
  'rewards.*.stepPoints': 'program.reward_step',
  'rewards.*.stepAmountMinor': 'program.reward_step_amount',
  'rewards.*.minPoints': 'program.reward_min',
  'rewards.*.maxPoints': 'program.reward_max',
  'rewards.*.minimumSubtotalMinor': 'program.reward_minimum',
  'rewards.*.validDays': 'program.reward_days',
  'rewards.*.maxRateMinor': 'program.reward_max_rate',
  'rewards.*.countries': 'program.reward_countries',
  'rewards.*.enabled': 'program.reward_on',
  'rewards.*': 'program.reward',
  'names.program.*': 'program.names_program',
  'names.point.*': 'program.names_point',
  'names.points.*': 'program.names_points',
};

const general = (path: Path): string =>
  path.map((part, index) => (index > 0 && ['rates', 'rewards'].includes(path[index - 1] ?? '') ? '*' : part)).join('.');

/**
 * What people call a field of the document: "Punti", "Buono da 5 € · Prezzo in punti". Parts that no page edits yet
 * keep their names in the file, which is where they were written.
 */
export const fieldName = (path: Path, documents: readonly ProgramDocument[], { language }: DocumentSay): string => {
  const t = (key: MessageKey, values?: Readonly<Record<string, string | number>>): string =>
    translate(language, key, values);
  if (path[0] === 'rewards' && path[1] !== undefined) {
    const own = path.length === 2 ? t('program.reward') : rewardField(path, language);
    const reward = rewardAt(documents, path[1]);
    return reward === undefined ? own : `${reward.name[language]} · ${own}`;
  }
  if (path[0] === 'names' && path.length === 3) {
    const label = fieldLabels[`names.${path[1] ?? ''}.*`];
    if (label !== undefined) return `${t(label)} (${t(`language.${path[2] ?? 'en'}` as MessageKey)})`;
  }
  const label = fieldLabels[general(path)];
  return label === undefined ? path.join('.') || t('program.document') : t(label);
};

const rewardAt = (documents: readonly ProgramDocument[], name: string): Reward | undefined =>
  documents.flatMap(({ rewards }) =>
    rewards.filter((reward, index) => reward.id === name || String(index) === name),
  )[0];

const rewardField = (path: Path, language: Language): string => {
  if (path[2] === 'name' && path[3] !== undefined) {
    return translate(language, 'program.reward_name', {
      language: translate(language, `language.${path[3]}` as MessageKey),
    });
  }
  const label = fieldLabels[general(path.slice(0, 3))];
  return label === undefined ? path.slice(2).join('.') : translate(language, label);
};

const currencyOf = (path: Path, documents: readonly ProgramDocument[], say: DocumentSay): string => {
  if (path[1] === 'rates') return path[2] !== undefined && /^[A-Z]{3}$/.test(path[2]) ? path[2] : say.currency;
  return path[0] === 'rewards' ? (rewardAt(documents, path[1] ?? '')?.currency ?? say.currency) : say.currency;
};

/** A value as people read it: money, numbers, choices in words; what has no words, as it stands in the file. */
export const valueInWords = (
  path: Path,
  value: unknown,
  documents: readonly ProgramDocument[],
  say: DocumentSay,
): string => {
  const { language } = say;
  const field = path.at(-1) ?? '';
  if (value === undefined || value === null || value === '') return translate(language, 'program.value_none');
  if (typeof value === 'boolean') return translate(language, value ? 'program.value_on' : 'program.value_off');
  if (typeof value === 'number')
    return field.endsWith('Minor')
      ? formatMoney(language, value, currencyOf(path, documents, say))
      : formatNumber(language, value);
  if (field === 'rounding') return translate(language, `program.rounding_${value as 'floor'}`);
  if (field === 'awardMoment') return translate(language, `program.moment_${value as 'paid'}`);
  return typeof value === 'string' ? `“${value}”` : JSON.stringify(value);
};

/** "Punti: da 1 a 2", "Buono da 5 €: nuovo". */
export const changeInWords = (
  { path, before, after }: Change,
  documents: readonly ProgramDocument[],
  say: DocumentSay,
): string => {
  const { language } = say;
  const field = fieldName(path, documents, say);
  if (before === undefined && typeof after === 'object') return translate(language, 'program.change_added', { field });
  if (after === undefined && typeof before === 'object')
    return translate(language, 'program.change_removed', { field });
  const words = (value: unknown): string => valueInWords(path, value, documents, say);
  return translate(language, 'program.change', { field, before: words(before), after: words(after) });
};

/** What is wrong with a field, and what would be right: "Almeno 1, per esempio 10." */
export const problemInWords = (
  path: Path,
  found: DocumentProblem,
  documents: readonly ProgramDocument[],
  say: DocumentSay,
): string => {
  const { language } = say;
  const number = (value: number): string => valueInWords(path, value, documents, say);
  switch (found.kind) {
    case 'too_small':
      if (found.of === 'text') return translate(language, 'issue.text_missing');
      if (found.of === 'list') return translate(language, 'issue.list_short', { limit: found.limit });
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
    default:
      return translate(language, `issue.${found.kind}`);
  }
};

// An ordinary value of such a field: 10 points, 10.00 of money.
const exampleOf = (path: Path, limit: number): number =>
  Math.max(limit, (path.at(-1) ?? '').endsWith('Minor') ? 1000 : 10);

export const issueInWords = (
  { path, problem }: DocumentIssue,
  documents: readonly ProgramDocument[],
  say: DocumentSay,
): string => problemInWords(path.split('.'), problem, documents, say);
