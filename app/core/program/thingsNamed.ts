import type { Part } from './diff';
import type { ProgramDocument } from './document';

const namedAs = {
  productIds: 'product',
  collectionIds: 'collection',
  variantIds: 'variant',
  storeIds: 'store',
} as const;

/** What a program names by ids that others give: things of a shop, and the program's stores. */
export type NamedKind = (typeof namedAs)[keyof typeof namedAs];
/** The ids of each kind, each once. */
export type ThingsNamed = Readonly<Record<NamedKind, readonly string[]>>;
/** What stands in the place of something, by its kind and id; null: nothing, it is left out. */
export type ThingChoices = Readonly<Partial<Record<NamedKind, Readonly<Record<string, string | null>> | undefined>>>;

const kindOf = (field: string): NamedKind | undefined => namedAs[field as keyof typeof namedAs];

/** Wherever conditions, exclusions and rewards name things, in whatever part of the documents. */
export const thingsNamed = (...documents: readonly ProgramDocument[]): ThingsNamed => namedIn(documents);

const namedIn = (part: unknown): ThingsNamed => {
  const found: Record<NamedKind, Set<string>> = {
    product: new Set(),
    collection: new Set(),
    variant: new Set(),
    store: new Set(),
  };
  const look = (of: unknown): void => {
    if (Array.isArray(of)) return of.forEach(look);
    if (typeof of !== 'object' || of === null) return;
    for (const [name, value] of Object.entries(of)) {
      const kind = kindOf(name);
      if (kind === undefined) look(value);
      else for (const id of idsIn(value)) found[kind].add(id);
    }
  };
  look(part);
  return {
    product: [...found.product],
    collection: [...found.collection],
    variant: [...found.variant],
    store: [...found.store],
  };
};

// A draft may hold anything that somebody typed.
const idsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((id): id is string => typeof id === 'string' && id !== '') : [];

/** A document without the rules and rewards that are off: what they name does nothing. */
export const thingsInForce = (document: ProgramDocument): ProgramDocument => ({
  ...document,
  earning: { ...document.earning, bonuses: document.earning.bonuses.filter(({ enabled }) => enabled) },
  rewards: document.rewards.filter(({ enabled }) => enabled),
});

/** The document with other things in the place of some, each once in a list; a list may be empty then. */
export const withThings = (document: ProgramDocument, choices: ThingChoices): ProgramDocument => {
  const chosen = (kind: NamedKind, id: string): readonly string[] => {
    const choice = choices[kind]?.[id];
    return choice === undefined ? [id] : choice === null ? [] : [choice];
  };
  const put = (of: unknown): unknown => {
    if (Array.isArray(of)) return of.map(put);
    if (typeof of !== 'object' || of === null) return of;
    return Object.fromEntries(
      Object.entries(of).map(([name, value]) => {
        const kind = kindOf(name);
        if (kind === undefined) return [name, put(value)];
        return [name, [...new Set(idsIn(value).flatMap((id) => chosen(kind, id)))]];
      }),
    );
  };
  return put(document) as ProgramDocument;
};

/** The bonus rules, exclusions and rewards that name something. */
export const partsNaming = (
  { earning, rewards }: Pick<ProgramDocument, 'earning' | 'rewards'>,
  kind: NamedKind,
  id: string,
): readonly Part[] => {
  const isNamedBy = (part: unknown): boolean => namedIn(part)[kind].includes(id);
  const exclusions = Object.keys(earning.exclude) as (keyof typeof earning.exclude)[];
  return [
    ...earning.bonuses.filter(isNamedBy).map((bonus) => ({ of: 'bonus' as const, bonus })),
    ...exclusions
      .filter((name) => isNamedBy({ [name]: earning.exclude[name] }))
      .map((exclusion) => ({ of: 'exclusion' as const, exclusion, exclude: earning.exclude })),
    ...rewards.filter(isNamedBy).map((reward) => ({ of: 'reward' as const, reward })),
  ];
};
