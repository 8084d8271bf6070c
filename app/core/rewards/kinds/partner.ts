import { z } from 'zod';
import { documentId, problem, wholePoints } from '../../values/fields';
import { minorPerUnit } from '../../values/money';
import { refuse } from '../../values/result';
import { unconditional } from '../conditions';
import { rewardFields } from '../fields';
import { givenFor, quoteGiven } from '../given';
import type { RewardKindOf } from '../kind';
import { partnerCost, partnerItemId } from '../partners';

const schema = z
  .strictObject({
    kind: z.literal('partner'),
    ...rewardFields,
    points: wholePoints,
    /**
     * Whose it is: a partner that the merchant set up. It may be left open while the reward is off, as the item may.
     */
    provider: documentId.nullable().default(null),
    itemId: partnerItemId.nullable().default(null),
    /** What the item cost by the partner's catalogue when it was chosen. */
    cost: partnerCost.nullable().default(null),
  })
  .refine(
    ({ enabled, provider, itemId, cost }) => !enabled || (provider !== null && itemId !== null && cost !== null),
    {
      message: 'which item of which partner has to be said',
      path: ['itemId'],
      params: problem({ kind: 'missing' }),
    },
  );

export type Partner = z.infer<typeof schema>;

/**
 * A fixed price in points for something of a partner's. It is ordered there once the points are held; when the partner
 * refuses they come back. Nothing comes back with an order.
 */
export const partner = {
  kind: 'partner',
  schema,
  model: () => ({
    kind: 'partner',
    name: {
      en: 'Partner reward',
      it: 'Premio di un partner',
      de: 'Partnerprämie',
      fr: 'Récompense partenaire',
      es: 'Recompensa de un socio',
    },
    enabled: false,
    ...unconditional,
    points: 500,
    provider: null,
    itemId: null,
    cost: null,
  }),
  grants: ['partner'],
  quote: ({ points, provider, itemId, cost, name }, wish) =>
    provider === null || itemId === null || cost === null
      ? refuse({ kind: 'product_away' })
      : quoteGiven(points, { kind: 'partner', provider, itemId, name, cost }, wish),
  days: () => null,
  worth: ({ cost, points }) => (cost === null ? null : { amountMinor: cost.amountMinor, points }),
  storefront: ({ points }) => givenFor(points, null),
  numbers: ({ points, cost }) => [points, ...(cost === null ? [] : [cost.amountMinor / minorPerUnit(cost.currency)])],
} as const satisfies RewardKindOf<Partner>;
