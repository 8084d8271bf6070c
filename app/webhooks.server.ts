import { createHmac, timingSafeEqual } from 'node:crypto';
import { json } from '@remix-run/node';
import { z } from 'zod';
import { instant } from './core/values/instant';
import { storeByDomain, type Store } from './db/stores';
import { forgetDelivery, unreadableBody } from './db/unreadable';
import { effectsOf } from './deliveries.server';
import { environment } from './env.server';
import { log } from './log.server';
import { parseLossless } from './platforms/shopify/losslessJson';
import { services } from './services.server';
import { keepUnreadable } from './usecases/keepUnreadable';

const bodyMaxBytes = 5 * 1024 * 1024;
const drainMaxBytes = 8 * bodyMaxBytes;

/** A delivery whose signature is right. The body is read without losing digits. */
export type Delivery = {
  readonly topic: string;
  readonly domain: string;
  readonly webhookId: string;
  readonly triggeredAt: string | null;
  readonly payload: unknown;
};

const refusal = (status: number, sentence: string): Response => json({ error: sentence }, { status });

const headersSchema = z.object({
  'x-shopify-hmac-sha256': z.string().min(1),
  'x-shopify-topic': z.string().min(1).max(100),
  'x-shopify-shop-domain': z.string().regex(/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/i),
  'x-shopify-webhook-id': z.string().min(1).max(100),
  'x-shopify-api-version': z.string().min(1).max(20),
  'x-shopify-triggered-at': z.string().max(40).optional(),
});

/**
 * Receives a webhook: the signature over the raw body before anything else, then headers and JSON. Answers
 * the refusal (405, 413, 401, 400) or hands the delivery to `handle`. Not the library's function: that one
 * answers 500 when a token refresh fails, and calls out before it answers.
 */
export const receiveWebhook = async (request: Request, handle: (delivery: Delivery) => Promise<Response | null>): Promise<Response> => {
  if (request.method !== 'POST') return refusal(405, 'A webhook is a POST request.');
  const body = await readBody(request);
  if (body === null) return refusal(413, `The body is larger than ${bodyMaxBytes} bytes.`);
  const signature = request.headers.get('x-shopify-hmac-sha256');
  if (signature !== null && !isSigned(body, signature)) return refusal(401, 'The signature is not valid.');
  const headers = headersSchema.safeParse(Object.fromEntries(request.headers));
  if (!headers.success) {
    return refusal(400, `The header ${String(headers.error.issues[0]?.path[0] ?? '')} is missing or cannot be read.`);
  }
  const topic = headers.data['x-shopify-topic'].toLowerCase();
  const webhookId = headers.data['x-shopify-webhook-id'];
  const payload = parseBody(body);
  if (payload === undefined) {
    log.warn({ topic, webhookId }, 'webhook refused: the body is not JSON');
    return refusal(400, 'The body is not valid JSON.');
  }
  const domain = headers.data['x-shopify-shop-domain'].toLowerCase();
  const triggeredAt = headers.data['x-shopify-triggered-at'] ?? null;
  const answer = await handle({ topic, domain, webhookId, triggeredAt, payload });
  log.debug({ topic, webhookId }, 'webhook');
  return answer ?? new Response(null, { status: 200 });
};

/**
 * The raw bytes, or null when there are too many. Never holds more than the limit; what is beyond it is read
 * and dropped for a while, so that the sender can finish and hear why.
 */
const readBody = async (request: Request): Promise<Buffer | null> => {
  if (Number(request.headers.get('content-length') ?? 0) > drainMaxBytes) return null;
  const parts: Uint8Array[] = [];
  let bytes = 0;
  const reader = request.body?.getReader();
  while (reader !== undefined && bytes <= drainMaxBytes) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
    if (bytes <= bodyMaxBytes) parts.push(value);
  }
  return bytes > bodyMaxBytes ? null : Buffer.concat(parts);
};

const isSigned = (body: Buffer, signature: string): boolean => {
  const expected = createHmac('sha256', environment().SHOPIFY_API_SECRET).update(body).digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
};

const parseBody = (body: Buffer): unknown => {
  try {
    // A zero character has no place in any text of ours, and the database cannot hold it.
    return parseLossless(body.toString('utf8').replaceAll('\\u0000', ''));
  } catch {
    return undefined;
  }
};

/** Logs and refuses a payload that has not the expected shape. The sentence holds nothing personal. */
export const unreadable = (delivery: Delivery, sentence: string): Response => {
  log.warn({ topic: delivery.topic, webhookId: delivery.webhookId, sentence }, 'webhook refused: the payload cannot be read');
  return refusal(422, sentence);
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

/** Receives a webhook about what a shop sells and to whom: what follows from it goes on the queue, in one round trip. */
export const receiveForStore = (request: Request): Promise<Response> =>
  receiveWebhook(request, async (delivery) => {
    const store = await storeOf(delivery);
    if (store === null) {
      log.info({ topic: delivery.topic, shop: delivery.domain }, 'webhook of a shop that has not opened the app');
      return null;
    }
    const { deps } = await services();
    const ref = { programId: store.programId, storeId: store.storeId, domain: store.domain };
    const effects = effectsOf(delivery.topic, delivery.payload, ref, deps.secrets.hashEmail);
    if (typeof effects === 'string') {
      const kept = { ...ref, topic: delivery.topic, webhookId: delivery.webhookId, reason: effects };
      await keepUnreadable(deps, kept, JSON.stringify(delivery.payload), instant(Date.now()));
      return unreadable(delivery, effects);
    }
    await deps.enqueue(effects);
    return null;
  });

/** Reads a kept delivery again, as Health asks for it after a mend; it is forgotten when it could be read. False: it still cannot, or is gone. */
export const readAgain = async (store: Store, id: string): Promise<boolean> => {
  const { deps } = await services();
  const { programId, storeId, domain } = store;
  const kept = await unreadableBody(deps.database.prisma, programId, id);
  if (kept === null) return false;
  const effects = effectsOf(kept.topic, parseLossless(deps.secrets.decrypt(kept.body)), { programId, storeId, domain }, deps.secrets.hashEmail);
  if (typeof effects === 'string') return false;
  await deps.enqueue(effects);
  await forgetDelivery(deps.database.prisma, programId, id);
  return true;
};
