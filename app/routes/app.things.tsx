import { json, type LoaderFunctionArgs } from '@remix-run/node';
import { requireMerchant } from '~/http/shopify/merchant';
import { shopThings, thingsAsked } from '~/views/shopThings';

/** What the shop calls products and collections; 503 while it cannot be asked. */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<Response> => {
  const { platform } = await requireMerchant(request);
  const asked = thingsAsked(new URL(request.url).searchParams);
  if (asked === null) return json({ reason: 'The ids cannot be read.' }, 400);
  const things = await shopThings(platform, asked);
  return things.ok ? json(things.value) : json({ reason: 'The shop does not answer.' }, 503);
};
