import type { Condition, ConditionKind } from '~/core/earning/conditions/all';
import type { ProgramDocument } from '~/core/program/document';
import type { MessageKey } from '../../catalog';
import { listIn, tell, type SentenceSay } from '../say';

/** The tiers and segments that rules name. */
export type Groups = Pick<ProgramDocument, 'tiers' | 'segments'>;

type Of<Kind extends ConditionKind> = Extract<Condition, { readonly kind: Kind }>;

/** How a kind of condition is said. */
export type ConditionWords<Kind extends ConditionKind> = {
  /** As a part of a sentence: "at weekends", "for Gold". */
  readonly phrase: (condition: Of<Kind>, say: SentenceSay, groups: Groups) => string;
  /** What people call its fields. */
  readonly fields: { readonly [Field in Exclude<keyof Of<Kind>, 'kind' | 'currency'>]: MessageKey };
};

/** Whether a list holds just these, each at least once. */
export const isJust = (given: readonly number[], ...wanted: readonly number[]): boolean =>
  new Set(given).size === wanted.length && wanted.every((one) => given.includes(one));

/** Tiers or segments by their names: "Gold or Silver"; of those that the program does not have it is said. */
export const groupNames = (
  ids: readonly string[],
  of: readonly { readonly id: string; readonly name: SentenceSay['names']['point'] }[],
  say: SentenceSay,
  goneWords: MessageKey,
): string => {
  const names = ids.flatMap((id) => of.find((one) => one.id === id)?.name[say.language] ?? []);
  const gone = ids.length - names.length;
  return listIn(say, gone === 0 ? names : [...names, tell(say, goneWords, { count: gone })], true);
};
