import { json, type LoaderFunctionArgs } from '@remix-run/node';
import { requireMerchant } from '~/http/shopify/merchant';
import { shopWords } from '~/views/shopWords';

/** The tags, types and vendors that the shop uses; 503 while it cannot be asked. */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<Response> => {
  const { platform } = await requireMerchant(request);
  const words = await shopWords(platform);
  return words.ok ? json(words.value) : json({ reason: 'The shop does not answer.' }, 503);
};
