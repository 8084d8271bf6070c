import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { instant } from '~/core/values/instant';
import { requireMerchant } from '~/http/shopify/merchant';
import { TiersPage } from '~/ui/program/tiers/TiersPage';
import { titled } from '~/ui/titled';
import { tiersByStaff } from '~/views/tierSizes';

export { programAction as action } from '~/http/shopify/programActions';
export { ProgramTrouble as ErrorBoundary } from '~/ui/program/ProgramTrouble';
export { keepUnsent as clientAction, lookAgain as shouldRevalidate } from '~/ui/sending';

export const meta = titled('program.tab_tiers');

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { store, database } = await requireMerchant(request);
  return { byStaff: await tiersByStaff(database, store.programId, instant(Date.now())) };
};

const Tiers = () => <TiersPage byStaff={useLoaderData<typeof loader>().byStaff} />;

export default Tiers;
