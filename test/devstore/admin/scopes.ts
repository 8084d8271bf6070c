import type { ServerResponse } from 'node:http';
import { optionalScopes } from '../process/registration';
import { timeText, nowOf, type Devstore } from '../process/state';
import { sendWebhook } from '../webhooks/webhooks';

/**
 * The merchant is asked for more access scopes (`?ask=a,b`), and agrees; without a question it answers what there is.
 * Gift cards are granted by Shopify's support only; what the app did not declare, by nobody.
 */
export const grantScopes = (store: Devstore, url: string, response: ServerResponse): void => {
  const asked = (new URL(url, store.origin).searchParams.get('ask') ?? '').split(',').filter((scope) => scope !== '');
  const may = asked.every((scope) => optionalScopes().includes(scope) && !scope.includes('gift_card'));
  const previous = store.app.scopes;
  const current = may ? [...new Set([...previous, ...asked])] : previous;
  if (current.length > previous.length) {
    Object.assign(store.app, { scopes: current });
    void sendWebhook(store, 'app/scopes_update', {
      ...{ id: 1, shop_id: 'gid://shopify/Shop/1', previous, current },
      updated_at: timeText(nowOf(store)),
    });
  }
  response.writeHead(may ? 200 : 403, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ granted: current }));
};
