import type { ActionFunctionArgs } from '@remix-run/node';
import { instant } from '~/core/values/instant';
import { log } from '~/process/log';
import { services } from '~/process/services';
import { followApp } from '~/usecases/followApp';
import { receiveWebhook, unreadable, webhookLoader } from '~/http/shopify/webhook';

export const loader = webhookLoader;

/** The app's own life in a shop: removed, or its access scopes changed. */
export const action = ({ request }: ActionFunctionArgs): Promise<Response> =>
  receiveWebhook(request, async (delivery) => {
    const { topic, domain, webhookId, payload } = delivery;
    const { deps } = await services();
    log.info({ topic, shop: domain, webhookId }, 'app webhook');
    const sentence = await followApp(deps, domain, topic, payload, instant(Date.now()));
    return sentence === null ? null : unreadable(delivery, sentence);
  });
