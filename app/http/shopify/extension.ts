import type { LoaderFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import type { PlatformId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { cleanText } from '~/core/values/untrusted';
import { storeByDomain, type Store } from '~/db/stores';
import { languageOf, translate, type Language } from '~/i18n/catalog';
import { isShopifyId } from '~/platforms/shopify/gid';
import { openSessionToken } from '~/process/shopify/sessionToken';
import { services } from '~/process/services';
import { readJsonBody, type BodyLimits } from '../body';
import type { StaffAnswer } from '../counter/staff';
import { problem } from '../problem';
import {
  badBody,
  limitsOfShopper,
  limitsOfStaff,
  otherMethod,
  tooOften,
  type Asked,
  type Cost,
  type ShopperAnswer,
} from '../shopper/shopper';

const bodyLimits: BodyLimits = { maxBytes: 16 * 1024, waitMs: 10_000 };

// Extensions run in a worker of Shopify's whose origin is none of the shop's. Who asks is said by the token alone,
// never by a cookie: any page may ask, and gets nothing without a token.
const cors = { 'access-control-allow-origin': '*', vary: 'origin' };
const preflight = {
  ...cors,
  'access-control-allow-headers': 'authorization, content-type',
  'access-control-max-age': '86400',
};

/** Who asks from an extension: a shopper (null: a guest), or staff at a counter. */
type Caller = { readonly store: Store; readonly language: Language } & (
  { readonly kind: 'shopper'; readonly customerId: PlatformId | null } | { readonly kind: 'staff'; readonly id: string }
);

type Method = 'GET' | 'POST';

/** The two handlers of a route that extensions of checkout and customer account ask, by the method that it has. */
export const shopperRoute = (method: Method, answer: ShopperAnswer, cost: Cost = 'read') =>
  route(method, async (caller, asked, request, now) => {
    if (caller.kind !== 'shopper') return badToken(caller.language);
    const refused = await tooOften(await services(), limitsOfShopper(request, caller, cost), caller.language, now);
    return refused ?? answer(caller, asked, now);
  });

/** The two handlers of a route that extensions of the counter ask; only staff of the shop is answered. */
export const staffRoute = (method: Method, answer: StaffAnswer) =>
  route(method, async (caller, asked, _request, now) => {
    if (caller.kind !== 'staff') return badToken(caller.language);
    const refused = await tooOften(await services(), limitsOfStaff(caller.store, caller.id), caller.language, now);
    return refused ?? answer(caller, asked, now);
  });

const namedSchema = z.object({ customer: z.string().refine(isShopifyId) });

/** What a shopper is answered, for the customer whom staff names: `customer`, in the address or the body. */
export const forCustomer =
  (answer: ShopperAnswer): StaffAnswer =>
  (staff, asked, now) => {
    const named = namedSchema.safeParse(asked.body ?? Object.fromEntries(asked.parameters));
    if (!named.success) return Promise.resolve(badBody(staff.language, 'customer'));
    return answer({ ...staff, customerId: named.data.customer, reader: 'staff' }, asked, now);
  };

type Handle = (caller: Caller, asked: Asked, request: Request, now: Instant) => Promise<Response>;

const route = (method: Method, handle: Handle) => {
  const serve = async ({ request }: LoaderFunctionArgs): Promise<Response> => {
    if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: allowing(method) });
    return withCors(request.method === method ? await answer(request, handle) : otherMethod(method)());
  };
  return { loader: serve, action: serve };
};

const allowing = (method: Method): Record<string, string> => ({
  ...preflight,
  'access-control-allow-methods': method,
});

const withCors = (response: Response): Response => {
  for (const [name, value] of Object.entries(cors)) response.headers.set(name, value);
  response.headers.set('access-control-expose-headers', 'retry-after');
  return response;
};

const answer = async (request: Request, handle: Handle): Promise<Response> => {
  const now = instant(Date.now());
  const { searchParams: parameters } = new URL(request.url);
  const language = languageOf(parameters.get('lang'));
  const caller = await callerOf(request, language);
  if (caller === null) return badToken(language);
  const asked = request.method === 'GET' ? { parameters } : { parameters, body: await readBody(request) };
  return handle(caller, asked, request, now);
};

const badToken = (language: Language): Response => problem(401, 'bad_token', translate(language, 'proxy.session_over'));

const readBody = async (request: Request): Promise<unknown> => {
  const isJson = (request.headers.get('content-type') ?? '').toLowerCase().startsWith('application/json');
  const body = isJson ? await readJsonBody(request, bodyLimits) : null;
  return body?.ok === true ? body.value : undefined;
};

// The shop stands with its scheme for staff, without it for shoppers; who issued the token is not always said.
const claimsSchema = z.object({
  dest: z
    .string()
    .transform((shop) => shop.replace(/^https:\/\//, '').toLowerCase())
    .refine((shop) => /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/.test(shop)),
  exp: z.number(),
  iss: z.string().optional(),
  sub: z.string().optional(),
});

/** Who the token of a request is for; null: it is not signed for us, past its time, or names no shop of ours. */
const callerOf = async (request: Request, language: Language): Promise<Caller | null> => {
  const token = /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  const claims = claimsSchema.safeParse(token === undefined ? null : await openSessionToken(token));
  if (!claims.success) return null;
  const { dest: domain, iss, sub } = claims.data;
  const issuer = iss?.toLowerCase();
  if (issuer !== undefined && issuer !== `https://${domain}` && !issuer.startsWith(`https://${domain}/`)) return null;
  const { database } = await services();
  const store = await storeByDomain(database.prisma, { platform: 'shopify', domain: cleanText(domain) });
  if (store === null) return null;
  if (sub === undefined) return { kind: 'shopper', store, language, customerId: null };
  const customer = /^gid:\/\/shopify\/Customer\/(\d+)$/.exec(sub)?.[1] ?? '';
  if (isShopifyId(customer)) return { kind: 'shopper', store, language, customerId: customer };
  // Only the admin's own tokens name a user by a bare number.
  const isStaff = issuer === `https://${domain}/admin` && /^\d{1,20}$/.test(sub);
  return isStaff ? { kind: 'staff', store, language, id: sub } : null;
};
