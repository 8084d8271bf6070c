import { z } from 'zod';
import { currencyCode, documentId, minorUnits } from '../values/fields';
import { localizedText } from '../values/text';

const withOrders = { orderDiscounts: z.boolean(), productDiscounts: z.boolean() };

/** With which discounts a code of the order or of products goes together. */
export const combinesWith = z.strictObject({ ...withOrders, shippingDiscounts: z.boolean() });

/** The same for a shipping code: two of them never go together. */
export const shippingCombinesWith = z.strictObject(withOrders);

/** What every reward has that turns into a code. */
export const codeFields = {
  id: documentId,
  name: localizedText,
  enabled: z.boolean(),
  currency: currencyCode,
  /** The cart's subtotal must be at least this much; null for any cart. */
  minimumSubtotalMinor: minorUnits.nullable(),
  /** Days a code can be used. */
  validDays: z.int().min(1).max(365),
};

/** The same as a type: what the rules that hold for every kind may ask of a reward. */
export type CodeReward = {
  readonly id: string;
  readonly enabled: boolean;
  readonly currency: string;
  readonly minimumSubtotalMinor: number | null;
  readonly validDays: number;
  readonly combinesWith: { readonly orderDiscounts: boolean; readonly productDiscounts: boolean };
};
