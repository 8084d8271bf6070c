import { json, type LoaderFunctionArgs } from '@remix-run/node';
import { requireMerchant } from '~/http/shopify/merchant';
import { soldAsked, soldThings } from '~/views/soldThings';

/** What variants of products cost and what rules may ask of them; 503 while the shop cannot be asked. */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<Response> => {
  const { platform } = await requireMerchant(request);
  const asked = soldAsked(new URL(request.url).searchParams);
  if (asked === null) return json({ reason: 'The ids cannot be read.' }, 400);
  const sold = await soldThings(platform, asked);
  return sold.ok ? json(sold.value) : json({ reason: 'The shop does not answer.' }, 503);
};
