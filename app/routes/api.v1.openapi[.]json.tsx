import { apiAction } from '~/http/api/receive';
import { environment } from '~/env.server';
import { openApi } from '~/http/api/openapi';

export const action = apiAction;

/** GET /api/v1/openapi.json: what there is to ask, for everybody to read. */
export const loader = (): Response =>
  Response.json(openApi(environment().SHOPIFY_APP_URL), {
    headers: { 'cache-control': 'public, max-age=300', 'x-content-type-options': 'nosniff' },
  });
