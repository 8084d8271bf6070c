import { z } from 'zod';
import { earningSchema, segmentsSchema } from '../earning/section';
import { policiesSchema } from '../ledger/policies';
import { tiersSchema } from '../tiers/section';
import {
  currencyCode as currency,
  documentId,
  minorUnits,
  problem,
  uniqueIds,
  usedTwice,
  wholePoints,
} from '../values/fields';
import { localizedText } from '../values/text';
import { isTimeZone } from '../values/zone';

/** The program document: all settings and rules of a program, versioned. Published versions never change. */

const combinesWith = z.strictObject({
  orderDiscounts: z.boolean(),
  productDiscounts: z.boolean(),
  shippingDiscounts: z.boolean(),
});

const rewardBase = {
  id: documentId,
  name: localizedText,
  enabled: z.boolean(),
  minimumSubtotalMinor: minorUnits.nullable(),
  /** Days a code can be used. */
  validDays: z.int().min(1).max(365),
  combinesWith,
};

/** A fixed price in points for a fixed amount off. */
export const amountOffSchema = z.strictObject({
  kind: z.literal('amount_off'),
  ...rewardBase,
  points: wholePoints,
  amountMinor: minorUnits,
  currency,
});

/**
 * An amount of the shopper's choice: every `stepPoints` are worth `stepAmountMinor`, from `minPoints` to `maxPoints`.
 */
export const chosenAmountOffSchema = z
  .strictObject({
    kind: z.literal('chosen_amount_off'),
    ...rewardBase,
    stepPoints: wholePoints,
    stepAmountMinor: minorUnits,
    minPoints: wholePoints,
    maxPoints: wholePoints,
    currency,
  })
  .refine((reward) => reward.minPoints % reward.stepPoints === 0 && reward.maxPoints % reward.stepPoints === 0, {
    message: 'the smallest and the largest choice must be whole steps',
    params: problem({ kind: 'not_whole_steps' }),
    path: ['stepPoints'],
  })
  .refine((reward) => reward.minPoints <= reward.maxPoints, {
    message: 'the smallest choice must not exceed the largest',
    params: problem({ kind: 'crossed' }),
    path: ['minPoints'],
  });

export const rewardSchema = z.discriminatedUnion('kind', [amountOffSchema, chosenAmountOffSchema]);

export const programDocumentSchema = z
  .strictObject({
    schemaVersion: z.literal(2),
    timeZone: z
      .string()
      .max(64)
      .refine(isTimeZone, { message: 'is not a time zone', params: problem({ kind: 'no_time_zone' }) }),
    names: z.strictObject({ program: localizedText, point: localizedText, points: localizedText }),
    segments: segmentsSchema,
    earning: earningSchema,
    tiers: tiersSchema.nullable().default(null),
    rewards: z
      .array(rewardSchema)
      .max(100)
      .refine(uniqueIds, { message: 'a reward id is used once', params: usedTwice }),
    policies: policiesSchema,
  })
  .superRefine((document, context) => {
    const tiers = new Set(document.tiers?.levels.map(({ id }) => id));
    const segments = new Set(document.segments.map(({ id }) => id));
    document.earning.bonuses.forEach(({ conditions }, bonus) =>
      conditions.forEach((condition, index) => {
        const [field, asked, known] =
          condition.kind === 'tier'
            ? (['tierIds', condition.tierIds, tiers] as const)
            : condition.kind === 'segment'
              ? (['segmentIds', condition.segmentIds, segments] as const)
              : ([null, [], tiers] as const);
        const unknown = asked.find((id) => !known.has(id));
        if (unknown === undefined || field === null) return;
        const path = ['earning', 'bonuses', bonus, 'conditions', index, field];
        const params = problem({ kind: 'unknown_id', id: unknown });
        context.addIssue({
          code: 'custom',
          path,
          params,
          message: `the document has no ${condition.kind} "${unknown}"`,
        });
      }),
    );
  });

export type ProgramDocument = z.infer<typeof programDocumentSchema>;
export type Reward = z.infer<typeof rewardSchema>;
export type RewardKind = Reward['kind'];
