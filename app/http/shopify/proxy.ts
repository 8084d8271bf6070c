import { createHmac, timingSafeEqual } from 'node:crypto';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { cleanText } from '~/core/values/untrusted';
import { instant, type Instant } from '~/core/values/instant';
import { storeByDomain } from '~/db/stores';
import { environment } from '~/env.server';
import { languageOf } from '~/i18n/catalog';
import { isShopifyId } from '~/platforms/shopify/gid';
import { services } from '~/process/services';
import { readJsonBody, type BodyLimits } from '../body';
import { problem } from '../problem';
import {
  limitsOfShopper,
  otherMethod,
  tooOften,
  type Cost,
  type Shopper,
  type ShopperAnswer,
} from '../shopper/shopper';

const toleranceSeconds = 90;
const bodyLimits: BodyLimits = { maxBytes: 16 * 1024, waitMs: 10_000 };
const once = ['shop', 'signature', 'timestamp', 'hmac', 'logged_in_customer_id', 'path_prefix'];

/** The two handlers of a route that pages of the shop ask through the app proxy, by the method that it has. */
export const proxyRoute = (method: 'GET' | 'POST', answer: ShopperAnswer, cost: Cost = 'read') => {
  const handle = async ({ request }: LoaderFunctionArgs): Promise<Response> => {
    if (method === 'POST' && request.method !== 'POST') return otherMethod('POST')();
    const now = instant(Date.now());
    const shopper = await receiveProxy(request, now, cost);
    if (shopper instanceof Response) return shopper;
    const { searchParams: parameters } = new URL(request.url);
    const asked = method === 'GET' ? { parameters } : { parameters, body: await readProxyBody(request) };
    return answer(shopper, asked, now);
  };
  const refuse = () => Promise.resolve(otherMethod(method)());
  return method === 'GET' ? { loader: handle, action: refuse } : { loader: refuse, action: handle };
};

/**
 * Checks the signature of an app-proxy request over its bytes, that it is not old, and that its sender does not ask too
 * often. Answers the refusal, or who is signed in, from the signed parameters only. Not the library's check: that one
 * sorts parameters by locale and renews tokens meanwhile.
 */
const receiveProxy = async (request: Request, now: Instant, cost: Cost): Promise<Shopper | Response> => {
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
  const shopper = { store, customerId: isShopifyId(customer) ? customer : null, language };
  return (await tooOften(opened, limitsOfShopper(request, shopper, cost), language, now)) ?? shopper;
};

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
const readProxyBody = async (request: Request): Promise<unknown> => {
  const sameOrigin = request.headers.get('x-fidelio') === '1';
  const isJson = (request.headers.get('content-type') ?? '').toLowerCase().startsWith('application/json');
  if (!sameOrigin || !isJson) return undefined;
  const body = await readJsonBody(request, bodyLimits);
  return body.ok ? body.value : undefined;
};
