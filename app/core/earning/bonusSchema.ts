import { z } from 'zod';
import { documentId } from '../values/fields';
import { localizedText } from '../values/text';
import { conditionSchema } from './conditions/all';

/**
 * What a bonus rule does: `multiply` the base points (in basis points, 20 000 is 2×), or `add` a fixed number once per
 * order.
 */
const effectSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('multiply'), basisPoints: z.int().min(10_000).max(1_000_000) }),
  z.strictObject({ kind: z.literal('add'), points: z.int().min(1).max(1_000_000) }),
]);

/**
 * A bonus rule. All its conditions must hold. `exclusive` rules compete, the best one counts; `additive` ones are
 * added to it: of a multiplier the part above 1×.
 */
export const bonusSchema = z.strictObject({
  id: documentId,
  name: localizedText,
  enabled: z.boolean().default(true),
  stacking: z.enum(['exclusive', 'additive']),
  effect: effectSchema,
  conditions: z.array(conditionSchema).max(20).default([]),
});

export type BonusRule = z.infer<typeof bonusSchema>;

const cap = z.int().min(1).max(1_000_000_000).nullable().default(null);

/** The most points an order, a local day, a month and a member's whole life can bring; null: no limit. */
export const capsSchema = z.strictObject({ perOrder: cap, perDay: cap, perMonth: cap, lifetime: cap });

export type Caps = z.infer<typeof capsSchema>;
