import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { BlockStack, InlineGrid, Layout, Link, Page, Text } from '@shopify/polaris';
import { EntryList } from '~/components/EntryList';
import { useWriting } from '~/components/language';
import { Figure, OrdersCard, RedemptionsCard, Section } from '~/components/MemberCards';
import { instant } from '~/core/values/instant';
import { requireMerchant } from '~/merchant.server';
import { memberPage } from '~/views/memberPage';

export const loader = async ({ request, params }: LoaderFunctionArgs) => {
  const { store, database, platform } = await requireMerchant(request);
  const before = new URL(request.url).searchParams.get('before');
  const page = await memberPage(database, platform, store, params.id ?? '', before, instant(Date.now()));
  if (page === null) throw new Response(null, { status: 404 });
  return page;
};

const Member = () => {
  const { card, balance, entries, nextEntry, orders, redemptions, createdAt, memberId } = useLoaderData<typeof loader>();
  const { t, date } = useWriting();
  return (
    <Page
      title={card?.displayName ?? t('common.guest')}
      subtitle={[card?.email, `${t('members.since')} ${date(createdAt)}`].filter(Boolean).join(' · ')}
      backAction={{ content: t('nav.members'), url: '/app/members' }}
    >
      <BlockStack gap="400">
        <InlineGrid columns={3} gap="300">
          <Figure label={t('members.available')} value={Math.max(0, balance.available)} />
          <Figure label={t('members.pending')} value={balance.pending} />
          <Figure label={t('members.debt')} value={balance.debt} />
        </InlineGrid>
        <Layout>
          <Layout.Section>
            <Section title={t('member.history')}>
              {entries.length === 0 ? (
                <Text as="p" tone="subdued">
                  {t('member.history_empty')}
                </Text>
              ) : (
                <EntryList entries={entries} details />
              )}
              {nextEntry === null ? null : <Link url={`/app/members/${memberId}?before=${nextEntry}`}>{t('member.older')}</Link>}
            </Section>
          </Layout.Section>
          <Layout.Section variant="oneThird">
            <BlockStack gap="400">
              <OrdersCard orders={orders} />
              <RedemptionsCard redemptions={redemptions} />
            </BlockStack>
          </Layout.Section>
        </Layout>
      </BlockStack>
    </Page>
  );
};

export default Member;
