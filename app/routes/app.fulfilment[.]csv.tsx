import type { LoaderFunctionArgs } from '@remix-run/node';
import { fulfilmentFile } from '~/features/fulfilment/views/fulfilmentPage';
import { csvAnswer } from '~/http/files';
import { requireMerchant } from '~/http/shopify/merchant';

/** What members took and staff does, as a file for the merchant. */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<Response> => {
  const { store, database, platform, language } = await requireMerchant(request);
  return csvAnswer('fidelio-experiences.csv', fulfilmentFile(database, platform, store, language));
};
