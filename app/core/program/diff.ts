import type { BonusRule, Caps } from '../earning/bonusSchema';
import type { Rate } from '../earning/newRate';
import type { EarningRules } from '../earning/section';
import type { Reward } from '../rewards/section';
import type { TierLevel, Tiers } from '../tiers/section';
import { tongues, type LocalizedText, type Tongue } from '../values/text';
import { isFields, isSame, keysOf } from './changes';
import type { ProgramDocument } from './document';
import { moves } from './moves';

export type Segment = ProgramDocument['segments'][number];
export type CapName = keyof Caps;
export type Exclusions = EarningRules['exclude'];
export type ExclusionName = keyof Exclusions;

/** A part of a document that can be said in one sentence. */
export type Part =
  | { readonly of: 'rate'; readonly rate: Rate }
  | { readonly of: 'bonus'; readonly bonus: BonusRule }
  | { readonly of: 'reward'; readonly reward: Reward }
  | { readonly of: 'level'; readonly level: TierLevel; readonly tiers: Tiers }
  | { readonly of: 'segment'; readonly segment: Segment }
  | { readonly of: 'cap'; readonly cap: CapName; readonly points: number }
  | { readonly of: 'exclusion'; readonly exclusion: ExclusionName; readonly exclude: Exclusions };

/** What people call something whose texts changed: a part, one of the program's own words, or its terms. */
export type Named =
  Part | { readonly of: 'names'; readonly name: keyof ProgramDocument['names'] } | { readonly of: 'terms' };

/** One thing that differs between two documents, as people would say it. */
export type Difference =
  | { readonly kind: 'added' | 'removed'; readonly part: Part }
  | { readonly kind: 'switched'; readonly part: Part; readonly on: boolean }
  /** `part` null: the field is the program's own. The path names members of lists by their ids. */
  | {
      readonly kind: 'changed';
      readonly part: Part | null;
      readonly path: readonly string[];
      readonly before: unknown;
      readonly after: unknown;
    }
  /** It stands before the other now; `ties`: so it counts where both are worth the same. */
  | { readonly kind: 'moved'; readonly part: Part; readonly other: Part; readonly ties: boolean }
  | { readonly kind: 'texts'; readonly of: readonly Named[]; readonly languages: readonly Tongue[] };

type Text = { readonly of: Named; readonly languages: readonly Tongue[] };
type Found = { readonly differences: readonly Difference[]; readonly texts: readonly Text[] };

/**
 * What differs between two documents: members of lists are found by their ids, then field by field. Empty when, and
 * only when, both say the same.
 */
export const diffOf = (before: ProgramDocument, after: ProgramDocument): readonly Difference[] => {
  const found = [
    plain(before, after, ['timeZone'], []),
    list(before.earning.rates, after.earning.rates, ['earning', 'rates'], ratePart),
    plain(before.earning, after.earning, othersOf(before.earning, after.earning, earningParts), ['earning']),
    list(before.earning.bonuses, after.earning.bonuses, ['earning', 'bonuses'], bonusPart),
    caps(before.earning.caps, after.earning.caps),
    exclusions(before.earning.exclude, after.earning.exclude),
    list(before.segments, after.segments, ['segments'], (segment) => ({ of: 'segment', segment })),
    tiers(before.tiers, after.tiers),
    list(before.rewards, after.rewards, ['rewards'], (reward) => ({ of: 'reward', reward })),
    plain(before.redeeming, after.redeeming, othersOf(before.redeeming, after.redeeming, []), ['redeeming']),
    plain(before.policies, after.policies, othersOf(before.policies, after.policies, []), ['policies']),
    names(before.names, after.names),
    plain(before.look, after.look, othersOf(before.look, after.look, []), ['look']),
    terms(before, after),
  ];
  return [...found.flatMap(({ differences }) => differences), ...together(found.flatMap(({ texts }) => texts))];
};

const nothing: Found = { differences: [], texts: [] };
// What is compared part by part. Everything else of a section is a field, whatever comes to it.
const earningParts = ['rates', 'bonuses', 'caps', 'exclude'];

const othersOf = (before: object, after: object, parts: readonly string[]): readonly string[] =>
  keysOf({ ...before }, { ...after }).filter((key) => !parts.includes(key));

const ratePart = (rate: Rate): Part => ({ of: 'rate', rate });
const bonusPart = (bonus: BonusRule): Part => ({ of: 'bonus', bonus });

const plain = (before: object, after: object, fields: readonly string[], at: readonly string[]): Found => ({
  differences: fields.flatMap((field) => {
    const [was, is] = [before, after].map((of) => (of as Readonly<Record<string, unknown>>)[field]);
    return isSame(was, is)
      ? []
      : [{ kind: 'changed' as const, part: null, path: [...at, field], before: was, after: is }];
  }),
  texts: [],
});

type Item = { readonly id: string } | { readonly currency: string };
const nameOf = (item: Item): string => ('id' in item ? item.id : item.currency);

const list = <Of extends Item>(
  before: readonly Of[],
  after: readonly Of[],
  path: readonly string[],
  partOf: (item: Of) => Part,
): Found => {
  const was = new Map(before.map((item) => [nameOf(item), item]));
  const is = new Map(after.map((item) => [nameOf(item), item]));
  const found = after.map((item): Found => {
    const old = was.get(nameOf(item));
    if (old === undefined) return { ...nothing, differences: [{ kind: 'added', part: partOf(item) }] };
    return itemChanges(old, item, [...path, nameOf(item)], partOf);
  });
  const removed = before.filter((item) => !is.has(nameOf(item)));
  return {
    differences: [
      ...removed.map((item) => ({ kind: 'removed' as const, part: partOf(item) })),
      ...found.flatMap(({ differences }) => differences),
      ...moves([...was.keys()], [...is.keys()]).flatMap(([name, behind]): readonly Difference[] => {
        const [moved, other] = [is.get(name), is.get(behind)];
        if (moved === undefined || other === undefined) return [];
        const part = partOf(moved);
        return [{ kind: 'moved', part, other: partOf(other), ties: part.of === 'bonus' }];
      }),
    ],
    texts: found.flatMap(({ texts }) => texts),
  };
};

const itemChanges = <Of extends Item>(
  before: Of,
  after: Of,
  path: readonly string[],
  partOf: (item: Of) => Part,
): Found => {
  const part = partOf(after);
  // Two kinds have nothing in common but the id.
  if (kindOf(before) !== kindOf(after))
    return {
      texts: [],
      differences: [
        { kind: 'removed', part: partOf(before) },
        { kind: 'added', part },
      ],
    };
  // Points and money of a rate are one price.
  if (part.of === 'rate' && !isSame(before, after))
    return { texts: [], differences: [{ kind: 'changed', part: null, path, before, after }] };
  return fieldChanges(before, after, path, part);
};

const kindOf = (item: Item): unknown => ('kind' in item ? item.kind : null);

// What is one thing to people, whatever it is made of.
const whole = new Set(['effect', 'conditions', 'window', 'limits', 'cost', 'lines']);

const fieldChanges = (before: object, after: object, path: readonly string[], part: Part): Found => {
  const [was, is] = [before, after] as readonly Readonly<Record<string, unknown>>[];
  if (was === undefined || is === undefined) return nothing;
  const found = keysOf(was, is).map((key): Found => {
    const [old, now] = [was[key], is[key]];
    if (isSame(old, now)) return nothing;
    if (key === 'enabled') return { ...nothing, differences: [{ kind: 'switched', part, on: now === true }] };
    if (isText(old) && isText(now)) return { ...nothing, texts: [{ of: part, languages: otherIn(old, now) }] };
    if (isFields(old) && isFields(now) && !whole.has(key)) return fieldChanges(old, now, [...path, key], part);
    return { ...nothing, differences: [{ kind: 'changed', part, path: [...path, key], before: old, after: now }] };
  });
  return {
    differences: found.flatMap(({ differences }) => differences),
    texts: found.flatMap(({ texts }) => texts),
  };
};

// Terms that were there and still are changed in some languages; others came or went.
const terms = (before: Pick<ProgramDocument, 'terms'>, after: Pick<ProgramDocument, 'terms'>): Found => {
  if (before.terms === null || after.terms === null) return plain(before, after, ['terms'], []);
  const languages = otherIn(before.terms, after.terms);
  return { differences: [], texts: languages.length === 0 ? [] : [{ of: { of: 'terms' }, languages }] };
};

const isText = (value: unknown): value is LocalizedText =>
  isFields(value) && tongues.every((tongue) => typeof value[tongue] === 'string');

const otherIn = (before: LocalizedText, after: LocalizedText): readonly Tongue[] =>
  tongues.filter((tongue) => before[tongue] !== after[tongue]);

const caps = (before: Caps, after: Caps): Found => ({
  texts: [],
  differences: (Object.keys(after) as CapName[]).flatMap((cap): readonly Difference[] => {
    const [was, is] = [before[cap], after[cap]];
    if (isSame(was, is)) return [];
    if (was === null && is !== null) return [{ kind: 'added', part: { of: 'cap', cap, points: is } }];
    if (was !== null && is === null) return [{ kind: 'removed', part: { of: 'cap', cap, points: was } }];
    return [{ kind: 'changed', part: null, path: ['earning', 'caps', cap], before: was, after: is }];
  }),
});

/** Whether an exclusion leaves anything out. */
export const excludes = (value: Exclusions[ExclusionName]): boolean =>
  typeof value === 'boolean' ? value : value.length > 0;

const exclusions = (before: Exclusions, after: Exclusions): Found => ({
  texts: [],
  differences: (Object.keys(after) as ExclusionName[]).flatMap((exclusion): readonly Difference[] => {
    const [was, is] = [before[exclusion], after[exclusion]];
    if (isSame(was, is)) return [];
    if (!excludes(was)) return [{ kind: 'added', part: { of: 'exclusion', exclusion, exclude: after } }];
    if (!excludes(is)) return [{ kind: 'removed', part: { of: 'exclusion', exclusion, exclude: before } }];
    return [{ kind: 'changed', part: null, path: ['earning', 'exclude', exclusion], before: was, after: is }];
  }),
});

const tiers = (before: Tiers | null, after: Tiers | null): Found => {
  const part =
    (frame: Tiers) =>
    (level: TierLevel): Part => ({ of: 'level', level, tiers: frame });
  const all = (of: Tiers | null, kind: 'added' | 'removed'): Found => ({
    texts: [],
    differences: of === null ? [] : of.levels.map((level) => ({ kind, part: part(of)(level) })),
  });
  if (before === null || after === null) return before === null ? all(after, 'added') : all(before, 'removed');
  const frame = plain(
    before,
    after,
    keysOf(before, after).filter((key) => key !== 'levels'),
    ['tiers'],
  );
  const levels = list(before.levels, after.levels, ['tiers', 'levels'], part(after));
  return { differences: [...frame.differences, ...levels.differences], texts: levels.texts };
};

const names = (before: ProgramDocument['names'], after: ProgramDocument['names']): Found => ({
  differences: [],
  texts: (['program', 'point', 'points'] as const).flatMap((name) => {
    const languages = otherIn(before[name], after[name]);
    return languages.length === 0 ? [] : [{ of: { of: 'names', name }, languages }];
  }),
});

// Texts of several things in the same languages are one sentence.
const together = (texts: readonly Text[]): readonly Difference[] => {
  const byLanguages = new Map<string, { of: Named[]; languages: readonly Tongue[] }>();
  for (const { of, languages } of texts) {
    const group = byLanguages.get(languages.join());
    if (group === undefined) byLanguages.set(languages.join(), { of: [of], languages });
    else group.of.push(of);
  }
  return [...byLanguages.values()].map((group) => ({ kind: 'texts', ...group }));
};
