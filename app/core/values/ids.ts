declare const idBrand: unique symbol;
type Id<Name extends string> = string & { readonly [idBrand]: Name };

/** Our own ids are UUIDs (version 7, made by the application; redemption ids are made by the client). */
export type ProgramId = Id<'program'>;
export type StoreId = Id<'store'>;
export type MemberId = Id<'member'>;
/** An entry's id; a lot carries the id of the entry that opened it. */
export type EntryId = Id<'entry'>;
export type RedemptionId = Id<'redemption'>;

/** An id of the platform (order, line, customer, product …): a string of digits, exact beyond 2^53. */
export type PlatformId = Id<'platform'>;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const digits = /^\d{1,20}$/;

export const isUuid = (text: string): boolean => uuid.test(text);
export const isPlatformId = (text: string): text is PlatformId => digits.test(text);

/** Names a text that is known to be an id of that kind (a row's column, a parsed payload). Checks nothing. */
export const asId = <Kind extends Id<string>>(text: string): Kind => text as Kind;
