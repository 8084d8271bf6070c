import type { ActionFunctionArgs } from '@remix-run/node';
import { log } from '~/process/log';
import { keepPrivacyMessage } from '~/http/shopify/privacy';
import { receiveWebhook, unreadable, webhookLoader } from '~/http/shopify/webhook';

export const loader = webhookLoader;

/**
 * Data requests and erasure: kept, encrypted, with their deadline before they are acknowledged; a job carries them out.
 */
export const action = ({ request }: ActionFunctionArgs): Promise<Response> =>
  receiveWebhook(request, async (delivery) => {
    const { topic, domain, webhookId } = delivery;
    log.info({ topic, shop: domain, webhookId }, 'privacy request');
    return (await keepPrivacyMessage(delivery)) ? null : unreadable(delivery, 'This topic asks for nothing here.');
  });
