import { json, type LoaderFunctionArgs } from '@remix-run/node';
import { instant } from '~/core/values/instant';
import { partnerItems } from '~/features/partners/views/partnerPages';
import { requireMerchant } from '~/http/shopify/merchant';

/** What a reward can be of: the partners with their catalogues as they are now. */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<Response> => {
  const { deps, store } = await requireMerchant(request);
  return json({ partners: await partnerItems(deps, store, instant(Date.now())) });
};
