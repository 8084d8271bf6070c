import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { isPlatformId } from '~/core/values/ids';
import { readJson } from '~/core/values/untrusted';
import type { Heading, MessageKeys, RawMessage, Read, Received, ShopMessage, TurnedAway } from '../message';

const signatureHeader = 'x-memory-signature';

const sign = (body: Uint8Array, secret: string): string => createHmac('sha256', secret).update(body).digest('hex');

/** A message as a shop in memory sends it: what it tells, in our own words, signed. */
export const memoryMessage = (
  heading: Heading,
  told: ShopMessage | { readonly kind: 'nonsense' },
  secret: string,
): RawMessage => {
  const body = Buffer.from(JSON.stringify({ ...heading, told }));
  const headers: Readonly<Record<string, string>> = { [signatureHeader]: sign(body, secret) };
  return { header: (name) => headers[name] ?? null, body };
};

// Only the kind and the ids are looked at: the rest was written by the shop above.
const id = z.string().refine(isPlatformId);
const toldSchema = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('order'), snapshot: z.looseObject({ orderId: id }) }),
  z.looseObject({ kind: z.literal('order_changed'), orderId: id }),
  z.looseObject({ kind: z.literal('customer'), customerId: id }),
  z.looseObject({ kind: z.literal('labels'), change: z.looseObject({ customerId: id }) }),
  z.looseObject({ kind: z.literal('customers_merged'), gone: id, kept: id }),
  z.looseObject({ kind: z.literal('product_changed'), productId: id }),
]);
const headingSchema = z.object({ domain: z.string(), topic: z.string(), messageId: z.string() });

export const turnAway = (header: RawMessage['header']): TurnedAway | null =>
  header(signatureHeader) === null ? { kind: 'refused', status: 401, sentence: 'The signature is missing.' } : null;

export const receive = ({ header, body }: RawMessage, { secret }: MessageKeys): Received => {
  if (header(signatureHeader) !== sign(body, secret))
    return { kind: 'refused', status: 401, sentence: 'The signature is not valid.' };
  const text = Buffer.from(body).toString('utf8');
  const read = readJson(text);
  const heading = headingSchema.safeParse(read.ok ? read.value : null);
  if (!heading.success) return { kind: 'refused', status: 400, sentence: 'The message does not say of whom it is.' };
  return { ...heading.data, ...readAgain(heading.data, text) };
};

export const readAgain = ({ topic }: Pick<Heading, 'topic'>, body: string): Read => {
  if (topic === 'other') return { kind: 'nothing' };
  const read = readJson(body);
  if (!read.ok) return { kind: 'unreadable', status: 400, sentence: 'The body is not valid JSON.' };
  const told = toldSchema.safeParse((read.value as { readonly told?: unknown } | null)?.told);
  return told.success
    ? { kind: 'told', messages: [told.data as unknown as ShopMessage] }
    : { kind: 'unreadable', status: 422, sentence: 'The message tells nothing that a shop can tell.' };
};
