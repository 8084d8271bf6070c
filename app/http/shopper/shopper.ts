import type { PlatformId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { Store } from '~/db/stores';
import { translate, type Language } from '~/i18n/catalog';
import type { Reader } from '~/i18n/storefrontWords';
import type { Services } from '~/process/services';
import { addressOf, secondsToWait, type Limit } from '../limit';
import { problem } from '../problem';

/** Who asks as a shopper of a store, as the platform says it. */
export type Shopper = {
  readonly store: Store;
  /** null for guests. */
  readonly customerId: PlatformId | null;
  readonly language: Language;
  /** Staff asks for them, at the counter; left out: they ask themselves. */
  readonly reader?: Reader;
};

/** What is asked. `body`: undefined where there is none, or it was not taken. */
export type Asked = { readonly parameters: URLSearchParams; readonly body?: unknown };

/** Answers what a shopper asks; the same through every door. */
export type ShopperAnswer = (shopper: Shopper, asked: Asked, now: Instant) => Promise<Response>;

/** What a request costs: a write costs the shop a discount and some calls of its own. */
export type Cost = 'read' | 'write';

// What a shopper does by hand stays far below.
const limits = {
  read: { perSecond: 5, atOnce: 120 },
  write: { perSecond: 0.2, atOnce: 15 },
  // Many shoppers may share an address.
  address: { perSecond: 20, atOnce: 200 },
  // Staff serves one shopper after the other.
  staff: { perSecond: 5, atOnce: 120 },
} as const;

/** An answer that nobody may keep: it is about one person. */
export const shopperJson = (body: unknown, status = 200): Response =>
  Response.json(body, { status, headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } });

/** What is asked by the other method only. */
export const otherMethod = (allow: 'GET' | 'POST') => (): Response =>
  problem(405, 'bad_request', `This is a ${allow} request.`, { allow });

/** What can only be answered to somebody who is signed in. */
export const signInFirst = (language: Language): Response =>
  problem(401, 'sign_in', translate(language, 'proxy.sign_in'));

/** A body that cannot be taken; `field`: where it is wrong, as a path; empty: as a whole. */
export const badBody = (language: Language, field: string): Response =>
  problem(
    400,
    'bad_request',
    field === '' ? translate(language, 'proxy.bad_body') : translate(language, 'proxy.bad_field', { field }),
  );

/** How often a shopper may ask, by what it costs, and how often all at one address. */
export const limitsOfShopper = (
  request: Request,
  { store: { storeId }, customerId }: Pick<Shopper, 'store' | 'customerId'>,
  cost: Cost,
): readonly Limit[] => [
  { who: `address|${storeId}|${addressOf(request)}`, ...limits.address },
  ...(customerId === null ? [] : [{ who: `${cost}|${storeId}|${customerId}`, ...limits[cost] }]),
];

/** How often staff may ask. */
export const limitsOfStaff = ({ storeId }: Store, staffId: string): readonly Limit[] => [
  { who: `staff|${storeId}|${staffId}`, ...limits.staff },
];

/** The refusal of somebody who asks more often than may be; null: go on. */
export const tooOften = async (
  opened: Pick<Services, 'database' | 'deps'>,
  callers: readonly Limit[],
  language: Language,
  now: Instant,
): Promise<Response | null> => {
  const wait = await secondsToWait(opened, callers, now);
  if (wait === 0) return null;
  return problem(429, 'too_many_requests', translate(language, 'proxy.too_many_requests', { count: wait }), {
    'retry-after': String(wait),
  });
};
