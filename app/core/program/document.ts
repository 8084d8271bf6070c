import { z } from 'zod';

/**
 * The program document: all settings and rules of a program, versioned. Published versions never change.
 * Factors are limited here so that every product of them stays exact (see `values/ratio`).
 */

const localizedText = z.strictObject({
  en: z.string().trim().min(1).max(60),
  it: z.string().trim().min(1).max(60),
  de: z.string().trim().min(1).max(60),
  fr: z.string().trim().min(1).max(60),
  es: z.string().trim().min(1).max(60),
});

const currency = z.string().regex(/^[A-Z]{3}$/, 'a currency is three capital letters, such as EUR');
const wholePoints = z.int().min(1).max(1_000_000);
const minorUnits = z.int().min(1).max(1_000_000_000);

const combinesWith = z.strictObject({
  orderDiscounts: z.boolean(),
  productDiscounts: z.boolean(),
  shippingDiscounts: z.boolean(),
});

const rewardBase = {
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'a reward id is lower-case letters, digits and hyphens'),
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

/** An amount of the shopper's choice: every `stepPoints` are worth `stepAmountMinor`, from `minPoints` to `maxPoints`. */
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
    path: ['stepPoints'],
  })
  .refine((reward) => reward.minPoints <= reward.maxPoints, {
    message: 'the smallest choice must not exceed the largest',
    path: ['minPoints'],
  });

export const rewardSchema = z.discriminatedUnion('kind', [amountOffSchema, chosenAmountOffSchema]);

const earning = z.strictObject({
  /** `points` for every `amountMinor` of basis, one rate per currency. */
  rates: z
    .array(z.strictObject({ currency, points: wholePoints, amountMinor: minorUnits }))
    .max(200)
    .refine((rates) => new Set(rates.map((rate) => rate.currency)).size === rates.length, {
      message: 'a currency has one rate',
    }),
  rounding: z.enum(['floor', 'nearest', 'ceil']),
  awardMoment: z.enum(['paid', 'fulfilled']),
  /** Days after the order's instant until its points can be spent. */
  holdDays: z.int().min(0).max(365),
  includeTax: z.boolean(),
  includeShipping: z.boolean(),
  /** What earns nothing. Channels and customer tags exclude the whole order, shipping too. */
  exclude: z.strictObject({
    productIds: z.array(z.string().regex(/^\d{1,20}$/)).max(1000),
    vendors: z.array(z.string().min(1).max(255)).max(200),
    channels: z.array(z.string().min(1).max(255)).max(50),
    customerTags: z.array(z.string().min(1).max(255)).max(200),
  }),
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
  ]),
  /** A lot never lapses before this many times 24 hours after it became available. */
  minimumLifeDays: z.int().min(0).max(365),
  /** Points that come back to a lapsed lot live to the end of this local day after. */
  graceDays: z.int().min(1).max(90),
});

export const programDocumentSchema = z.strictObject({
  schemaVersion: z.literal(1),
  timeZone: z.string().min(1).max(64),
  names: z.strictObject({ program: localizedText, point: localizedText, points: localizedText }),
  earning,
  rewards: z
    .array(rewardSchema)
    .max(100)
    .refine((rewards) => new Set(rewards.map((reward) => reward.id)).size === rewards.length, {
      message: 'a reward id is used once',
    }),
  policies,
});

export type ProgramDocument = z.infer<typeof programDocumentSchema>;
export type Reward = z.infer<typeof rewardSchema>;
export type RewardKind = Reward['kind'];
export type Rounding = ProgramDocument['earning']['rounding'];
