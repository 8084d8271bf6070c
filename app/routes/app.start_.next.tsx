import { redirect, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack, Page } from '@shopify/polaris';
import { requireMerchant } from '~/http/shopify/merchant';
import { useWriting } from '~/ui/language';
import { ImportStep } from '~/ui/start/ImportStep';
import { StorefrontStep } from '~/ui/start/StorefrontStep';
import { titled } from '~/ui/titled';
import { programPage } from '~/views/programPage';

export { lookAgain as shouldRevalidate } from '~/ui/sending';

export const meta = titled('start.next_title');

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { store, database } = await requireMerchant(request);
  if ((await programPage(database, store.programId)) === null)
    throw redirect(`/app/start${new URL(request.url).search}`);
  return { shopUrl: `https://${store.domain}` };
};

const Next = () => {
  const { t } = useWriting();
  return (
    <Page
      title={t('start.next_title')}
      subtitle={t('start.next_subtitle')}
      primaryAction={{ content: t('start.home'), url: '/app' }}
      narrowWidth
    >
      <BlockStack gap="400">
        <StorefrontStep {...useLoaderData<typeof loader>()} />
        <ImportStep />
      </BlockStack>
    </Page>
  );
};

export default Next;
