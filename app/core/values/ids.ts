declare const idBrand: unique symbol;
type Id<Name extends string> = string & { readonly [idBrand]: Name };

/** Our own ids are UUIDs (version 7, made by the application; redemption ids are made by the client). */
export type ProgramId = Id<'program'>;
export type StoreId = Id<'store'>;
export type MemberId = Id<'member'>;
/** An entry's id; a lot carries the id of the entry that opened it. */
export type EntryId = Id<'entry'>;
export type RedemptionId = Id<'redemption'>;

/**
 * An id of the platform (order, line, customer, product …): a text that is its own, never a number to us. Ids are in
 * order by length, then by text (rules §2.9), so ids that are numbers are in the order of numbers, beyond 2^53, too.
 */
export type PlatformId = Id<'platform'>;

/** How an id of a platform is written; a platform's own edge may be stricter. */
export const platformIdForm = /^[A-Za-z0-9._:-]{1,64}$/;

/**
 * The platforms that a store can be on: those that have a module (`process/platforms`). `memory` is the shop that tests
 * and tools keep in memory.
 */
export const platformNames = ['shopify', 'memory'] as const;
export type PlatformName = (typeof platformNames)[number];
export const isPlatformName = (text: string): text is PlatformName => platformNames.some((name) => name === text);

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

export const isUuid = (text: string): boolean => uuid.test(text);
export const isPlatformId = (text: string): text is PlatformId => platformIdForm.test(text);

/** Names a text that is known to be an id of that kind (a row's column, a parsed payload). Checks nothing. */
export const asId = <Kind extends Id<string>>(text: string): Kind => text as Kind;

/** By length, then by text: negative when the first comes before the second. */
export const compareIds = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
