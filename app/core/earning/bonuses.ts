import type { BonusRule } from './bonusSchema';
import type { ReadyBonus, ReadyEarning } from './compile';
import type { EarningLine } from './basis';
import { lineKeys, type OccasionFacts } from './conditions/condition';

export const oneTimes = 10_000;

/** What multiplies one line's base points: the best exclusive rule, and all additive ones. */
export type LineTimes = {
  readonly basisPoints: number;
  readonly exclusive: BonusRule | null;
  readonly additive: readonly BonusRule[];
};

/** A fixed number paid once for the order, and the lines (by index) over which it is spread by basis. */
export type FixedBonus = {
  readonly rule: BonusRule;
  readonly points: number;
  readonly lines: readonly number[];
  readonly basis: bigint;
};

export type Bonuses = { readonly times: readonly LineTimes[]; readonly fixed: readonly FixedBonus[] };

const noRules: readonly BonusRule[] = [];
const noBonuses: readonly ReadyBonus[] = [];
export const plainTimes: LineTimes = { basisPoints: oneTimes, exclusive: null, additive: noRules };

/**
 * The bonus rules that apply to an order (rules §2.4). `weights` are the lines' bases over one denominator, in the
 * order of `lines`. Rules with line conditions are found by what the lines are; they leave shipping out.
 */
export const bonusesOf = (
  earning: ReadyEarning,
  lines: readonly EarningLine[],
  weights: readonly (number | bigint)[],
  occasion: OccasionFacts,
): Bonuses => {
  if (earning.isEmpty) return { times: lines.map(() => plainTimes), fixed: [] };
  const everywhere = earning.everywhere.filter((bonus) => holds(bonus, occasion));
  const fixed = new Map<ReadyBonus, number[]>();
  const timesEverywhere = timesOf(everywhere);
  const times = lines.map((line, index) => {
    if (Number(weights[index] ?? 0) === 0) return plainTimes;
    const matching = matchingRules(earning, everywhere, line, occasion);
    for (const bonus of matching) {
      if (bonus.rule.effect.kind !== 'add') continue;
      const before = fixed.get(bonus);
      if (before === undefined) fixed.set(bonus, [index]);
      else before.push(index);
    }
    return matching === everywhere ? timesEverywhere : timesOf(matching);
  });
  return { times, fixed: fixed.size === 0 ? [] : fixedOf(fixed, weights) };
};

const holds = ({ order }: ReadyBonus, occasion: OccasionFacts): boolean => {
  for (const test of order) if (!test(occasion)) return false;
  return true;
};

const matchingRules = (
  earning: ReadyEarning,
  everywhere: readonly ReadyBonus[],
  { facts }: EarningLine,
  occasion: OccasionFacts,
): readonly ReadyBonus[] => {
  if (facts === null || earning.byKey.size === 0) return everywhere;
  const matching: ReadyBonus[] = [];
  for (const key of lineKeys(facts)) {
    for (const bonus of earning.byKey.get(key) ?? noBonuses) {
      if (bonus.line === null || matching.includes(bonus)) continue;
      if (bonus.line.every((test) => test(facts)) && holds(bonus, occasion)) matching.push(bonus);
    }
  }
  return matching.length === 0 ? everywhere : [...everywhere, ...matching].sort((a, b) => a.index - b.index);
};

const timesOf = (matching: readonly ReadyBonus[]): LineTimes => {
  let exclusive: BonusRule | null = null;
  let best = oneTimes;
  let extra = 0;
  let additive: BonusRule[] | null = null;
  for (const { rule } of matching) {
    if (rule.effect.kind !== 'multiply') continue;
    if (rule.stacking === 'additive') {
      (additive ??= []).push(rule);
      extra += rule.effect.basisPoints - oneTimes;
    } else if (rule.effect.basisPoints > best) {
      exclusive = rule;
      best = rule.effect.basisPoints;
    }
  }
  return exclusive === null && additive === null
    ? plainTimes
    : { basisPoints: best + extra, exclusive, additive: additive ?? noRules };
};

// Paid once per order, over the matching units that have a basis; of the exclusive ones the best, the earlier on a tie.
const fixedOf = (
  matching: ReadonlyMap<ReadyBonus, readonly number[]>,
  weights: readonly (number | bigint)[],
): readonly FixedBonus[] => {
  const paid = [...matching]
    .sort(([a], [b]) => a.index - b.index)
    .flatMap(([{ rule }, lines]): FixedBonus[] =>
      rule.effect.kind === 'add'
        ? [
            {
              rule,
              points: rule.effect.points,
              lines,
              basis: lines.reduce((sum, index) => sum + BigInt(weights[index] ?? 0), 0n),
            },
          ]
        : [],
    );
  const exclusive = paid
    .filter(({ rule }) => rule.stacking === 'exclusive')
    .reduce<FixedBonus | null>((best, bonus) => (best === null || bonus.points > best.points ? bonus : best), null);
  return paid.filter((bonus) => bonus.rule.stacking === 'additive' || bonus === exclusive);
};
