import type { ActionFunctionArgs } from '@remix-run/node';
import { receiveForApp } from '~/http/shopify/appMessages';
import { keepPrivacyMessage } from '~/http/shopify/privacy';
import { webhookLoader } from '~/http/webhook';
import { log } from '~/process/log';

export const loader = webhookLoader;

/**
 * Data requests and erasure: kept, encrypted, with their deadline before they are acknowledged; a job carries them out.
 */
export const action = ({ request }: ActionFunctionArgs): Promise<Response> =>
  receiveForApp(request, async (delivery) => {
    const { topic, domain, messageId } = delivery;
    log.info({ topic, shop: domain, webhookId: messageId }, 'privacy request');
    return (await keepPrivacyMessage(delivery)) ? null : 'This topic asks for nothing here.';
  });
