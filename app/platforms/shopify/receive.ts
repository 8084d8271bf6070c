import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { parseInstant, type Instant } from '~/core/values/instant';
import { readJson, type UnreadableJson } from '~/core/values/untrusted';
import type { Heading, MessageKeys, RawMessage, Read, Received, TurnedAway } from '~/platforms/message';
import { readTopic } from './readTopic';

const signatureHeader = 'x-shopify-hmac-sha256';

const headersSchema = z.object({
  'x-shopify-topic': z.string().min(1).max(100),
  'x-shopify-shop-domain': z.string().regex(/^[a-z0-9][a-z0-9-]*\.myshopify\.com$/i),
  'x-shopify-webhook-id': z.string().min(1).max(100),
  'x-shopify-api-version': z.string().min(1).max(20),
  'x-shopify-triggered-at': z.string().max(40).optional(),
});
const headerNames = headersSchema.keyof().options;

const refused = (status: TurnedAway['status'], sentence: string): TurnedAway => ({ kind: 'refused', status, sentence });
const unreadable = (sentence: string) => ({ kind: 'unreadable', status: 400, sentence }) as const;

/** A message whose signature is right. The body is read without losing digits. */
export type Delivery = Heading & { readonly triggeredAt: Instant | null; readonly payload: unknown };

/** Without a signature nothing of a message is read. */
export const turnAway = (header: RawMessage['header']): TurnedAway | null =>
  (header(signatureHeader) ?? '') === '' ? refused(401, 'The signature is missing.') : null;

/**
 * Opens a message: the signature, which is over the raw body, then headers and JSON. Pure. Not the library's function:
 * that one answers 500 when a token refresh fails, and calls out before it answers.
 */
export const openDelivery = (
  { header, body }: RawMessage,
  secret: string,
): TurnedAway | (Heading & Extract<Read, { kind: 'unreadable' }>) | (Delivery & { readonly kind: 'delivery' }) => {
  if (!isSigned(body, header(signatureHeader) ?? '', secret)) return refused(401, 'The signature is not valid.');
  const headers = headersSchema.safeParse(
    Object.fromEntries(headerNames.map((name) => [name, header(name) ?? undefined])),
  );
  if (!headers.success) {
    const name = String(headers.error.issues[0]?.path[0] ?? '');
    return refused(400, `The header ${name} is missing or cannot be read.`);
  }
  const heading: Heading = {
    topic: headers.data['x-shopify-topic'].toLowerCase(),
    domain: headers.data['x-shopify-shop-domain'].toLowerCase(),
    messageId: headers.data['x-shopify-webhook-id'],
  };
  const read = readJson(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8'));
  if (!read.ok) return { ...heading, ...unreadable(jsonSentence(read.error)) };
  const moment = parseInstant(headers.data['x-shopify-triggered-at'] ?? '');
  return { kind: 'delivery', ...heading, triggeredAt: moment.ok ? moment.value : null, payload: read.value };
};

/** Reads a message of one of our topics about what a shop sells and to whom. */
export const receive = (message: RawMessage, { secret, hashEmail }: MessageKeys): Received => {
  const opened = openDelivery(message, secret);
  if (opened.kind !== 'delivery') return opened;
  const { topic, domain, messageId, payload, triggeredAt } = opened;
  return { topic, domain, messageId, ...readTopic(topic, payload, hashEmail, triggeredAt) };
};

/** Reads a kept message again. When it was sent is not known any more. */
export const readAgain = (
  { topic }: Pick<Heading, 'topic'>,
  body: string,
  hashEmail: MessageKeys['hashEmail'],
): Read => {
  const read = readJson(body);
  return read.ok ? readTopic(topic, read.value, hashEmail) : unreadable(jsonSentence(read.error));
};

const jsonSentence = (error: UnreadableJson): string =>
  error.kind === 'too_deep'
    ? `The body is nested more than ${error.limit} levels deep.`
    : 'The body is not valid JSON.';

// The text is compared, not what it decodes to: a signature has one spelling.
const isSigned = (body: Uint8Array, signature: string, secret: string): boolean => {
  const expected = Buffer.from(createHmac('sha256', secret).update(body).digest('base64'));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
};
