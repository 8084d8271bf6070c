import { z } from 'zod';
import { platformIdForm } from './ids';

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
export const platformId = z
  .string()
  .regex(platformIdForm, 'an id of the platform is 1 to 64 letters, digits and the signs . _ : -');
/** A text the shop uses: a tag, a type, a vendor, a channel. */
export const shopText = z.string().trim().min(1).max(255);

/** Local days from one to another, both included; null: open on that side. */
export const localDays = z
  .strictObject({ from: z.iso.date().nullable(), to: z.iso.date().nullable() })
  .refine(({ from, to }) => from === null || to === null || from <= to, {
    message: 'the last day lies before the first',
    path: ['to'],
    params: { problem: { kind: 'last_before_first' } },
  });

export type LocalDays = { readonly from: string | null; readonly to: string | null };

/** Whether a local day (yyyy-mm-dd) lies before such days, after them, or among them. */
export const placeIn = (days: LocalDays | null, isoDate: string): 'before' | 'within' | 'after' => {
  if (days?.from != null && isoDate < days.from) return 'before';
  return days?.to != null && isoDate > days.to ? 'after' : 'within';
};

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
        | 'not_whole_steps'
        | 'crossed'
        | 'copay_with_minimum'
        | 'cap_with_lines'
        | 'last_before_first'
        | 'no_day'
        | 'no_time'
        | 'same_time'
        | 'no_time_zone'
        | 'no_country'
        | 'no_color';
    }
  | { readonly kind: 'not_one_of'; readonly values: readonly string[] }
  | { readonly kind: 'unknown_fields'; readonly fields: readonly string[] }
  | { readonly kind: 'unknown_id'; readonly id: string }
  /** A tier asks for no more than the one below it: that one's id, and what it asks for. */
  | { readonly kind: 'not_rising'; readonly below: string; readonly threshold: number }
  /** Points of the last day of earning could be spent for fewer days than the program promises. */
  | { readonly kind: 'life_too_short'; readonly last: string; readonly days: number; readonly earliest: string };

/** Named by a rule of the document's schema, in the `params` of its refinement. */
export const problem = (named: DocumentProblem): { readonly problem: DocumentProblem } => ({ problem: named });

/** Says of a list that a name stands in it twice. */
export const usedTwice = problem({ kind: 'used_twice' });
