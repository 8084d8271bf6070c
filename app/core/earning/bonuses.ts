import type { BonusRule } from './bonusSchema';
import type { ReadyBonus, ReadyEarning } from './compile';
import type { EarningLine } from './basis';
import type { OccasionFacts } from './conditions/condition';

export const oneTimes = 10_000;

/** What multiplies one line's base points: the best exclusive rule, and all additive ones. */
export type LineTimes = { readonly basisPoints: number; readonly exclusive: BonusRule | null; readonly additive: readonly BonusRule[] };

/** A fixed number paid once for the order, and the lines (by index) over which it is spread by basis. */
export type FixedBonus = { readonly rule: BonusRule; readonly points: number; readonly lines: readonly number[]; readonly basisMinor: number };

export type Bonuses = { readonly times: readonly LineTimes[]; readonly fixed: readonly FixedBonus[] };

export const plainTimes: LineTimes = { basisPoints: oneTimes, exclusive: null, additive: [] };

const isForLine = ({ line: tests }: ReadyBonus, line: EarningLine): boolean => {
  if (tests === null) return true;
  const { facts } = line; // rules with line conditions leave shipping out
  return facts !== null && tests.every((test) => test(facts));
};

/**
 * The bonus rules that apply to an order (rules §2.4). `weights` are the lines' bases over one denominator, in the
 * order of `lines`.
 */
export const bonusesOf = (earning: ReadyEarning, lines: readonly EarningLine[], weights: readonly number[], occasion: OccasionFacts): Bonuses => {
  const active = earning.bonuses.filter(({ order }) => order.every((test) => test(occasion)));
  if (active.length === 0) return { times: lines.map(() => plainTimes), fixed: [] };
  const multiply = active.filter(({ rule }) => rule.effect.kind === 'multiply');
  return {
    times: multiply.length === 0 ? lines.map(() => plainTimes) : lines.map((line, index) => (weights[index] === 0 ? plainTimes : timesOf(multiply, line))),
    fixed: fixedOf(
      active.filter(({ rule }) => rule.effect.kind === 'add'),
      lines,
      weights,
    ),
  };
};

const timesOf = (active: readonly ReadyBonus[], line: EarningLine): LineTimes => {
  let exclusive: BonusRule | null = null;
  let best = oneTimes;
  let extra = 0;
  const additive: BonusRule[] = [];
  for (const bonus of active) {
    const { rule } = bonus;
    if (rule.effect.kind !== 'multiply' || !isForLine(bonus, line)) continue;
    if (rule.stacking === 'additive') {
      additive.push(rule);
      extra += rule.effect.basisPoints - oneTimes;
    } else if (rule.effect.basisPoints > best) {
      exclusive = rule;
      best = rule.effect.basisPoints;
    }
  }
  return exclusive === null && additive.length === 0 ? plainTimes : { basisPoints: best + extra, exclusive, additive };
};

// Paid once per order, and not at all when the matching units have no basis; of the exclusive ones the best, the earlier on a tie.
const fixedOf = (active: readonly ReadyBonus[], lines: readonly EarningLine[], weights: readonly number[]): readonly FixedBonus[] => {
  const paid = active.flatMap((bonus): FixedBonus[] => {
    const { rule } = bonus;
    if (rule.effect.kind !== 'add') return [];
    const matching = lines.flatMap((line, index) => ((weights[index] ?? 0) > 0 && isForLine(bonus, line) ? [index] : []));
    const basisMinor = matching.reduce((sum, index) => sum + (weights[index] ?? 0), 0);
    return basisMinor === 0 ? [] : [{ rule, points: rule.effect.points, lines: matching, basisMinor }];
  });
  const exclusive = paid
    .filter(({ rule }) => rule.stacking === 'exclusive')
    .reduce<FixedBonus | null>((best, bonus) => (best === null || bonus.points > best.points ? bonus : best), null);
  return paid.filter((bonus) => bonus.rule.stacking === 'additive' || bonus === exclusive);
};
