import type { LoaderFunctionArgs } from '@remix-run/node';
import { instant } from '~/core/values/instant';
import { csvAnswer } from '~/http/files';
import { requireMerchant } from '~/http/shopify/merchant';
import { chartFigures, chartFile, rangeIn } from '~/views/chartFigures';

/** What the chart of Home shows, as a file. */
export const loader = async ({ request }: LoaderFunctionArgs): Promise<Response> => {
  const { store, database } = await requireMerchant(request);
  const range = rangeIn(new URL(request.url).searchParams);
  const figures = await chartFigures(database, store, range, instant(Date.now()));
  return csvAnswer(`fidelio-figures-${range}.csv`, chartFile(figures, store.currency));
};
