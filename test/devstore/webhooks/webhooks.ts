import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Ajv2020 } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { schemaForWebhook } from 'shopify-webhook-schemas';
import { payloadVersion } from '../checkout/orders';
import { nowOf, type Devstore } from '../process/state';

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
const validators = new Map<string, ReturnType<typeof ajv.compile>>();

// Where the package's example has an empty list, its schema allows no item at all: that says nothing about items.
const openLists = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(openLists);
  if (schema === null || typeof schema !== 'object') return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([name, value]) => !(name === 'items' && value === false))
      .map(([name, value]) => [name, openLists(value)]),
  );
};

/** Throws when a body is not what Shopify documents for its topic. */
export const checkBody = (topic: string, body: unknown): void => {
  let validate = validators.get(topic);
  if (validate === undefined) {
    const schema = schemaForWebhook(payloadVersion, topic) as object | undefined;
    if (schema === undefined) throw new Error(`Shopify documents no payload for ${topic}.`);
    // A guest's order has no customer, and an address is not always there, although the example has both.
    validate = ajv.compile({
      ...(openLists(schema) as object),
      required: ((schema as { required?: string[] }).required ?? []).filter((name) => name !== 'customer'),
    });
    validators.set(topic, validate);
  }
  if (!validate(body))
    throw new Error(`The body of ${topic} is not what Shopify sends: ${ajv.errorsText(validate.errors)}`);
};

export const sign = (secret: string, body: string): string =>
  createHmac('sha256', secret).update(body).digest('base64');

const timeoutMs = 5000;
const retryPausesMs = [500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000];

/**
 * Sends an event to everything the app's toml subscribes to its topic: signed, with Shopify's headers, five
 * seconds' patience and eight retries. The switches duplicate, swap, delay and lose deliveries.
 */
export const sendWebhook = async (store: Devstore, topic: string, payload: unknown): Promise<void> => {
  checkBody(topic, payload);
  const uris = store.app.webhooks.filter((subscription) => subscription.topic === topic).map(({ uri }) => uri);
  const body = JSON.stringify(payload);
  const eventId = randomUUID();
  const { duplicate, delayMs, loseEvery } = store.switches;
  if (loseEvery > 0 && (store.deliveries.length + 1) % loseEvery === 0) {
    store.deliveries.push({ topic, status: 0 });
    return;
  }
  if (delayMs > 0) await sleep(delayMs);
  for (const uri of uris) {
    const webhookId = randomUUID();
    for (let copy = 0; copy <= duplicate; copy += 1) await deliver(store, topic, uri, body, webhookId, eventId);
  }
};

/** Several events of one moment, in the order in which they happened, or the other way round. */
export const sendWebhooks = async (store: Devstore, events: readonly (readonly [string, unknown])[]): Promise<void> => {
  const copies = events.map(([topic, payload]) => [topic, structuredClone(payload)] as const);
  for (const [topic, payload] of store.switches.reverse ? copies.reverse() : copies)
    await sendWebhook(store, topic, payload);
};

const deliver = async (
  store: Devstore,
  topic: string,
  uri: string,
  body: string,
  webhookId: string,
  eventId: string,
): Promise<void> => {
  for (const pause of [0, ...retryPausesMs]) {
    await sleep(pause);
    const status = await attempt(store, topic, uri, body, webhookId, eventId);
    store.deliveries.push({ topic, status });
    if (status >= 200 && status < 300) return;
    process.stderr.write(`devstore: ${topic} was answered ${status}\n`);
  }
};

const attempt = async (
  store: Devstore,
  topic: string,
  uri: string,
  body: string,
  webhookId: string,
  eventId: string,
): Promise<number> => {
  try {
    const response = await fetch(new URL(uri, store.app.appUrl), {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        'content-type': 'application/json',
        'x-shopify-topic': topic,
        'x-shopify-hmac-sha256': sign(store.app.apiSecret, body),
        'x-shopify-shop-domain': store.shop.domain,
        'x-shopify-api-version': '2026-10',
        'x-shopify-webhook-id': webhookId,
        'x-shopify-event-id': eventId,
        'x-shopify-triggered-at': nowOf(store).toISOString(),
      },
      body,
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
};
