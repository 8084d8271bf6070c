import { z } from 'zod';
import { currencyCode, documentId, problem, uniqueIds, usedTwice } from '../values/fields';
import { localizedText } from '../values/text';

const months = z.int().min(1).max(120);

const level = z.strictObject({
  id: documentId,
  name: localizedText,
  /**
   * What must be reached (≥): minor units, points or orders, as the metric says. null: nobody reaches it, staff
   * gives it (manual and invite-only tiers).
   */
  threshold: z.int().min(0).max(1_000_000_000_000).nullable(),
  /** Points paid once per member and qualification period on reaching it. */
  entryPoints: z.int().min(1).max(1_000_000).nullable().default(null),
});

/** The tiers of a program, lowest first (rules §5). */
export const tiersSchema = z
  .strictObject({
    metric: z.enum(['spend', 'points', 'orders']),
    /** The currency of the thresholds when the metric is `spend`; orders in another one do not count. */
    currency: currencyCode,
    window: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('lifetime') }),
      z.strictObject({ kind: z.literal('rolling_months'), months }),
      z.strictObject({ kind: z.literal('calendar_year') }),
    ]),
    keep: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('window') }),
        z.strictObject({ kind: z.literal('none') }),
        z.strictObject({ kind: z.literal('months'), months }),
      ])
      .default({ kind: 'window' }),
    requalify: z.enum(['drop_to_qualified', 'one_level']).default('drop_to_qualified'),
    graceDays: z.int().min(0).max(365).default(0),
    /** Whose entry reward a member gets who skips tiers. */
    skippedRewards: z.enum(['reached_only', 'all']).default('reached_only'),
    levels: z.array(level).min(1).max(20).refine(uniqueIds, { message: 'a tier id is used once', params: usedTwice }),
  })
  .refine(({ levels }) => isRising(levels), {
    message: 'each tier must ask for more than the one before it',
    path: ['levels'],
    params: problem({ kind: 'not_rising' }),
  });

const isRising = (levels: readonly { readonly threshold: number | null }[]): boolean => {
  const asked = levels.flatMap(({ threshold }) => (threshold === null ? [] : [threshold]));
  return asked.every((threshold, index) => index === 0 || threshold > (asked[index - 1] ?? 0));
};

export type Tiers = z.infer<typeof tiersSchema>;
export type TierLevel = Tiers['levels'][number];

/** What a member's tiers read of a program document. Local days are those of the program's time zone. */
export type TierDocument = { readonly tiers: Tiers | null; readonly timeZone: string };
