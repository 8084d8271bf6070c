import { z } from 'zod';
import {
  currencyCode,
  documentId,
  localDays,
  minorUnits,
  platformId,
  shopText,
  uniqueIds,
  usedTwice,
  wholePoints,
} from '../values/fields';
import { localizedText, type LocalizedText } from '../values/text';
import { bonusSchema, capsSchema, type BonusRule } from './bonusSchema';

/** What the program document says about earning: rates, what is left out, bonus rules, caps. */
export const earningSchema = z.strictObject({
  /** Nothing is earned by orders placed while a version with this is in force. */
  paused: z.boolean().default(false),
  /** The first and the last day on which orders earn, in the store's zone; null: always. */
  window: localDays.nullable().default(null),
  /** `points` for every `amountMinor` of basis, one rate per currency. */
  rates: z
    .array(z.strictObject({ currency: currencyCode, points: wholePoints, amountMinor: minorUnits }))
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

/** The groups of a program. */
export const segmentsSchema = z
  .array(segment)
  .max(100)
  .refine(uniqueIds, { message: 'a segment id is used once', params: usedTwice })
  .default([]);

export type EarningRules = z.infer<typeof earningSchema>;
export type Rounding = EarningRules['rounding'];

/** What evaluating an order reads of a program document. */
export type EarningDocument = {
  readonly earning: EarningRules;
  readonly segments: z.infer<typeof segmentsSchema>;
  /** Of the tiers only what their members' orders earn more: the perk `multiply`, in basis points. */
  readonly tiers?: { readonly levels: readonly EarningLevel[] } | null;
};

type EarningLevel = {
  readonly id: string;
  readonly name: LocalizedText;
  readonly perks: readonly { readonly kind: string; readonly basisPoints?: number }[];
};

/** The id of the bonus rule that a tier's perk is. */
export const perkRuleId = (tierId: string): string => `perk-${tierId}`;

/** All bonus rules, in the order in which they win ties: the document's own, then one per tier that multiplies. */
export const bonusRules = ({ earning, tiers }: EarningDocument): readonly BonusRule[] => [
  ...earning.bonuses,
  ...(tiers?.levels ?? []).flatMap(({ id, name, perks }): readonly BonusRule[] => {
    const basisPoints = perks.find(({ kind }) => kind === 'multiply')?.basisPoints;
    if (basisPoints === undefined) return [];
    const conditions = [{ kind: 'tier' as const, tierIds: [id] }];
    const effect = { kind: 'multiply' as const, basisPoints };
    return [{ id: perkRuleId(id), name, enabled: true, stacking: 'exclusive', effect, conditions }];
  }),
];
