import { json, type LoaderFunctionArgs } from '@remix-run/node';
import { requireMerchant } from '~/http/shopify/merchant';
import { givingAsked, givingTerms } from '~/views/givingTerms';

/** On which conditions the shop gives money (a gift card); 503 while it cannot be asked. */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<Response> => {
  const { platform } = await requireMerchant(request);
  const grant = givingAsked(new URL(request.url).searchParams);
  if (grant === null) return json({ reason: 'It is not said what for.' }, 400);
  const terms = await givingTerms(platform, grant);
  return terms.ok ? json(terms.value) : json({ reason: 'The shop does not answer.' }, 503);
};
