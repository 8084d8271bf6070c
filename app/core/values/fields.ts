import { z } from 'zod';

/**
 * The small words of the program document, from which each room makes its section. Factors are limited so that every
 * product of them stays exact (see `values/ratio`).
 */
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

/**
 * What is wrong with a value, for every surface to say in its own words. Numbers are as in the document (minor units,
 * points).
 */
export type DocumentProblem =
  | { readonly kind: 'too_small' | 'too_big'; readonly limit: number; readonly of: 'number' | 'text' | 'list' }
  | {
      readonly kind:
        | 'not_whole'
        | 'missing'
        | 'unreadable'
        | 'used_twice'
        | 'not_rising'
        | 'not_whole_steps'
        | 'crossed'
        | 'no_time_zone'
        | 'no_country';
    }
  | { readonly kind: 'not_one_of'; readonly values: readonly string[] }
  | { readonly kind: 'unknown_fields'; readonly fields: readonly string[] }
  | { readonly kind: 'unknown_id'; readonly id: string };

/** Named by a rule of the document's schema, in the `params` of its refinement. */
export const problem = (named: DocumentProblem): { readonly problem: DocumentProblem } => ({ problem: named });

/** Says of a list that a name stands in it twice. */
export const usedTwice = problem({ kind: 'used_twice' });
