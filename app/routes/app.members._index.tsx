import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigation } from '@remix-run/react';
import { Banner, BlockStack, Card, Page } from '@shopify/polaris';
import { ExportMenu } from '~/features/pointFiles/components/ExportMenu';
import { useWriting } from '~/ui/language';
import { MemberFilters } from '~/ui/MemberFilters';
import { MemberTable } from '~/ui/MemberTable';
import { Nobody } from '~/ui/Nobody';
import { titled } from '~/ui/titled';
import { useMemberQuery } from '~/ui/useMemberQuery';
import { instant } from '~/core/values/instant';
import { requireMerchant } from '~/http/shopify/merchant';
import { memberList } from '~/views/memberList';
import { cursorText, membersAsked } from '~/views/membersAsked';

export { lookAgain as shouldRevalidate } from '~/ui/sending';

export const meta = titled('nav.members');

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { store, database, platform } = await requireMerchant(request);
  const { asked, misread } = membersAsked(new URL(request.url).searchParams);
  const { next, groupUnknown, ...list } = await memberList(database, platform, store, asked, instant(Date.now()));
  const isFiltered =
    [asked.tier, asked.segment, asked.min, asked.max].some((part) => part !== null) || asked.owing || asked.lapsing;
  return {
    ...list,
    search: asked.search,
    isFiltered: isFiltered || asked.after !== null,
    misread: misread || groupUnknown,
    next: next === null ? null : cursorText(next),
  };
};

const Members = () => {
  const { members, total, levels, segments, next, search, isFiltered, ...notes } = useLoaderData<typeof loader>();
  const { namesMissing, misread, isCut } = notes;
  const { t } = useWriting();
  const { goTo, isFirstPage } = useMemberQuery();
  const busy = useNavigation().state === 'loading';
  return (
    <Page
      title={t('nav.members')}
      subtitle={t('tiers.size', { count: total })}
      primaryAction={<ExportMenu />}
      secondaryActions={[{ content: t('imports.open'), url: '/app/members/import' }]}
    >
      <BlockStack gap="400">
        {namesMissing ? <Banner tone="warning">{t('members.names_missing')}</Banner> : null}
        {misread ? <Banner tone="warning">{t('members.misread')}</Banner> : null}
        {isCut ? <Banner tone="info">{t('members.cut')}</Banner> : null}
        <Card padding="0">
          <MemberFilters levels={levels} segments={segments} busy={busy} />
          {members.length === 0 ? (
            <Nobody search={search} isFiltered={isFiltered} />
          ) : (
            <MemberTable
              members={members}
              levels={levels}
              namesMissing={namesMissing}
              pagination={{
                hasNext: next !== null,
                onNext: () => goTo(next ?? ''),
                hasPrevious: !isFirstPage,
                onPrevious: () => window.history.back(),
              }}
            />
          )}
        </Card>
      </BlockStack>
    </Page>
  );
};

export default Members;
