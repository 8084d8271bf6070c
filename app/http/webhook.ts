import { json } from '@remix-run/node';
import { createByteBudget, statusOfBody, withBody, type BodyLimits, type BodyRefusal } from './body';
import type { PlatformName } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { isAboutData } from '~/db/inTransaction';
import { storeByDomain, type Store } from '~/db/stores';
import type { Heading, RawMessage } from '~/platforms/message';
import type { PlatformModule, ShopAddress } from '~/platforms/module';
import { log } from '~/process/log';
import { messageKeys, moduleOf } from '~/process/platforms';
import { services } from '~/process/services';
import { refOf } from '~/usecases/deps';
import { effectOf, untrueNow } from '~/usecases/followMessages';
import { keepUnreadable } from '~/usecases/keepUnreadable';

// The platform gives up after five seconds. All bodies in flight together are a small part of what the process may use;
// several hundred orders of usual size have room in it.
const limits: BodyLimits = { maxBytes: 5 * 1024 * 1024, waitMs: 3_000, budget: createByteBudget(24 * 1024 * 1024) };
const retryAfterSeconds = 5;

const refusal = (status: number, sentence: string, more: Readonly<Record<string, string>> = {}): Response =>
  json(
    { error: sentence },
    { status, headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...more } },
  );

/** A webhook is sent, never looked up. */
export const webhookLoader = (): Response => refusal(405, 'A webhook is a POST request.', { allow: 'POST' });

/** A message that is signed: which it is, and its text as it was signed. */
export type SignedMessage = Heading & { readonly platform: PlatformName; readonly body: string };

/** What is done with a message: a response that refuses it, or null, and it is answered with 200. */
type Handled = Promise<Response | null>;

/**
 * Takes a webhook in, whatever its platform: nothing of the body before its headers pass, then the body within its
 * bounds, then `handle`. Answers the refusal (405, 401, 408, 413, 503, 400) or what `handle` says.
 */
export const receiveWebhook = async (
  request: Request,
  turnAway: PlatformModule['turnAway'],
  handle: (message: RawMessage) => Handled,
): Promise<Response> => {
  if (request.method !== 'POST') return webhookLoader();
  const header = (name: string): string | null => request.headers.get(name);
  const turnedAway = turnAway(header);
  if (turnedAway !== null) return refusal(turnedAway.status, turnedAway.sentence);
  const answered = await withBody(request, limits, (body) => handle({ header, body }));
  return answered.ok ? (answered.value ?? new Response(null, { status: 200 })) : refusedBody(answered.error);
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

/** Does something with a signed message. What the database refuses as data is kept as unreadable. */
export const withSigned = async (message: SignedMessage, handle: () => Handled): Handled => {
  try {
    const answer = await handle();
    log.debug({ topic: message.topic, webhookId: message.messageId }, 'webhook');
    return answer;
  } catch (error) {
    // What the database refuses as data, it refuses however often it is sent.
    if (isAboutData(error)) return unreadable(message, 'The message has a value that cannot be stored.');
    throw error;
  }
};

/** Says no to a message by what its platform's module says of it. */
export const turnedDown = ({ status, sentence }: { readonly status: number; readonly sentence: string }): Response =>
  refusal(status, sentence);

/**
 * Keeps a signed message that cannot be read, for the Health of its store, and answers why. The sentence holds nothing
 * personal. Of a shop that has not opened the app nothing is kept: nobody could look at it.
 */
export const unreadable = async (message: SignedMessage, sentence: string, status = 422): Promise<Response> => {
  const { topic, messageId: webhookId, body } = message;
  log.warn({ topic, webhookId, sentence }, 'webhook refused: the payload cannot be read');
  const store = await storeOf(message);
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

/** The store of a message; null when the shop has not opened the app yet (nothing is expected of us then). */
const storeOf = async ({ platform, domain }: ShopAddress): Promise<Store | null> => {
  const name = `${platform} ${domain}`;
  const known = remembered.get(name);
  if (known !== undefined && known.until > Date.now()) return known.store;
  const store = await storeByDomain((await services()).database.prisma, { platform, domain });
  if (store !== null) remembered.set(name, { store, until: Date.now() + rememberMs });
  else remembered.delete(name);
  return store;
};

/**
 * Receives a webhook about what a shop sells and to whom: its platform's module reads it, and what follows from it goes
 * on the queue, in one round trip.
 */
export const receiveForStore = (platform: PlatformName, request: Request): Promise<Response> => {
  const module = moduleOf(platform);
  return receiveWebhook(request, module.turnAway, async (raw) => {
    const received = module.receive(raw, messageKeys(platform));
    if (received.kind === 'refused') return turnedDown(received);
    const { domain, topic, messageId } = received;
    const message: SignedMessage = { platform, domain, topic, messageId, body: textOf(raw) };
    // What is no message at all is refused, whoever sent it.
    if (received.kind === 'unreadable' && received.status === 400) return unreadable(message, received.sentence, 400);
    return withSigned(message, async () => {
      const store = await storeOf(message);
      if (store === null) {
        log.info({ topic, shop: domain }, 'webhook of a shop that has not opened the app');
        return null;
      }
      if (received.kind === 'unreadable') return unreadable(message, received.sentence);
      const messages = received.kind === 'told' ? received.messages : [];
      const now = instant(Date.now());
      const untrue = untrueNow(messages, now);
      if (untrue !== null) return unreadable(message, untrue);
      const { deps } = await services();
      await deps.enqueue(messages.map((one) => effectOf(refOf(store), one, now)));
      return null;
    });
  });
};

/** The body of a message as text. */
export const textOf = ({ body }: RawMessage): string =>
  Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
