import { z } from 'zod';
import { bonusSchema, capsSchema } from '../earning/bonusSchema';
import { rewardsSchema } from '../rewards/section';
import { tiersSchema } from '../tiers/section';
import { isTimeZone } from '../values/zone';
import { problem } from './issues';
import {
  currencyCode as currency,
  documentId,
  localizedText,
  minorUnits,
  platformId,
  shopText,
  uniqueIds,
  wholePoints,
} from './words';

const usedTwice = problem({ kind: 'used_twice' });

/** The program document: all settings and rules of a program, versioned. Published versions never change. */

const earning = z.strictObject({
  /** `points` for every `amountMinor` of basis, one rate per currency. */
  rates: z
    .array(z.strictObject({ currency, points: wholePoints, amountMinor: minorUnits }))
    .max(200)
    .refine((rates) => new Set(rates.map((rate) => rate.currency)).size === rates.length, {
      message: 'a currency has one rate',
      params: usedTwice,
    }),
  rounding: z.enum(['floor', 'nearest', 'ceil']),
  awardMoment: z.enum(['paid', 'fulfilled']),
  /** Days after the order's instant until its points can be spent. */
  holdDays: z.int().min(0).max(365),
  includeTax: z.boolean(),
  includeShipping: z.boolean(),
  /** What earns nothing. Channels and customer tags exclude the whole order, shipping too. */
  exclude: z.strictObject({
    productIds: z.array(platformId).max(1000).default([]),
    collectionIds: z.array(platformId).max(200).default([]),
    productTags: z.array(shopText).max(200).default([]),
    productTypes: z.array(shopText).max(200).default([]),
    vendors: z.array(shopText).max(200).default([]),
    /** Variants sold below their compare-at price. */
    saleItems: z.boolean().default(false),
    channels: z.array(shopText).max(50).default([]),
    customerTags: z.array(shopText).max(200).default([]),
  }),
  bonuses: z
    .array(bonusSchema)
    .max(200)
    .refine(uniqueIds, { message: 'a bonus rule id is used once', params: usedTwice })
    .default([]),
  caps: capsSchema.default({ perOrder: null, perDay: null, perMonth: null, lifetime: null }),
});

/** A group of members that rules can name: those whom the shop gave one of these tags. */
const segment = z.strictObject({
  id: documentId,
  name: localizedText,
  customerTags: z.array(shopText).min(1).max(100),
});

const policies = z.strictObject({
  /** What happens to points that a refund claims and the member has spent. */
  clawback: z.enum(['debt', 'clamp']),
  /** Points spent on an order come back when it is refunded. */
  returnSpentPoints: z.boolean(),
  expiry: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({
      kind: z.literal('after_months'),
      months: z.int().min(1).max(120),
      endOfMonth: z.boolean(),
    }),
    z.strictObject({ kind: z.literal('inactivity_months'), months: z.int().min(1).max(120) }),
  ]),
  /** A lot never lapses before this many times 24 hours after it became available. */
  minimumLifeDays: z.int().min(0).max(365),
  /** Points that come back to a lapsed lot live to the end of this local day after. */
  graceDays: z.int().min(1).max(90),
  /** Days before points lapse on which the member is warned, the earliest first. */
  warningDays: z.array(z.int().min(1).max(180)).max(5).default([30, 7]),
  /** Days after an order's instant from which on its context does not change any more. */
  contextFinalDays: z.int().min(0).max(365).default(30),
});

export const programDocumentSchema = z
  .strictObject({
    schemaVersion: z.literal(2),
    timeZone: z
      .string()
      .max(64)
      .refine(isTimeZone, { message: 'is not a time zone', params: problem({ kind: 'no_time_zone' }) }),
    names: z.strictObject({ program: localizedText, point: localizedText, points: localizedText }),
    segments: z
      .array(segment)
      .max(100)
      .refine(uniqueIds, { message: 'a segment id is used once', params: usedTwice })
      .default([]),
    earning,
    tiers: tiersSchema.nullable().default(null),
    rewards: rewardsSchema,
    policies,
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
export type Rounding = ProgramDocument['earning']['rounding'];
