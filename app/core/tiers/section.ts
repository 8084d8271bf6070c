import { z } from 'zod';
import { currencyCode, documentId, problem, uniqueIds, usedTwice } from '../values/fields';
import { icons } from '../values/icons';
import { localizedText } from '../values/text';
import { isListedOnce, perkSchema } from './perks';

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
  /** How it is painted; null: as the theme does. */
  color: z
    .string()
    .regex(/^#[0-9a-f]{6}$/)
    .nullable()
    .default(null),
  icon: z.enum(icons).nullable().default(null),
  perks: z
    .array(perkSchema)
    .max(12)
    .refine(isListedOnce, { message: 'a perk is listed once', params: usedTwice })
    .default([]),
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
    /** Whose entry award a member gets who skips tiers. */
    skippedRewards: z.enum(['reached_only', 'all']).default('reached_only'),
    levels: z.array(level).min(1).max(20).refine(uniqueIds, { message: 'a tier id is used once', params: usedTwice }),
  })
  .superRefine(({ levels }, context) => {
    for (const { index, below } of notRising(levels))
      context.addIssue({
        code: 'custom',
        message: `each tier must ask for more than the one before it, "${below.id}"`,
        path: ['levels', index, 'threshold'],
        params: problem({ kind: 'not_rising', below: below.id, threshold: below.threshold }),
      });
  });

type Asking = { readonly id: string; readonly threshold: number };

/** The levels that do not ask for more than the one below them, each with that one. */
const notRising = (
  levels: readonly { readonly id: string; readonly threshold: number | null }[],
): readonly { readonly index: number; readonly below: Asking }[] => {
  const asking = levels.flatMap(({ id, threshold }, index) => (threshold === null ? [] : [{ id, threshold, index }]));
  return asking.flatMap(({ threshold, index }, at) => {
    const below = asking[at - 1];
    return below === undefined || threshold > below.threshold ? [] : [{ index, below }];
  });
};

export type Tiers = z.infer<typeof tiersSchema>;
export type TierLevel = Tiers['levels'][number];

/** What a member's tiers read of a program document. Local days are those of the program's time zone. */
export type TierDocument = { readonly tiers: Tiers | null; readonly timeZone: string };
