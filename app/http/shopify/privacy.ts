import { instant } from '~/core/values/instant';
import { privacyKindOf, readPrivacyPayload } from '~/platforms/shopify/privacyPayload';
import { services } from '~/process/services';
import { receivePrivacyRequest, type PrivacyAsk } from '~/usecases/privacy/receiveRequest';
import { uuidv7 } from '~/process/uuid';
import type { Delivery } from '~/platforms/shopify/receive';

/**
 * Keeps a verified message in the name of the law. One that cannot be understood, or whose signed body names another
 * shop than its header, is kept, too, for somebody to look at: it is never thrown away. Answers false for a topic that
 * asks for nothing of the kind.
 */
export const keepPrivacyMessage = async ({
  topic,
  domain,
  messageId,
  payload,
}: Pick<Delivery, 'topic' | 'domain' | 'messageId' | 'payload'>): Promise<boolean> => {
  const kind = privacyKindOf(topic);
  if (kind === null) return false;
  const { deps } = await services();
  const message = readPrivacyPayload(kind, payload);
  const ask: PrivacyAsk =
    message === null || message.domain !== domain ? { kind: 'unreadable', topic: kind, payload } : message;
  await receivePrivacyRequest(
    deps,
    { platform: 'shopify', domain, webhookId: messageId, ask },
    uuidv7(),
    instant(Date.now()),
  );
  return true;
};
