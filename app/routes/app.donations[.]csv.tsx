import type { LoaderFunctionArgs } from '@remix-run/node';
import { donationFile, donationReport } from '~/features/donations/views/donationReport';
import { csvAnswer } from '~/http/files';
import { requireMerchant } from '~/http/shopify/merchant';

/** What members donated, as a file for the merchant. */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<Response> => {
  const { store, database } = await requireMerchant(request);
  return csvAnswer('fidelio-donations.csv', donationFile(await donationReport(database, store)));
};
