import type { TierForecast, TierGoal } from '../tiers/forecast';
import type { TierLevel, Tiers } from '../tiers/section';
import { shippingOffers, type ShippingOffer } from '../tiers/shippingOffers';
import { tierTag } from '../tiers/tags';
import { textOn } from '../values/contrast';
import type { MemberSummary, TiersSummary, TierStep } from './summary';

/** The tiers of a program as shoppers of a store see them. */
export const tiersSummary = (tiers: Tiers, storeCurrency: string): TiersSummary => {
  const { metric, currency, window, levels } = tiers;
  const offers = shippingOffers({ tiers }, storeCurrency);
  return {
    unit: metric,
    currency,
    window: window.kind,
    months: window.kind === 'rolling_months' ? window.months : null,
    levels: levels.map((level) => levelSummary(level, offers)),
  };
};

const levelSummary = (level: TierLevel, offers: readonly ShippingOffer[]): TiersSummary['levels'][number] => {
  const { id, name, threshold, color, icon, entryPoints, perks } = level;
  const ships = offers.find(({ mark }) => mark === tierTag(id));
  const multiply = perks.find((perk) => perk.kind === 'multiply');
  return {
    id,
    name,
    threshold,
    color,
    on_color: color === null ? null : textOn(color),
    icon,
    entry_points: entryPoints,
    basis_points: multiply?.basisPoints ?? null,
    free_shipping:
      ships === undefined ? null : { minimum_minor: ships.minimumSubtotalMinor, max_rate_minor: ships.maxRateMinor },
    priority_support: perks.some(({ kind }) => kind === 'priority_support'),
    words: perks.flatMap((perk) => (perk.kind === 'words' ? [perk.text] : [])),
  };
};

/** How a member's tier goes on, as the storefront says it. */
export const memberTier = ({ tierId, metric, keptUntil, keep, next }: TierForecast): MemberSummary['tier'] => ({
  id: tierId,
  kept_until: keptUntil,
  keep: keep === null ? null : goalOf(keep),
  next: next === null ? null : { ...goalOf(next), done_percent: percentOf(metric, next.missing) },
});

const goalOf = ({ tierId, missing, unit, by, until }: TierGoal): Omit<TierStep, 'done_percent'> => ({
  id: tierId,
  missing,
  unit,
  by,
  until,
});

// Never the whole way while something is missing.
const percentOf = (done: number, missing: number): number => {
  const part = Math.max(0, done);
  return part + missing <= 0 ? 0 : Math.min(99, Math.floor((part * 100) / (part + missing)));
};
