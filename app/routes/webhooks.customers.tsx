import type { ActionFunctionArgs } from '@remix-run/node';
import { log } from '~/log.server';
import { receiveWebhook } from '~/webhooks.server';

/** Customers: verified and logged. Names and addresses are read live from the shop, so there is nothing to keep yet. */
export const action = ({ request }: ActionFunctionArgs): Promise<Response> =>
  receiveWebhook(request, ({ topic, domain, webhookId }) => {
    log.info({ topic, shop: domain, webhookId }, 'customer webhook');
    return Promise.resolve(null);
  });
