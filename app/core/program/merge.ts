import { byName, changesOf, isFields, isNamedList, isSame, isSameKind, keysOf, nameOf, type Change } from './changes';
import type { ProgramDocument } from './document';

/** What two people made of the same thing; one of the two has to be chosen. */
export type Conflict = {
  readonly path: readonly string[];
  readonly theirs: readonly Change[];
  readonly mine: readonly Change[];
};
export type Side = 'theirs' | 'mine';

export type Merged = {
  /** Both people's changes; where they meet, what was chosen, else theirs. */
  readonly document: ProgramDocument;
  /** Everything that the other changed, and everything that I changed: conflicts too. */
  readonly theirs: readonly Change[];
  readonly mine: readonly Change[];
  readonly conflicts: readonly Conflict[];
};

/** A conflict's key among the choices. */
export const conflictKey = ({ path }: Pick<Conflict, 'path'>): string => path.join('.');

// Fields that say one thing together: half of one price and half of another is a price that nobody set.
const together = [
  ['points', 'amountMinor'],
  ['stepPoints', 'stepAmountMinor', 'minPoints', 'maxPoints'],
] as const;

/**
 * Puts the changes of two people together who both began at `base`: fields that one of them touched get that one's
 * value; fields that both set differently are conflicts, decided by `choices`. Members of lists are matched by name.
 * The result may break a rule of the document that neither broke alone: it is validated like any draft.
 */
export const mergeDocuments = (
  base: ProgramDocument,
  theirs: ProgramDocument,
  mine: ProgramDocument,
  choices: Readonly<Record<string, Side>> = {},
): Merged => {
  const conflicts: Conflict[] = [];
  const document = mergeValue({ base, theirs, mine }, [], (conflict) => {
    conflicts.push(conflict);
    return choices[conflictKey(conflict)] ?? 'theirs';
  }) as ProgramDocument;
  return { document, theirs: changesOf(base, theirs), mine: changesOf(base, mine), conflicts };
};

type Three = { readonly base: unknown; readonly theirs: unknown; readonly mine: unknown };
type Decide = (conflict: Conflict) => Side;

const mergeValue = (values: Three, path: readonly string[], decide: Decide): unknown => {
  const { base, theirs, mine } = values;
  if (isSame(theirs, mine) || isSame(base, mine)) return theirs;
  if (isSame(base, theirs)) return mine;
  if (isFields(theirs) && isFields(mine) && isSameKind(theirs, mine))
    return mergeFields({ base: isFields(base) ? base : {}, theirs, mine }, path, decide);
  if (isNamedList(base) && isNamedList(theirs) && isNamedList(mine)) {
    const order = mergeOrder(base.map(nameOf), theirs.map(nameOf), mine.map(nameOf));
    if (order !== null) {
      const merged = mergeFields({ base: byName(base), theirs: byName(theirs), mine: byName(mine) }, path, decide);
      return order.map((name) => merged[name]).filter((item) => item !== undefined);
    }
  }
  return choose(values, path, decide);
};

const choose = ({ base, theirs, mine }: Three, path: readonly string[], decide: Decide): unknown =>
  decide({ path, theirs: changesOf(base, theirs, path), mine: changesOf(base, mine, path) }) === 'mine' ? mine : theirs;

type Fields = Readonly<Record<string, unknown>>;
type ThreeFields = { readonly base: Fields; readonly theirs: Fields; readonly mine: Fields };

const mergeFields = ({ base, theirs, mine }: ThreeFields, path: readonly string[], decide: Decide): Fields => {
  const merged: Record<string, unknown> = {};
  const keys = keysOf(theirs, mine, base);
  const groups = together.filter((group) => group.every((key) => keys.includes(key)));
  for (const group of groups) Object.assign(merged, mergeGroup(group, { base, theirs, mine }, path, decide));
  for (const key of keys) {
    if (groups.some((group) => (group as readonly string[]).includes(key))) continue;
    const value = mergeValue({ base: base[key], theirs: theirs[key], mine: mine[key] }, [...path, key], decide);
    if (value !== undefined) merged[key] = value;
  }
  return merged;
};

const mergeGroup = (
  group: readonly string[],
  { base, theirs, mine }: ThreeFields,
  path: readonly string[],
  decide: Decide,
): Fields => {
  const [was, their, my] = [pick(base, group), pick(theirs, group), pick(mine, group)];
  if (isSame(their, my) || isSame(was, my)) return their;
  if (isSame(was, their)) return my;
  const conflict = {
    path: [...path, group.join('+')],
    theirs: changesOf(was, their, path),
    mine: changesOf(was, my, path),
  };
  return decide(conflict) === 'mine' ? my : their;
};

const pick = (fields: Fields, keys: readonly string[]): Fields =>
  Object.fromEntries(keys.map((key) => [key, fields[key]]));

/**
 * The order of a list's members after both changed it: that of whoever moved members, the other's additions behind
 * their neighbours. null when both moved them, and differently.
 */
const mergeOrder = (
  base: readonly string[],
  theirs: readonly string[],
  mine: readonly string[],
): readonly string[] | null => {
  const common = base.filter((name) => theirs.includes(name) && mine.includes(name));
  const among = (list: readonly string[]): string => list.filter((name) => common.includes(name)).join(' ');
  const [was, their, my] = [common.join(' '), among(theirs), among(mine)];
  if (their !== was && my !== was && their !== my) return null;
  const [leading, other] = my === was ? [theirs, mine] : [mine, theirs];
  const order = [...leading];
  other.forEach((name, index) => {
    if (order.includes(name)) return;
    const neighbour = other[index - 1];
    order.splice(neighbour === undefined ? 0 : order.indexOf(neighbour) + 1, 0, name);
  });
  return order;
};
