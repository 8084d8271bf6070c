import { ordinaryUnit } from '../values/money';
import type { ProgramDocument } from './document';
import { newReward } from '../rewards/section';

/**
 * The program a shop starts with: 1 point for every unit of money (for ten, a hundred or a thousand of a currency with
 * small units), a fixed reward and one of the shopper's choice, both worth 5 % of what earned them.
 */
export const defaultDocument = (currency: string, timeZone: string): ProgramDocument => {
  const unit = ordinaryUnit(currency);
  return {
    schemaVersion: 2,
    timeZone,
    names: {
      program: {
        en: 'Rewards',
        it: 'Raccolta punti',
        de: 'Treueprogramm',
        fr: 'Programme de fidélité',
        es: 'Programa de puntos',
      },
      point: { en: 'point', it: 'punto', de: 'Punkt', fr: 'point', es: 'punto' },
      points: { en: 'points', it: 'punti', de: 'Punkte', fr: 'points', es: 'puntos' },
    },
    segments: [],
    earning: {
      paused: false,
      window: null,
      rates: [{ currency, points: 1, amountMinor: unit }],
      rounding: 'floor',
      awardMoment: 'paid',
      holdDays: 0,
      includeTax: true,
      includeShipping: false,
      exclude: {
        productIds: [],
        collectionIds: [],
        productTags: [],
        productTypes: [],
        vendors: [],
        saleItems: false,
        channels: [],
        customerTags: [],
      },
      bonuses: [],
      caps: { perOrder: null, perDay: null, perMonth: null, lifetime: null },
    },
    tiers: null,
    rewards: [
      { ...newReward('amount_off', 'five-off', currency), enabled: true },
      { ...newReward('chosen_amount_off', 'as-you-like', currency), enabled: true },
    ],
    redeeming: { paused: false, lastDay: null },
    policies: {
      clawback: 'debt',
      returnSpentPoints: true,
      expiry: { kind: 'none' },
      minimumLifeDays: 30,
      graceDays: 7,
      warningDays: [30, 7],
      contextFinalDays: 30,
      marginBasisPoints: null,
    },
    look: { accent: null, icon: null },
    terms: null,
  };
};
