import { z } from 'zod';
import { documentId, wholePoints } from '../../values/fields';
import { unconditional } from '../conditions';
import { rewardFields } from '../fields';
import { givenFor, quoteGiven } from '../given';
import type { RewardKindOf } from '../kind';

const schema = z.strictObject({
  kind: z.literal('pool_code'),
  ...rewardFields,
  points: wholePoints,
  /** From which uploaded codes one is given; several rewards may give from the same. */
  poolId: documentId,
  /** With fewer codes left than this the merchant is warned. */
  warnAt: z.int().min(0).max(100_000).default(20),
});

export type PoolCode = z.infer<typeof schema>;

/**
 * A fixed price in points for a code of somebody else's (a ticket, a voucher), from those that the merchant uploaded.
 * It is given in the moment the points are, and nothing comes back with an order.
 */
export const poolCode = {
  kind: 'pool_code',
  schema,
  model: (_currency: string, id = 'codes') => ({
    kind: 'pool_code',
    name: { en: 'Voucher code', it: 'Codice buono', de: 'Gutscheincode', fr: 'Code cadeau', es: 'Código regalo' },
    enabled: false,
    ...unconditional,
    points: 500,
    poolId: id,
    warnAt: 20,
  }),
  grants: ['pool_code'],
  quote: ({ points, poolId, name }, wish) => quoteGiven(points, { kind: 'pool_code', poolId, name }, wish),
  days: () => null,
  worth: () => null,
  storefront: ({ points }) => givenFor(points, null),
  numbers: ({ points }) => [points],
} as const satisfies RewardKindOf<PoolCode>;
