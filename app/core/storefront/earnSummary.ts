import { folded } from '../earning/conditions/condition';
import type { EarningRules } from '../earning/section';
import type { ProgramDocument } from '../program/document';
import type { EarnSummary } from './summary';

/** The channel by which orders of the online shop come. */
const shopChannel = 'web';

/** More than this is not sent along with every page. */
const mostExcluded = 100;
const mostBonuses = 12;

/** What orders in one currency earn, as the storefront says it; null: nothing. */
export const earnSummary = (
  { earning, tiers }: Pick<ProgramDocument, 'earning' | 'tiers'>,
  currency: string,
): EarnSummary | null => {
  const rate = earning.paused ? undefined : earning.rates.find((candidate) => candidate.currency === currency);
  if (rate === undefined || folded(earning.exclude.channels).has(shopChannel)) return null;
  return {
    points: rate.points,
    amount_minor: rate.amountMinor,
    from: earning.window?.from ?? null,
    to: earning.window?.to ?? null,
    rounding: earning.rounding,
    moment: earning.awardMoment,
    hold_days: earning.holdDays,
    certainty: certaintyOf(earning, tiers),
    exclude: excludeOf(earning.exclude),
    bonuses: bonusesOf(earning),
  };
};

const certaintyOf = (
  { includeTax, includeShipping, caps, bonuses }: EarningRules,
  tiers: ProgramDocument['tiers'],
): EarnSummary['certainty'] => {
  if (!includeTax || Object.values(caps).some((cap) => cap !== null)) return 'about';
  const multiplies = tiers?.levels.some(({ perks }) => perks.some(({ kind }) => kind === 'multiply')) === true;
  return multiplies || includeShipping || bonuses.some(({ enabled }) => enabled) ? 'at_least' : 'exact';
};

/**
 * How sure it is what a cart earns for somebody who is known, whose tier and bonus rules are counted: nothing is added
 * to it any more, but taxes and limits of points may still take some away.
 */
export const quoteCertainty = ({ certainty }: EarnSummary): EarnSummary['certainty'] =>
  certainty === 'about' ? 'about' : 'exact';

const excludeOf = (exclude: EarningRules['exclude']): EarnSummary['exclude'] => {
  const { productIds, collectionIds, productTags, productTypes, vendors, saleItems, customerTags } = exclude;
  const count = [productIds, collectionIds, productTags, productTypes, vendors, customerTags].flat().length;
  if (count > mostExcluded) return null;
  return {
    product_ids: productIds,
    collection_ids: collectionIds,
    tags: productTags,
    types: productTypes,
    vendors,
    sale_items: saleItems,
    customer_tags: customerTags,
  };
};

// What is for some members only is not promised to all; a tier's own perk stands with the tier.
const isForAll = ({ conditions }: EarningRules['bonuses'][number]): boolean =>
  !conditions.some(({ kind }) => kind === 'tier' || kind === 'segment' || kind === 'store' || kind === 'channel');

// Between them the days on which a rule can count: of several spans the days that are in all of them.
const daysOf = (
  conditions: EarningRules['bonuses'][number]['conditions'],
): { readonly from: string | null; readonly to: string | null } => {
  const spans = conditions.filter((condition) => condition.kind === 'dates');
  const froms = spans.map(({ from }) => from).sort();
  const [to = null] = spans.map((span) => span.to).sort();
  return { from: froms.at(-1) ?? null, to };
};

const bonusesOf = ({ bonuses }: EarningRules): EarnSummary['bonuses'] =>
  bonuses
    .filter((rule) => rule.enabled && isForAll(rule))
    .slice(0, mostBonuses)
    .map(({ name, effect, conditions }) => ({
      name,
      is_for_every_order: conditions.length === 0,
      ...daysOf(conditions),
      basis_points: effect.kind === 'multiply' ? effect.basisPoints : null,
      points: effect.kind === 'add' ? effect.points : null,
    }));
