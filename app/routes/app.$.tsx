import type { LoaderFunctionArgs } from '@remix-run/node';
import { requireMerchant } from '~/http/shopify/merchant';

/**
 * An address of the admin that is none. With a route of its own it is answered inside the app, in the merchant's
 * language and with the way on.
 */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<never> => {
  await requireMerchant(request);
  throw new Response(null, { status: 404 });
};

const Nowhere = () => null;

export default Nowhere;
