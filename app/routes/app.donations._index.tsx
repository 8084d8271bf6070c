import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Page } from '@shopify/polaris';
import { DonationTable } from '~/features/donations/components/DonationTable';
import { donationReport } from '~/features/donations/views/donationReport';
import { requireMerchant } from '~/http/shopify/merchant';
import { useWriting } from '~/ui/language';
import { saveFile } from '~/ui/saveFile';
import { titled } from '~/ui/titled';

export { lookAgain as shouldRevalidate } from '~/ui/sending';

export const meta = titled('donations.title');

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { store, database } = await requireMerchant(request);
  return { lines: await donationReport(database, store) };
};

const Donations = () => {
  const { lines } = useLoaderData<typeof loader>();
  const { t } = useWriting();
  const shopify = useAppBridge();
  const save = (): void =>
    void saveFile('/app/donations.csv', 'fidelio-donations.csv').catch(() =>
      shopify.toast.show(t('export.failed'), { isError: true }),
    );
  return (
    <Page
      title={t('donations.title')}
      subtitle={t('donations.help')}
      backAction={{ content: t('program.rewards'), url: '/app/program/rewards' }}
      {...(lines.length === 0 ? {} : { secondaryActions: [{ content: t('donations.export'), onAction: save }] })}
    >
      <DonationTable lines={lines} />
    </Page>
  );
};

export default Donations;
