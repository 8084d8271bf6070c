import { z } from 'zod';

/**
 * The small words of the program document. Factors are limited so that every product of them stays exact (see
 * `values/ratio`).
 */
export const localizedText = z.strictObject({
  en: z.string().trim().min(1).max(60),
  it: z.string().trim().min(1).max(60),
  de: z.string().trim().min(1).max(60),
  fr: z.string().trim().min(1).max(60),
  es: z.string().trim().min(1).max(60),
});

export const currencyCode = z.string().regex(/^[A-Z]{3}$/, 'a currency is three capital letters, such as EUR');
export const wholePoints = z.int().min(1).max(1_000_000);
export const minorUnits = z.int().min(1).max(1_000_000_000);
/** An id that the document gives: of a reward, a bonus rule, a tier, a segment. */
export const documentId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'an id is lower-case letters, digits and hyphens');
/** An id of the platform. */
export const platformId = z.string().regex(/^\d{1,20}$/, 'an id of the platform is a number, written as text');
/** A text the shop uses: a tag, a type, a vendor, a channel. */
export const shopText = z.string().trim().min(1).max(255);

/** A list whose members have ids that are used once. */
export const uniqueIds = (items: readonly { readonly id: string }[]): boolean =>
  new Set(items.map(({ id }) => id)).size === items.length;
