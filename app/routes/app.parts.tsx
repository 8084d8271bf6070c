import { json, type LoaderFunctionArgs } from '@remix-run/node';
import { requireMerchant } from '~/http/shopify/merchant';
import { shopParts } from '~/views/shopParts';

/** Which parts of the storefront the shop shows; 503 while it cannot be asked. */
export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { platform } = await requireMerchant(request);
  const parts = await shopParts(platform);
  return parts.ok ? json({ parts: parts.value }) : json({ parts: null }, 503);
};
