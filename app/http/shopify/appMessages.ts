import { instant } from '~/core/values/instant';
import { readJson } from '~/core/values/untrusted';
import type { Store } from '~/db/stores';
import { privacyKindOf } from '~/platforms/shopify/privacyPayload';
import { openDelivery, turnAway, type Delivery } from '~/platforms/shopify/receive';
import { messageKeys } from '~/process/platforms';
import { services } from '~/process/services';
import { followApp } from '~/usecases/followApp';
import { receiveWebhook, textOf, turnedDown, unreadable, withSigned, type SignedMessage } from '../webhook';
import { keepPrivacyMessage } from './privacy';

/**
 * Receives a webhook that is about the app itself, not about what a shop sells: opened as every message of Shopify's,
 * and handed to `handle`, which answers why it cannot be read, or null.
 */
export const receiveForApp = (
  request: Request,
  handle: (delivery: Delivery) => Promise<string | null>,
): Promise<Response> =>
  receiveWebhook(request, turnAway, async (raw) => {
    const opened = openDelivery(raw, messageKeys('shopify').secret);
    if (opened.kind === 'refused') return turnedDown(opened);
    const { domain, topic, messageId } = opened;
    const message: SignedMessage = { platform: 'shopify', domain, topic, messageId, body: textOf(raw) };
    if (opened.kind === 'unreadable') return unreadable(message, opened.sentence, opened.status);
    return withSigned(message, async () => {
      const sentence = await handle(opened);
      return sentence === null ? null : unreadable(message, sentence);
    });
  });

/** Does again what a kept message about the app asks for. null: it is about something else. */
export const actOnAppMessage = async (
  store: Store,
  topic: string,
  messageId: string,
  body: string,
): Promise<boolean | null> => {
  const isPrivacy = privacyKindOf(topic) !== null;
  if (!isPrivacy && !topic.startsWith('app/')) return null;
  const read = readJson(body);
  if (!read.ok) return false;
  if (isPrivacy) return keepPrivacyMessage({ topic, domain: store.domain, messageId, payload: read.value });
  const { deps } = await services();
  return (await followApp(deps, store, topic, read.value, instant(Date.now()))) === null;
};
