import type { ActionFunctionArgs } from '@remix-run/node';
import { z } from 'zod';
import { instant } from '~/core/values/instant';
import { changeScopes } from '~/usecases/changeScopes';
import { log } from '~/log.server';
import { services } from '~/services.server';
import { uninstallShop } from '~/usecases/uninstallShop';
import { receiveWebhook, unreadable } from '~/webhooks.server';

const scopesSchema = z.object({ current: z.array(z.string()) });

/** The app's own life in a shop: removed, or its access scopes changed. */
export const action = ({ request }: ActionFunctionArgs): Promise<Response> =>
  receiveWebhook(request, async (delivery) => {
    const { topic, domain, webhookId } = delivery;
    const { deps } = await services();
    log.info({ topic, shop: domain, webhookId }, 'app webhook');
    if (topic === 'app/uninstalled') {
      await uninstallShop(deps, domain, instant(Date.now()));
      return null;
    }
    const scopes = scopesSchema.safeParse(delivery.payload);
    if (!scopes.success) return unreadable(delivery, 'The message does not list the current scopes.');
    await changeScopes(deps, domain, scopes.data.current);
    return null;
  });
