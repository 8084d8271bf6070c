import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { requireMerchant } from '~/http/shopify/merchant';
import { instant } from '~/core/values/instant';
import { OverviewPage } from '~/ui/program/overview/OverviewPage';
import { titled } from '~/ui/titled';
import { shopFacts } from '~/views/draftEffects';

export { programAction as action } from '~/http/shopify/programActions';
export { ProgramTrouble as ErrorBoundary } from '~/ui/program/ProgramTrouble';
export { keepUnsent as clientAction, lookAgain as shouldRevalidate } from '~/ui/sending';

export const meta = titled('nav.program');

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { store, database } = await requireMerchant(request);
  return { shop: await shopFacts(database, store, instant(Date.now())) };
};

const Overview = () => <OverviewPage {...useLoaderData<typeof loader>()} />;

export default Overview;
