import { json, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';
import { useLoaderData, useSearchParams } from '@remix-run/react';
import { BlockStack, Layout, Page, Text } from '@shopify/polaris';
import { readForm, statusOfBody } from '~/http/body';
import { HistoryCard } from '~/ui/HistoryCard';
import { useWriting } from '~/ui/language';
import { MemberActions } from '~/ui/MemberActions';
import { MergedBanner } from '~/ui/MergedBanner';
import { BalanceFigures, OrdersCard, RedemptionsCard, Section } from '~/ui/MemberCards';
import { useAnswer } from '~/ui/sending';
import { TierCard } from '~/ui/TierCard';
import { titleOf } from '~/ui/titled';
import { asId, isUuid, type MemberId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { WarningList } from '~/features/warnings/components/WarningList';
import { memberWarnings } from '~/features/warnings/views/memberWarnings';
import { translate } from '~/i18n/catalog';
import { actOnMember, memberFormSchema } from '~/http/shopify/memberActions';
import { bodyRefusalText, requireMerchant } from '~/http/shopify/merchant';
import { readForecast } from '~/usecases/readForecast';
import { memberPage } from '~/views/memberPage';

export { keepUnsent as clientAction, lookAgain as shouldRevalidate } from '~/ui/sending';

export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  titleOf(matches, data?.card == null ? 'nav.members' : { text: data.card.displayName });

export const loader = async ({ request, params }: LoaderFunctionArgs) => {
  const { store, database, platform, deps } = await requireMerchant(request);
  const before = new URL(request.url).searchParams.get('before');
  const now = instant(Date.now());
  const page = await memberPage(database, platform, store, { id: params.id ?? '', before }, now);
  if (page === null) throw new Response(null, { status: 404 });
  const { memberId } = page;
  return {
    ...page,
    forecast: await readForecast(deps, { programId: store.programId, memberId }, now),
    warnings: await memberWarnings(database, store.programId, memberId),
  };
};

export const action = async ({ request, params }: ActionFunctionArgs) => {
  const merchant = await requireMerchant(request);
  const sent = await readForm(request);
  if (!sent.ok)
    return json(
      { done: null, refusal: bodyRefusalText(merchant.language, sent.error), ask: null },
      statusOfBody[sent.error.kind],
    );
  const form = memberFormSchema.safeParse(sent.value);
  if (!form.success || !isUuid(params.id ?? '')) {
    return json({ done: null, refusal: translate(merchant.language, 'member.refused_form'), ask: null }, 422);
  }
  const outcome = await actOnMember(merchant, asId<MemberId>(params.id ?? ''), form.data);
  const isDone = outcome.refusal === null && outcome.ask === null;
  return json({ done: isDone ? form.data.wish : null, ...outcome }, isDone ? 200 : 409);
};

const Member = () => {
  const {
    card,
    nameMissing,
    mergedInto,
    balance,
    entries,
    nextEntry,
    orders,
    redemptions,
    createdAt,
    memberId,
    tiers,
    forecast,
    expiring,
    warnings,
  } = useLoaderData<typeof loader>();
  const list = useSearchParams()[0].get('list') ?? '';
  const { answer, unsent } = useAnswer<typeof action>();
  const { t, date, day, points } = useWriting();
  const isMerged = mergedInto !== null;
  const untitled = isMerged ? 'member.merged_title' : nameMissing ? 'common.no_name' : 'common.guest';
  return (
    <Page
      title={card?.displayName ?? t(untitled)}
      subtitle={[card?.email, `${t('members.since')} ${date(createdAt)}`].filter(Boolean).join(' · ')}
      backAction={{ content: t('nav.members'), url: list === '' ? '/app/members' : `/app/members?${list}` }}
      primaryAction={
        isMerged ? undefined : <MemberActions {...{ memberId, card, balance, tiers, redemptions, answer, unsent }} />
      }
    >
      <BlockStack gap="400">
        <MergedBanner into={mergedInto} />
        <BalanceFigures balance={balance} />
        <Layout>
          <Layout.Section>
            <HistoryCard
              entries={entries}
              nextEntry={nextEntry}
              olderAt={`/app/members/${memberId}?${new URLSearchParams({ before: nextEntry ?? '', list }).toString()}`}
            />
          </Layout.Section>
          <Layout.Section variant="oneThird">
            <BlockStack gap="400">
              {expiring === null ? null : (
                <Section title={t('member.expiring')}>
                  <Text as="p">
                    {t('member.expiring_on', { points: points(expiring.points), date: day(expiring.on) })}
                  </Text>
                  <WarningList warnings={warnings} />
                </Section>
              )}
              {tiers === null || isMerged ? null : <TierCard tiers={tiers} forecast={forecast} />}
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
