import type { ActionFunctionArgs } from '@remix-run/node';
import { log } from '~/log.server';
import { receiveWebhook, webhookLoader } from '~/webhooks.server';

export const loader = webhookLoader;

/** Data requests and erasure: verified and logged. The erasure itself comes with the members' privacy functions. */
export const action = ({ request }: ActionFunctionArgs): Promise<Response> =>
  receiveWebhook(request, ({ topic, domain, webhookId }) => {
    log.warn({ topic, shop: domain, webhookId }, 'compliance webhook: to be answered by hand');
    return Promise.resolve(null);
  });
