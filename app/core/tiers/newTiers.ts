import { ordinaryUnit } from '../values/money';
import { perTongue, type LocalizedText } from '../values/text';
import type { Perk } from './perks';
import type { TierLevel, Tiers } from './section';

const silver: LocalizedText = { en: 'Silver', it: 'Argento', de: 'Silber', fr: 'Argent', es: 'Plata' };
const gold: LocalizedText = { en: 'Gold', it: 'Oro', de: 'Gold', fr: 'Or', es: 'Oro' };
const tier: LocalizedText = {
  en: 'New tier',
  it: 'Nuovo livello',
  de: 'Neue Stufe',
  fr: 'Nouveau niveau',
  es: 'Nuevo nivel',
};
const [silverFrom, goldFrom] = [300, 800];

// Thought in euros.
const minorOf = (units: number, currency: string): number => units * ordinaryUnit(currency);

/** A first set of tiers, by what members spend in 12 months: two levels that earn more. */
export const newTiers = (currency: string): Tiers => ({
  metric: 'spend',
  currency,
  window: { kind: 'rolling_months', months: 12 },
  keep: { kind: 'window' },
  requalify: 'drop_to_qualified',
  graceDays: 0,
  skippedRewards: 'reached_only',
  levels: [
    {
      ...{ id: 'silver', name: silver, threshold: minorOf(silverFrom, currency), entryPoints: null },
      ...{ color: '#8a8f98', icon: 'medal', perks: [{ kind: 'multiply', basisPoints: 12_500 }] },
    },
    {
      ...{ id: 'gold', name: gold, threshold: minorOf(goldFrom, currency), entryPoints: null },
      ...{ color: '#b8860b', icon: 'crown', perks: [{ kind: 'multiply', basisPoints: 15_000 }] },
    },
  ],
});

const first = { points: 500, orders: 5 } as const;

const askingOf = (levels: Tiers['levels']): readonly number[] =>
  levels.flatMap(({ threshold }) => threshold ?? []).filter(Number.isFinite);

/**
 * What a level may ask for that stands behind so many of the others: between those around it, or twice what the
 * highest below it asks for.
 */
export const thresholdBehind = (place: number, { levels, metric, currency }: Tiers): number => {
  const below = Math.max(0, ...askingOf(levels.slice(0, place)));
  const above = Math.min(...askingOf(levels.slice(place)));
  if (Number.isFinite(above)) return Math.floor((below + above) / 2);
  return below === 0 ? (metric === 'spend' ? minorOf(silverFrom, currency) : first[metric]) : 2 * below;
};

/** A new level above the others. */
export const newLevel = (id: string, tiers: Tiers): TierLevel => ({
  ...{ id, name: tier, threshold: thresholdBehind(tiers.levels.length, tiers), entryPoints: null },
  ...{ color: null, icon: null, perks: [] },
});

/** A new perk of a kind, with ordinary values; amounts are of a currency. */
export const newPerk = (kind: Perk['kind'], currency: string): Perk => {
  switch (kind) {
    case 'multiply':
      return { kind, basisPoints: 15_000 };
    case 'free_shipping':
      return { kind, currency, minimumSubtotalMinor: null, maxRateMinor: null };
    case 'priority_support':
      return { kind, tag: 'priority' };
    case 'words':
      return { kind, text: perTongue(() => '') };
  }
};

/**
 * What levels ask for when they are measured another way: the same numbers would mean something else, so they become
 * ordinary ones of the new measure, in the same order.
 */
export const measuredBy = (tiers: Tiers, metric: Tiers['metric']): Tiers => {
  if (metric === tiers.metric) return tiers;
  const least = metric === 'spend' ? minorOf(silverFrom, tiers.currency) : first[metric];
  let step = 0;
  const levels = tiers.levels.map((level) =>
    level.threshold === null ? level : { ...level, threshold: least * 2 ** step++ },
  );
  return { ...tiers, metric, levels };
};
