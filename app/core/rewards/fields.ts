import { z } from 'zod';
import { currencyCode, documentId, minorUnits, platformId, problem, usedTwice } from '../values/fields';
import { localizedText, type LocalizedText } from '../values/text';
import { conditionFields, type RewardConditions } from './conditions';

/** From how many variants, or from how many collections, of the shop a reward chooses at most; of products, more. */
export const thingsMost = 20;
export const productsMost = 100;

/** Ids of the shop's things, each named once. */
export const thingIds = (most = thingsMost) =>
  z
    .array(platformId)
    .max(most)
    .refine((all) => new Set(all).size === all.length, { message: 'an id is named once', params: usedTwice });

/** Says that nothing is chosen where something has to be. */
export const oneMissing = {
  message: 'at least one has to be chosen',
  params: problem({ kind: 'too_small', limit: 1, of: 'list' }),
};

const withOrders = { orderDiscounts: z.boolean(), productDiscounts: z.boolean() };

/** With which discounts a code of the order or of products goes together. */
export const combinesWith = z.strictObject({ ...withOrders, shippingDiscounts: z.boolean() });

/** The same for a shipping code: two of them never go together. */
export const shippingCombinesWith = z.strictObject(withOrders);

/** What every reward has, whatever it turns into. */
export const rewardFields = { id: documentId, name: localizedText, enabled: z.boolean(), ...conditionFields };

/** What every reward has that turns into a code. */
export const codeFields = {
  ...rewardFields,
  currency: currencyCode,
  /** The cart's subtotal must be at least this much; null for any cart. */
  minimumSubtotalMinor: minorUnits.nullable(),
  /** Days a code can be used. */
  validDays: z.int().min(1).max(365),
};

/** The same as a type: what the rules that hold for every kind may ask of a reward. */
export type AnyReward = RewardConditions & {
  readonly id: string;
  readonly name: LocalizedText;
  readonly enabled: boolean;
};

/** … and for every kind that turns into a code. */
export type CodeReward = AnyReward & {
  readonly currency: string;
  readonly minimumSubtotalMinor: number | null;
  readonly validDays: number;
  readonly combinesWith: { readonly orderDiscounts: boolean; readonly productDiscounts: boolean };
};
