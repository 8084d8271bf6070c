import type { BonusRule } from './bonusSchema';

/** A new bonus rule as the editor offers it: double points on every order, switched off. */
export const newBonus = (id: string): BonusRule => ({
  id,
  name: { en: 'Bonus', it: 'Bonus', de: 'Bonus', fr: 'Bonus', es: 'Bonificación' },
  enabled: false,
  stacking: 'exclusive',
  effect: { kind: 'multiply', basisPoints: 20_000 },
  conditions: [],
});
