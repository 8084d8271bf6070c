import type { ActionFunctionArgs } from '@remix-run/node';
import { instant } from '~/core/values/instant';
import { receiveForApp } from '~/http/shopify/appMessages';
import { webhookLoader } from '~/http/webhook';
import { log } from '~/process/log';
import { services } from '~/process/services';
import { followApp } from '~/usecases/followApp';

export const loader = webhookLoader;

/** The app's own life in a shop: removed, or its access scopes changed. */
export const action = ({ request }: ActionFunctionArgs): Promise<Response> =>
  receiveForApp(request, async ({ topic, domain, messageId, payload }) => {
    const { deps } = await services();
    log.info({ topic, shop: domain, webhookId: messageId }, 'app webhook');
    return followApp(deps, { platform: 'shopify', domain }, topic, payload, instant(Date.now()));
  });
