import { canonicalJson } from '../values/canonicalJson';

/**
 * One field that differs between two documents. `undefined` stands for "is not there": the thing was added or removed.
 */
export type Change = { readonly path: readonly string[]; readonly before: unknown; readonly after: unknown };

type Fields = Readonly<Record<string, unknown>>;
type Named = { readonly id: string } | { readonly currency: string };

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isSame = (a: unknown, b: unknown): boolean => canonicalJson(a ?? null) === canonicalJson(b ?? null);

/** Two variants of a union are two things: their fields have nothing to do with each other. */
export const isSameKind = (a: Fields, b: Fields): boolean => a.kind === b.kind;

const nameIn = (item: unknown): string | null => {
  if (!isFields(item)) return null;
  if (typeof item.id === 'string') return item.id;
  return typeof item.currency === 'string' ? item.currency : null;
};

export const nameOf = (item: Named): string => ('id' in item ? item.id : item.currency);

/**
 * A list whose members have names of their own (rewards, rules, tiers; rates by currency): it is compared member by
 * member.
 */
export const isNamedList = (value: unknown): value is readonly Named[] => {
  if (!Array.isArray(value)) return false;
  const names = value.map(nameIn);
  return names.every((name) => name !== null) && new Set(names).size === names.length;
};

/**
 * What changed from one document to another, field by field; members of lists are found by their names, wherever they
 * stand.
 */
export const changesOf = (before: unknown, after: unknown, path: readonly string[] = []): readonly Change[] => {
  if (isSame(before, after)) return [];
  if (isFields(before) && isFields(after) && isSameKind(before, after)) {
    return keysOf(before, after).flatMap((key) => changesOf(before[key], after[key], [...path, key]));
  }
  if (isNamedList(before) && isNamedList(after)) {
    const [was, is] = [byName(before), byName(after)];
    const members = keysOf(was, is).flatMap((name) => changesOf(was[name], is[name], [...path, name]));
    // The same members with the same fields in another order: the list itself changed.
    return members.length > 0 ? members : [{ path, before, after }];
  }
  return [{ path, before, after }];
};

export const byName = (list: readonly Named[]): Fields => Object.fromEntries(list.map((item) => [nameOf(item), item]));

export const keysOf = (...all: readonly Fields[]): readonly string[] => [
  ...new Set(all.flatMap((one) => Object.keys(one))),
];
