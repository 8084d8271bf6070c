import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigate, useRevalidator } from '@remix-run/react';
import { useCallback } from 'react';
import { requireMerchant } from '~/http/shopify/merchant';
import { instant } from '~/core/values/instant';
import { ReviewPage } from '~/ui/program/review/ReviewPage';
import { titled } from '~/ui/titled';
import { draftEffects, shopFacts } from '~/views/draftEffects';

export { programAction as action } from '~/http/shopify/programActions';
export { ProgramTrouble as ErrorBoundary } from '~/ui/program/ProgramTrouble';
export { keepUnsent as clientAction, lookAgain as shouldRevalidate } from '~/ui/sending';

export const meta = titled('program.review');

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { store, database, deps } = await requireMerchant(request);
  const now = instant(Date.now());
  return { shop: await shopFacts(database, store, now), effects: await draftEffects(deps, store.programId, now) };
};

const Review = () => {
  const navigate = useNavigate();
  const onPublished = useCallback(() => navigate('/app/program'), [navigate]);
  const { revalidate } = useRevalidator();
  return <ReviewPage {...useLoaderData<typeof loader>()} onPublished={onPublished} onStale={revalidate} />;
};

export default Review;
