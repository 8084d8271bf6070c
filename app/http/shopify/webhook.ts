import { createHmac, timingSafeEqual } from 'node:crypto';
import { json } from '@remix-run/node';
import { z } from 'zod';
import { createByteBudget, statusOfBody, withBody, type BodyLimits, type BodyRefusal } from '../body';
import { liesAhead } from '~/core/orders/plausible';
import { instant, parseInstant, type Instant } from '~/core/values/instant';
import { readJson, type UnreadableJson } from '~/core/values/untrusted';
import { isAboutData } from '~/db/inTransaction';
import { storeByDomain, type Store } from '~/db/stores';
import { forgetDelivery, unreadableBody } from '~/db/unreadable';
import { effectsOf } from '~/platforms/shopify/receive';
import { environment } from '~/env.server';
import { log } from '~/process/log';
import { keepPrivacyMessage } from './privacy';
import { privacyKindOf } from '~/platforms/shopify/privacyPayload';
import { services } from '~/process/services';
import { followApp } from '~/usecases/followApp';
import type { Effect } from '~/usecases/effects/effect';
import { readOrderLater } from '~/usecases/effects/readOrder';
import { settleOrderLater } from '~/usecases/effects/settleOrder';
import { askedOrderOf, keepUnreadable } from '~/usecases/keepUnreadable';

// The platform gives up after five seconds. All bodies in flight together are a small part of what the process may use;
// several hundred orders of usual size have room in it.
const limits: BodyLimits = { maxBytes: 5 * 1024 * 1024, waitMs: 3_000, budget: createByteBudget(24 * 1024 * 1024) };
const retryAfterSeconds = 5;

/** A delivery whose signature is right. The body is read without losing digits. */
export type Delivery = {
  readonly topic: string;
  readonly domain: string;
  readonly webhookId: string;
  readonly triggeredAt: string | null;
  readonly payload: unknown;
  /** The text of the payload as it was signed. */
  readonly body: string;
};

const refusal = (status: number, sentence: string, more: Readonly<Record<string, string>> = {}): Response =>
  json(
    { error: sentence },
    { status, headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...more } },
  );

const signatureHeader = 'x-shopify-hmac-sha256';

const headersSchema = z.object({
  'x-shopify-topic': z.string().min(1).max(100),
  'x-shopify-shop-domain': z.string().regex(/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/i),
  'x-shopify-webhook-id': z.string().min(1).max(100),
  'x-shopify-api-version': z.string().min(1).max(20),
  'x-shopify-triggered-at': z.string().max(40).optional(),
});

/** A webhook is sent, never looked up. */
export const webhookLoader = (): Response => refusal(405, 'A webhook is a POST request.', { allow: 'POST' });

/**
 * Receives a webhook: nothing of the body before a signature is there, nothing else before it is right, then headers
 * and JSON. Answers the refusal (405, 401, 408, 413, 503, 400) or hands the delivery to `handle`. What was signed and
 * cannot be read is kept for Health. Not the library's function: that one answers 500 when a token refresh fails, and
 * calls out before it answers.
 */
export const receiveWebhook = async (
  request: Request,
  handle: (delivery: Delivery) => Promise<Response | null>,
): Promise<Response> => {
  if (request.method !== 'POST') return webhookLoader();
  const signature = request.headers.get(signatureHeader) ?? '';
  if (signature === '') return refusal(401, 'The signature is missing.');
  const answered = await withBody(request, limits, (body) => receiveBody(request, signature, body, handle));
  return answered.ok ? answered.value : refusedBody(answered.error);
};

const refusedBody = ({ kind }: BodyRefusal): Response => {
  const status = statusOfBody[kind];
  switch (kind) {
    case 'too_large':
      return refusal(status, `The body is larger than ${limits.maxBytes} bytes.`);
    case 'too_slow':
      return refusal(status, 'The body did not come in time.');
    case 'too_busy':
      return refusal(status, 'Too much is being received. Send it again.', {
        'retry-after': String(retryAfterSeconds),
      });
    case 'unreadable':
      return refusal(status, 'The body cannot be read.');
  }
};

const receiveBody = async (
  request: Request,
  signature: string,
  bytes: Buffer,
  handle: (delivery: Delivery) => Promise<Response | null>,
): Promise<Response> => {
  if (!isSigned(bytes, signature)) return refusal(401, 'The signature is not valid.');
  const headers = headersSchema.safeParse(Object.fromEntries(request.headers));
  if (!headers.success) {
    return refusal(400, `The header ${String(headers.error.issues[0]?.path[0] ?? '')} is missing or cannot be read.`);
  }
  const body = bytes.toString('utf8');
  const read = readJson(body);
  const delivery: Delivery = {
    topic: headers.data['x-shopify-topic'].toLowerCase(),
    domain: headers.data['x-shopify-shop-domain'].toLowerCase(),
    webhookId: headers.data['x-shopify-webhook-id'],
    triggeredAt: headers.data['x-shopify-triggered-at'] ?? null,
    payload: read.ok ? read.value : null,
    body,
  };
  if (!read.ok) return unreadable(delivery, jsonSentence(read.error), 400);
  try {
    const answer = await handle(delivery);
    log.debug({ topic: delivery.topic, webhookId: delivery.webhookId }, 'webhook');
    return answer ?? new Response(null, { status: 200 });
  } catch (error) {
    // What the database refuses as data, it refuses however often it is sent.
    if (isAboutData(error)) return unreadable(delivery, 'The message has a value that cannot be stored.');
    throw error;
  }
};

const jsonSentence = (error: UnreadableJson): string =>
  error.kind === 'too_deep'
    ? `The body is nested more than ${error.limit} levels deep.`
    : 'The body is not valid JSON.';

// The text is compared, not what it decodes to: a signature has one spelling.
const isSigned = (body: Buffer, signature: string): boolean => {
  const expected = Buffer.from(createHmac('sha256', environment().SHOPIFY_API_SECRET).update(body).digest('base64'));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
};

/**
 * Keeps a signed delivery that cannot be read, for the Health of its store, and answers why. The sentence holds nothing
 * personal. Of a shop that has not opened the app nothing is kept: nobody could look at it.
 */
export const unreadable = async (delivery: Delivery, sentence: string, status = 422): Promise<Response> => {
  const { topic, webhookId, body } = delivery;
  log.warn({ topic, webhookId, sentence }, 'webhook refused: the payload cannot be read');
  const store = await storeOf(delivery);
  if (store !== null) {
    const { deps } = await services();
    const { programId, storeId } = store;
    await keepUnreadable(deps, { programId, storeId, topic, webhookId, reason: sentence }, body, instant(Date.now()));
  }
  return refusal(status, sentence);
};

// Which tenant a shop belongs to hardly ever changes, and asking costs the round trip that the answer must not have.
const remembered = new Map<string, { readonly store: Store; readonly until: number }>();
const rememberMs = 60_000;

/** The store of a delivery; null when the shop has not opened the app yet (nothing is expected of us then). */
const storeOf = async ({ domain }: Pick<Delivery, 'domain'>): Promise<Store | null> => {
  const known = remembered.get(domain);
  if (known !== undefined && known.until > Date.now()) return known.store;
  const store = await storeByDomain((await services()).database.prisma, domain);
  if (store !== null) remembered.set(domain, { store, until: Date.now() + rememberMs });
  else remembered.delete(domain);
  return store;
};

/**
 * Receives a webhook about what a shop sells and to whom: what follows from it goes on the queue, in one round trip.
 */
export const receiveForStore = (request: Request): Promise<Response> =>
  receiveWebhook(request, async (delivery) => {
    const store = await storeOf(delivery);
    if (store === null) {
      log.info({ topic: delivery.topic, shop: delivery.domain }, 'webhook of a shop that has not opened the app');
      return null;
    }
    const { deps } = await services();
    const effects = await effectsNow(delivery, store);
    if (typeof effects === 'string') return unreadable(delivery, effects);
    await deps.enqueue(effects);
    return null;
  });

const momentOf = (text: string | null): Instant | null => {
  const moment = text === null ? null : parseInstant(text);
  return moment?.ok === true && moment.value <= Date.now() ? moment.value : null;
};

/** What a delivery leads to, as of now, or the sentence that says why it cannot be read. */
const effectsNow = async (
  { topic, payload, triggeredAt }: Pick<Delivery, 'topic' | 'payload' | 'triggeredAt'>,
  store: Store,
): Promise<readonly Effect[] | string> => {
  const { deps } = await services();
  const { programId, storeId, domain } = store;
  const effects = effectsOf(
    topic,
    payload,
    { programId, storeId, domain },
    deps.secrets.hashEmail,
    momentOf(triggeredAt),
  );
  if (typeof effects === 'string') return effects;
  const now = instant(Date.now());
  const ahead = effects.some((effect) => settleOrderLater.is(effect) && liesAhead(effect.snapshot, now));
  return ahead ? 'The order has a date that lies more than a day ahead.' : effects;
};

/**
 * Reads a kept delivery again, as Health asks for it after a mend; it is forgotten when it could be read. False: it
 * still cannot, or is gone.
 */
export const readAgain = async (store: Store, id: string): Promise<boolean> => {
  const { deps } = await services();
  const kept = await unreadableBody(deps.database.prisma, store.programId, id);
  if (kept === null) return false;
  if (!(await actAgain(store, kept.topic, kept.webhookId, kept.body === null ? null : deps.secrets.decrypt(kept.body))))
    return false;
  await forgetDelivery(deps.database.prisma, store.programId, id);
  return true;
};

const actAgain = async (store: Store, topic: string, webhookId: string, body: string | null): Promise<boolean> => {
  const { deps } = await services();
  const orderId = askedOrderOf(webhookId);
  if (orderId !== null) {
    const { programId, storeId, domain } = store;
    await deps.enqueue([
      readOrderLater.of({
        store: { programId, storeId, domain },
        orderId,
        newerThan: instant(8.64e15),
        delaySeconds: 0,
      }),
    ]);
    return true;
  }
  const read = body === null ? null : readJson(body);
  if (read?.ok !== true) return false;
  if (privacyKindOf(topic) !== null)
    return keepPrivacyMessage({ topic, domain: store.domain, webhookId, payload: read.value });
  if (topic.startsWith('app/'))
    return (await followApp(deps, store.domain, topic, read.value, instant(Date.now()))) === null;
  const effects = await effectsNow({ topic, payload: read.value, triggeredAt: null }, store);
  if (typeof effects === 'string') return false;
  await deps.enqueue(effects);
  return true;
};
