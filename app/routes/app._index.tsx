import { json, redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { BlockStack, Layout, Page } from '@shopify/polaris';
import { AttentionCard } from '~/features/health/components/AttentionCard';
import { LowPools } from '~/features/codePools/components/LowPools';
import { lowPools } from '~/features/codePools/views/poolPage';
import { ToDoBanner } from '~/features/fulfilment/components/ToDoBanner';
import { fulfilmentDue } from '~/features/fulfilment/views/fulfilmentPage';
import { FigureGrid } from '~/ui/FigureGrid';
import { LimitedBanner } from '~/ui/LimitedBanner';
import { BackfillCard } from '~/features/pastOrders/components/BackfillCard';
import { useWriting } from '~/ui/language';
import { HomeChart } from '~/ui/HomeChart';
import { RecentCard } from '~/ui/RecentCard';
import { useAnswer } from '~/ui/sending';
import { useMissingParts } from '~/ui/start/useParts';
import { titled } from '~/ui/titled';
import { UnsentBanner } from '~/ui/UnsentBanner';
import { worthOfPoints } from '~/core/program/pointValue';
import { instant } from '~/core/values/instant';
import { calendarDay, startOfDay } from '~/core/values/zone';
import { requireMerchant, type Merchant } from '~/http/shopify/merchant';
import { askForPastOrders, decidePastOrders } from '~/features/pastOrders/usecases/runBackfill';
import { attention } from '~/features/health/views/attention';
import { chartFigures, rangeIn } from '~/views/chartFigures';
import { homeFigures } from '~/views/homeFigures';
import { limitedTransfers } from '~/views/limitedTransfers';
import { backfillState } from '~/features/pastOrders/views/backfillState';
import { recentActivity } from '~/views/recentActivity';
import { programPage } from '~/views/programPage';

export { keepUnsent as clientAction, lookAgain as shouldRevalidate } from '~/ui/sending';

export const meta = titled('nav.home');

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { store, database, queue, platform } = await requireMerchant(request);
  const program = await programPage(database, store.programId);
  if (program === null) throw redirect(`/app/start${new URL(request.url).search}`);
  const now = instant(Date.now());
  // Nothing here waits for anything else: the merchant waits for the slowest one, not for all of them.
  const [figures, chart, recent, backfill, deadLetters, limited, low, due, health] = await Promise.all([
    homeFigures(database, store, program.document, now),
    chartFigures(database, store, rangeIn(new URL(request.url).searchParams), now),
    recentActivity(database, platform, store),
    backfillState(database, store),
    queue.deadLetters(store.programId),
    limitedTransfers(database, store.programId),
    lowPools(database, store, now),
    fulfilmentDue(database, store.programId, now),
    attention(database, store, program.document, now),
  ]);
  return {
    names: program.document.names.program,
    ...{ figures, chart, recent, backfill, limited, lowPools: low, due, health },
    backfillWorth: worthOfPoints(program.document, backfill?.countedPoints ?? 0, store.currency),
    deadLetters: deadLetters.length,
  };
};

const formSchema = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('count'), id: z.uuid(), since: z.union([z.literal(''), z.iso.date()]) }),
  z.object({ intent: z.enum(['agree', 'discard', 'undo']), id: z.uuid() }),
]);

const act = ({ deps, store }: Pick<Merchant, 'deps' | 'store'>, form: z.infer<typeof formSchema>) => {
  if (form.intent !== 'count') return decidePastOrders(deps, store, form.id, form.intent);
  const since = form.since === '' ? null : startOfDay(calendarDay(form.since), store.timeZone);
  return askForPastOrders(deps, store, { id: form.id, since }, instant(Date.now()));
};

export const action = async ({ request }: ActionFunctionArgs) => {
  const { store, deps } = await requireMerchant(request);
  const form = formSchema.safeParse(Object.fromEntries(await request.formData()));
  if (!form.success) return json({ refusal: 'wrong_state' as const }, 422);
  const asked = await act({ deps, store }, form.data);
  return json({ refusal: asked.ok ? null : asked.error.kind }, asked.ok ? 200 : 409);
};

const Home = () => {
  const {
    names,
    figures,
    chart,
    recent,
    backfill,
    backfillWorth,
    deadLetters,
    due,
    health,
    lowPools: low,
    limited,
  } = useLoaderData<typeof loader>();
  const { answer, unsent } = useAnswer<typeof action>();
  const missingParts = useMissingParts();
  const refusal = answer?.refusal ?? null;
  const { t, language } = useWriting();
  const isMore = due.open > 0 || low.length > 0 || limited > 0;
  const pastOrders = (
    <BackfillCard
      key={`${backfill?.id ?? ''}${backfill?.state ?? ''}`}
      backfill={backfill}
      worthMinor={backfillWorth}
      refusal={refusal === null ? null : t(`backfill.${refusal}`)}
    />
  );
  return (
    <Page title={t('nav.home')} subtitle={names[language]}>
      <BlockStack gap="400">
        <UnsentBanner unsent={unsent} />
        <ToDoBanner due={due} />
        <LowPools pools={low} />
        <LimitedBanner members={limited} />
        {backfill?.state === 'done' ? null : pastOrders}
        <FigureGrid figures={figures} />
        <HomeChart {...chart} />
        <Layout>
          <Layout.Section>
            <RecentCard {...recent} />
          </Layout.Section>
          <Layout.Section variant="oneThird">
            <BlockStack gap="400">
              <AttentionCard
                {...health}
                deadLetters={deadLetters}
                debt={figures.totals.debt}
                {...{ missingParts, isMore }}
              />
              {backfill?.state === 'done' ? pastOrders : null}
            </BlockStack>
          </Layout.Section>
        </Layout>
      </BlockStack>
    </Page>
  );
};

export default Home;
