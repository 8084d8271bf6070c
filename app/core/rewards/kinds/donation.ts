import { z } from 'zod';
import { currencyCode, minorUnits, problem, wholePoints } from '../../values/fields';
import { minorPerUnit, ordinaryUnit } from '../../values/money';
import { unconditional } from '../conditions';
import { rewardFields } from '../fields';
import { givenFor, quoteGiven } from '../given';
import type { RewardKindOf } from '../kind';

const schema = z
  .strictObject({
    kind: z.literal('donation'),
    ...rewardFields,
    points: wholePoints,
    amountMinor: minorUnits,
    currency: currencyCode,
    /** Who gets it. It may be left open while the reward is off. */
    charity: z.string().trim().max(80),
  })
  .refine(({ enabled, charity }) => !enabled || charity !== '', {
    message: 'who gets the donation has to be said',
    path: ['charity'],
    params: problem({ kind: 'too_small', limit: 1, of: 'text' }),
  });

export type Donation = z.infer<typeof schema>;

/**
 * A fixed price in points for a sum that the merchant gives to others. It is given in the moment the points are:
 * nothing is made at a shop, no cart is asked, and nothing comes back with an order.
 */
export const donation = {
  kind: 'donation',
  schema,
  model: (currency) => ({
    kind: 'donation',
    name: { en: 'Donation', it: 'Donazione', de: 'Spende', fr: 'Don', es: 'Donación' },
    enabled: false,
    ...unconditional,
    points: 100,
    amountMinor: 5 * ordinaryUnit(currency),
    currency,
    charity: '',
  }),
  grants: ['donation'],
  quote: ({ points, amountMinor, currency, charity }, wish) =>
    quoteGiven(points, { kind: 'donation', amountMinor, currency, charity }, wish),
  days: () => null,
  worth: ({ amountMinor, points }) => ({ amountMinor, points }),
  storefront: ({ points, amountMinor }) => givenFor(points, amountMinor),
  numbers: ({ amountMinor, points, currency }) => [amountMinor / minorPerUnit(currency), points],
} as const satisfies RewardKindOf<Donation>;
