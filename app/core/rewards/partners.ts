import { z } from 'zod';
import { currencyCode, minorUnits } from '../values/fields';
import { platformIdForm } from '../values/ids';
import type { PartnerCost } from './grants';

/** An id that a partner gives an item of its catalogue. */
export const partnerItemId = z
  .string()
  .regex(platformIdForm, 'an item is 1 to 64 letters, digits and the signs . _ : -');

/** What a partner's item costs the merchant. */
export const partnerCost = z.strictObject({ amountMinor: minorUnits, currency: currencyCode });

/** Something that a partner has, as its catalogue says. */
export type PartnerItem = { readonly itemId: string; readonly name: string; readonly cost: PartnerCost };

/**
 * Whether a partner asks more for an item than the merchant agreed to: 10 % above the catalogue is too much, and
 * another currency is none that was agreed to.
 */
export const isTooDear = (asked: PartnerCost, agreed: PartnerCost): boolean =>
  asked.currency !== agreed.currency || asked.amountMinor * 10 >= agreed.amountMinor * 11;
