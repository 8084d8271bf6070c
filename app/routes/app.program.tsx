import { redirect, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { kindsBeyond } from '~/core/rewards/section';
import { requireMerchant } from '~/http/shopify/merchant';
import { keepShown, useShown } from '~/ui/keepShown';
import { ProgramFrame } from '~/ui/program/ProgramFrame';
import { titled } from '~/ui/titled';
import { programEditor } from '~/views/programEditor';
import { rewardUses } from '~/views/rewardUses';

export { lookAgainAround as shouldRevalidate } from '~/ui/sending';

export const clientLoader = keepShown('program');

export const meta = titled('nav.program');

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { store, database, deps, staffId } = await requireMerchant(request);
  const editor = await programEditor(database, store.programId);
  if (editor === null) throw redirect(`/app/start${new URL(request.url).search}`);
  const { published, draft, base, stores } = editor;
  const isOwn = ({ by }: { readonly by: string }): boolean => by === `staff:${staffId}`;
  const { version, document, publishedAt } = published;
  return {
    version,
    document,
    publishedAt,
    isOwn: isOwn(published),
    draft: draft === null ? null : { ...draft, by: null, isOwn: isOwn(draft) },
    base,
    stores,
    here: store.storeId,
    taken: await rewardUses(database, store.programId),
    notMade: kindsBeyond(deps.abilitiesOf(store.platform).grants),
  };
};

const Program = () => <ProgramFrame data={useShown('program', useLoaderData<typeof loader>())} />;

export default Program;
