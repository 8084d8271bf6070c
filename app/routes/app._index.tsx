import { json, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { BlockStack, Card, InlineGrid, Layout, Page, Text } from '@shopify/polaris';
import { AttentionCard } from '~/components/AttentionCard';
import { EntryList } from '~/components/EntryList';
import { ImportCard } from '~/components/ImportCard';
import { useWriting } from '~/components/language';
import { PointsChart } from '~/components/PointsChart';
import { StatCard } from '~/components/StatCard';
import { instant } from '~/core/values/instant';
import { formatNumber } from '~/i18n/catalog';
import { requireMerchant } from '~/merchant.server';
import { askForPastOrders } from '~/usecases/importPastOrders';
import { uuidv7 } from '~/uuid.server';
import { attention } from '~/views/attention';
import { homeFigures } from '~/views/homeFigures';
import { importState } from '~/views/importState';
import { programPage } from '~/views/programPage';

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { store, database, queue } = await requireMerchant(request);
  const program = await programPage(database, store.programId);
  if (program === null) throw redirect(`/app/start${new URL(request.url).search}`);
  const figures = await homeFigures(database, store, program.document, instant(Date.now()));
  const backfill = await importState(database, store);
  const deadLetters = (await queue.deadLetters(store.programId)).length;
  return { names: program.document.names.program, figures, backfill, deadLetters, health: await attention(database, store, instant(Date.now())) };
};

export const action = async ({ request }: ActionFunctionArgs) => {
  const { store, deps } = await requireMerchant(request);
  const asked = await askForPastOrders(deps, store, uuidv7(), instant(Date.now()));
  return json({ refusal: asked.ok ? null : asked.error.kind }, asked.ok ? 200 : 409);
};

const Home = () => {
  const { names, figures, backfill, deadLetters, health } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>()?.refusal ?? null;
  const { t, language, money, percent } = useWriting();
  const { standing, months } = figures;
  const now = months[months.length - 1];
  const before = months[months.length - 2];
  const against = (value: string) => t('home.last_month', { value });
  const number = (value: number) => formatNumber(language, value);
  const repeat = standing.buyers === 0 ? 0 : standing.repeatBuyers / standing.buyers;
  return (
    <Page title={names[language]} primaryAction={{ content: t('nav.program'), url: '/app/program' }}>
      <BlockStack gap="400">
        {backfill?.state === 'done' ? null : <ImportCard backfill={backfill} refusal={refusal === null ? null : t(`import.${refusal}`)} />}
        <InlineGrid columns={{ xs: 2, lg: 3 }} gap={{ xs: '200', sm: '400' }}>
          <StatCard label={t('home.issued')} value={number(now?.issued ?? 0)} note={against(number(before?.issued ?? 0))} />
          <StatCard label={t('home.redeemed')} value={number(now?.redeemed ?? 0)} note={against(number(before?.redeemed ?? 0))} />
          <StatCard
            label={t('home.outstanding')}
            value={number(standing.outstanding + standing.pending)}
            note={t('home.liability', { value: money(figures.liabilityMinor) })}
          />
          <StatCard label={t('home.members')} value={number(standing.members)} note={t('home.buyers', { count: number(standing.buyers) })} />
          <StatCard label={t('home.orders')} value={money(now?.paidMinor ?? 0)} note={against(money(before?.paidMinor ?? 0))} />
          <StatCard label={t('home.repeat')} value={percent(repeat)} note={t('home.repeat_help')} />
        </InlineGrid>
        <PointsChart months={months} />
        <Layout>
          <Layout.Section>
            <Card>
              <BlockStack gap="200">
                <Text as="h2" variant="headingMd">
                  {t('home.recent')}
                </Text>
                {figures.recent.length === 0 ? (
                  <Text as="p" tone="subdued">
                    {t('home.recent_empty')}
                  </Text>
                ) : (
                  <EntryList entries={figures.recent} details={false} />
                )}
              </BlockStack>
            </Card>
          </Layout.Section>
          <Layout.Section variant="oneThird">
            <AttentionCard {...health} deadLetters={deadLetters} debt={standing.debt} />
          </Layout.Section>
        </Layout>
      </BlockStack>
    </Page>
  );
};

export default Home;
