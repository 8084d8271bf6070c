import { createHmac, timingSafeEqual } from 'node:crypto';
import { json } from '@remix-run/node';
import { addressOf, secondsToWait } from '../limit';
import { problem } from '../problem';
import { readJsonBody, type BodyLimits } from '../body';
import { cleanText } from '~/core/values/untrusted';
import type { PlatformId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { storeByDomain, type Store } from '~/db/stores';
import { environment } from '~/env.server';
import { languageOf, translate, type Language } from '~/i18n/catalog';
import { isShopifyId } from '~/platforms/shopify/gid';
import { services } from '~/process/services';

const toleranceSeconds = 90;
const bodyLimits: BodyLimits = { maxBytes: 16 * 1024, waitMs: 10_000 };
// What a shopper does by hand stays far below; a write costs the shop a discount and some calls of its own.
const limits = {
  read: { perSecond: 5, atOnce: 120 },
  write: { perSecond: 0.2, atOnce: 15 },
  // Many shoppers may share an address.
  address: { perSecond: 20, atOnce: 200 },
} as const;
const once = ['shop', 'signature', 'timestamp', 'hmac', 'logged_in_customer_id', 'path_prefix'];

/** A request that came through a shop's app proxy, with the customer whom the platform says is signed in. */
export type ProxyRequest = {
  readonly store: Store;
  /** From the signed parameters only; null for guests. */
  readonly customerId: PlatformId | null;
  readonly language: Language;
};

/** An answer that nobody may keep: it is about one person. */
export const proxyJson = (body: unknown, status = 200): Response =>
  json(body, { status, headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } });

/** What is asked by the other method only. */
export const proxyMethod = (allow: 'GET' | 'POST') => (): Response =>
  problem(405, 'bad_request', `This is a ${allow} request.`, { allow });

/**
 * Checks the signature of an app-proxy request over its bytes, that it is not old, and that its sender does not ask too
 * often (`kind`: of what it costs). Answers the refusal or the request. Not the library's check: that one sorts
 * parameters by locale and renews tokens meanwhile.
 */
export const receiveProxy = async (
  request: Request,
  now: Instant,
  kind: 'read' | 'write' = 'read',
): Promise<ProxyRequest | Response> => {
  const parameters = new URL(request.url).searchParams;
  const repeated = once.find((name) => parameters.getAll(name).length > 1);
  if (repeated !== undefined)
    return problem(400, 'bad_signature', `The parameter ${repeated} is given more than once.`);
  if (!isSigned(parameters)) return problem(400, 'bad_signature', 'The signature of the shop is missing or not valid.');
  const timestamp = Number(parameters.get('timestamp'));
  if (!Number.isInteger(timestamp) || Math.abs(now / 1000 - timestamp) > toleranceSeconds) {
    return problem(400, 'old_request', 'The request is too old.');
  }
  const domain = cleanText(parameters.get('shop') ?? '');
  const opened = await services();
  const store = await storeByDomain(opened.database.prisma, { platform: 'shopify', domain });
  if (store === null) return problem(404, 'unknown_shop', 'This shop has no loyalty program.');
  const customer = parameters.get('logged_in_customer_id') ?? '';
  const language = languageOf(parameters.get('lang'));
  const customerId = isShopifyId(customer) ? customer : null;
  const callers = [
    { who: `address|${store.storeId}|${addressOf(request)}`, ...limits.address },
    ...(customerId === null ? [] : [{ who: `${kind}|${store.storeId}|${customerId}`, ...limits[kind] }]),
  ];
  const wait = await secondsToWait(opened, callers, now);
  if (wait > 0) return tooMany(wait, language);
  return { store, customerId, language };
};

const tooMany = (wait: number, language: Language): Response =>
  problem(429, 'too_many_requests', translate(language, 'proxy.too_many_requests', { count: wait }), {
    'retry-after': String(wait),
  });

const isSigned = (parameters: URLSearchParams): boolean => {
  // The text is compared, not what it decodes to: a signature has one spelling.
  const given = Buffer.from(parameters.get('signature') ?? '');
  const names = [...new Set(parameters.keys())].filter((name) => name !== 'signature' && name !== 'hmac');
  const message = names
    .map((name) => `${name}=${parameters.getAll(name).join(',')}`)
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .join('');
  const expected = Buffer.from(createHmac('sha256', environment().SHOPIFY_API_SECRET).update(message).digest('hex'));
  return given.length === expected.length && timingSafeEqual(given, expected);
};

/**
 * The JSON body of a write. Only a page of the shop itself can send it: the header cannot be set from another
 * origin without asking first, which the proxy does not allow. undefined: refused.
 */
export const readProxyBody = async (request: Request): Promise<unknown> => {
  const sameOrigin = request.headers.get('x-fidelio') === '1';
  const isJson = (request.headers.get('content-type') ?? '').toLowerCase().startsWith('application/json');
  if (!sameOrigin || !isJson) return undefined;
  const body = await readJsonBody(request, bodyLimits);
  return body.ok ? body.value : undefined;
};
