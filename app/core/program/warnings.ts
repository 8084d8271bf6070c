import type { BonusRule } from '../earning/bonusSchema';
import { bonusRules } from '../earning/section';
import { costCurrencyOf, kindOf, leastPoints, rewardsOffered, type Reward } from '../rewards/section';
import { mulDiv } from '../values/ratio';
import type { ProgramDocument } from './document';
import { openMeetings, type Meetings } from './meeting';

/** What a reward gives back of what earned it: `points` cost `worthMinor` and are earned by spending `spendMinor`. */
export type ReturnRate = {
  readonly reward: Reward;
  readonly points: number;
  readonly worthMinor: number;
  readonly spendMinor: number;
  /** In basis points of the money spent. */
  readonly basisPoints: number;
};

/** What a merchant should think about before publishing. Nothing here is an error. */
export type Warning =
  /** With these rules (none: by itself) the dearest reward gives back more than the margin. */
  | {
      readonly kind: 'above_margin';
      readonly rules: readonly BonusRule[];
      readonly basisPoints: number;
      readonly marginBasisPoints: number;
    }
  /** At what a member spends in a year points end before the cheapest reward is reached. */
  | {
      readonly kind: 'ends_early';
      readonly medianMinor: number;
      readonly months: number;
      readonly endMonths: number;
    }
  /** Both rules can hold for one order, on that day for the first time; only the better one counts. null: any day. */
  | { readonly kind: 'both_hold'; readonly rules: readonly [BonusRule, BonusRule]; readonly on: string | null }
  /** It gives more than what has to be spent to earn it. */
  | { readonly kind: 'worth_more'; readonly rate: ReturnRate }
  /** Orders earn, and there is nothing to spend it on. */
  | { readonly kind: 'no_reward' }
  /** Orders in the shop's currency earn nothing. */
  | { readonly kind: 'no_rate'; readonly currency: string };

/** What warnings ask of the shop: currency, day, and what half of the buyers spend in a year (null: unknown). */
export type ShopFacts = {
  readonly currency: string;
  readonly today: string;
  readonly medianYearMinor: number | null;
};

const oneTimes = 10_000;
const wholeBasis = 10_000;
const pairsMax = 5;

const rateIn = (document: ProgramDocument, currency: string) =>
  document.earning.rates.find((rate) => rate.currency === currency) ?? null;

/**
 * What a reward gives back by the base rate of its currency, whether it is on offer or not. null: nobody can say,
 * because it is worth no sum of money, or orders in that currency earn nothing.
 */
export const returnRateOf = (document: ProgramDocument, reward: Reward): ReturnRate | null => {
  const currency = costCurrencyOf(reward);
  const rate = currency === null ? null : rateIn(document, currency);
  const worth = kindOf(reward).worth(reward);
  if (rate === null || worth === null) return null;
  const spendMinor = mulDiv(worth.points, rate.amountMinor, rate.points, 'ceil');
  const basisPoints = Math.round((worth.amountMinor * wholeBasis) / spendMinor);
  return { reward, points: worth.points, worthMinor: worth.amountMinor, spendMinor, basisPoints };
};

/** What each reward that is on offer gives back, by the base rate; in the order of the document. */
export const returnRates = (document: ProgramDocument, currency: string): readonly ReturnRate[] =>
  document.rewards
    .filter((reward) => reward.enabled && costCurrencyOf(reward) === currency)
    .flatMap((reward) => returnRateOf(document, reward) ?? []);

/** A member who earns it and takes it gets back more than was spent. */
export const isWorthMore = ({ basisPoints }: ReturnRate): boolean => basisPoints > wholeBasis;

/** All that speaks against a document that is right. */
export const warningsOf = (document: ProgramDocument, shop: ShopFacts): readonly Warning[] => {
  const meetings = openMeetings(shop.today);
  return [
    ...missing(document, shop),
    ...returnRates(document, shop.currency)
      .filter(isWorthMore)
      .map((rate) => ({ kind: 'worth_more' as const, rate })),
    ...aboveMargin(document, shop, meetings),
    ...endsEarly(document, shop),
    ...bothHold(document, meetings),
  ];
};

const missing = (document: ProgramDocument, { currency }: ShopFacts): readonly Warning[] => {
  if (document.earning.rates.length === 0) return [];
  if (rateIn(document, currency) === null) return [{ kind: 'no_rate', currency }];
  return document.rewards.some(({ enabled }) => enabled) ? [] : [{ kind: 'no_reward' }];
};

const multipliers = (document: ProgramDocument): readonly BonusRule[] =>
  bonusRules(document).filter(({ enabled, effect }) => enabled && effect.kind === 'multiply');

const timesOf = ({ effect }: BonusRule): number => (effect.kind === 'multiply' ? effect.basisPoints : oneTimes);

const aboveMargin = (document: ProgramDocument, { currency }: ShopFacts, meetings: Meetings): readonly Warning[] => {
  const { marginBasisPoints } = document.policies;
  const base = Math.max(0, ...returnRates(document, currency).map(({ basisPoints }) => basisPoints));
  if (marginBasisPoints === null || base === 0) return [];
  if (base > marginBasisPoints) return [{ kind: 'above_margin', rules: [], basisPoints: base, marginBasisPoints }];
  const { rules, times } = mostGenerous(multipliers(document), meetings);
  const basisPoints = Math.round((base * times) / oneTimes);
  return basisPoints > marginBasisPoints ? [{ kind: 'above_margin', rules, basisPoints, marginBasisPoints }] : [];
};

// One exclusive rule, or none, and every additive one that can hold at the same time.
const mostGenerous = (
  rules: readonly BonusRule[],
  { nobody, join }: Meetings,
): { readonly rules: readonly BonusRule[]; readonly times: number } => {
  const exclusive = rules.filter(({ stacking }) => stacking === 'exclusive');
  const additive = rules.filter(({ stacking }) => stacking === 'additive');
  const sums = [null, ...exclusive].map((first) => {
    const together = first === null ? [] : [first];
    let meeting = first === null ? nobody : join(nobody, first);
    if (meeting === null) return { rules: [], times: oneTimes };
    for (const rule of additive) {
      const larger = join(meeting, rule);
      if (larger === null) continue;
      meeting = larger;
      together.push(rule);
    }
    const extra = together.filter((rule) => rule !== first).reduce((sum, rule) => sum + timesOf(rule) - oneTimes, 0);
    return { rules: together, times: (first === null ? oneTimes : timesOf(first)) + extra };
  });
  return sums.reduce((most, sum) => (sum.times > most.times ? sum : most));
};

const endsEarly = (document: ProgramDocument, { currency, medianYearMinor }: ShopFacts): readonly Warning[] => {
  const { expiry } = document.policies;
  const rate = rateIn(document, currency);
  if (expiry.kind !== 'after_months' || rate === null || medianYearMinor === null || medianYearMinor <= 0) return [];
  const least = leastPoints(rewardsOffered(document.rewards, currency));
  if (least === null) return [];
  const earnedInYear = (medianYearMinor * rate.points) / rate.amountMinor;
  const months = Math.ceil((12 * least) / earnedInYear);
  return months > expiry.months
    ? [{ kind: 'ends_early', medianMinor: medianYearMinor, months, endMonths: expiry.months }]
    : [];
};

const hasTime = ({ conditions }: BonusRule): boolean =>
  conditions.some(({ kind }) => kind === 'dates' || kind === 'weekday' || kind === 'hours');
const hasDates = ({ conditions }: BonusRule): boolean => conditions.some(({ kind }) => kind === 'dates');

// Only of rules that have times: that a tier's and a weekend's multiplier meet is what they are for.
const bothHold = (document: ProgramDocument, { nobody, join }: Meetings): readonly Warning[] => {
  const rules = document.earning.bonuses.filter(
    (rule) => rule.enabled && rule.stacking === 'exclusive' && hasTime(rule),
  );
  const found: Warning[] = [];
  for (const [index, first] of rules.entries()) {
    const alone = join(nobody, first);
    if (alone === null) continue;
    for (const second of rules.slice(index + 1)) {
      if (second.effect.kind !== first.effect.kind) continue;
      const day = join(alone, second)?.day ?? null;
      if (day === null) continue;
      found.push({ kind: 'both_hold', rules: [first, second], on: hasDates(first) || hasDates(second) ? day : null });
      if (found.length === pairsMax) return found;
    }
  }
  return found;
};
