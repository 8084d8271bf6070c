import type { ActionFunctionArgs } from '@remix-run/node';
import { log } from '~/log.server';
import { receiveWebhook } from '~/webhooks.server';

/** Products: verified and logged. Rules that ask for product facts come later. */
export const action = ({ request }: ActionFunctionArgs): Promise<Response> =>
  receiveWebhook(request, ({ topic, domain, webhookId }) => {
    log.info({ topic, shop: domain, webhookId }, 'product webhook');
    return Promise.resolve(null);
  });
