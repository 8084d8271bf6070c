import { z } from 'zod';
import { currencyCode, shopText } from '../values/fields';
import { localizedWords } from '../values/text';

const amountMinor = z.int().min(1).max(1_000_000_000).nullable();

/**
 * What a tier gives as long as a member has it. Each level lists its own, nothing is inherited from the one below.
 * `multiply`: its members' orders earn so many times the points (basis points), as one more exclusive bonus rule.
 * `free_shipping`: its members' orders are shipped at no cost, from a minimum of the goods and up to a rate (minor
 * units of `currency`; null: any). The platform does it by itself, without a code.
 * `priority_support`: a customer tag by which the shop's helpdesk knows them.
 * `words`: shown to members, done by people.
 */
export const perkSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('multiply'), basisPoints: z.int().min(10_001).max(1_000_000) }),
  z.strictObject({
    kind: z.literal('free_shipping'),
    currency: currencyCode,
    minimumSubtotalMinor: amountMinor,
    maxRateMinor: amountMinor,
  }),
  z.strictObject({ kind: z.literal('priority_support'), tag: shopText }),
  z.strictObject({ kind: z.literal('words'), text: localizedWords(120) }),
]);

export type Perk = z.infer<typeof perkSchema>;

/** Every kind of perk, as they are offered. */
export const perkKinds = [
  'multiply',
  'free_shipping',
  'priority_support',
  'words',
] as const satisfies readonly Perk['kind'][];

/** A level gives each of these once; it may say several things in words. */
export const isListedOnce = (perks: readonly Perk[]): boolean => {
  const single = perks.filter(({ kind }) => kind !== 'words');
  return new Set(single.map(({ kind }) => kind)).size === single.length;
};
