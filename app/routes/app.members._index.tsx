import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigation, useSearchParams } from '@remix-run/react';
import { Banner, BlockStack, Box, Card, IndexTable, Link, Page, Text, TextField } from '@shopify/polaris';
import { useEffect, useState } from 'react';
import { ExportMenu } from '~/features/pointFiles/components/ExportMenu';
import { useWriting } from '~/ui/language';
import { Nobody } from '~/ui/Nobody';
import { titled } from '~/ui/titled';
import { cleanText, cutText } from '~/core/values/untrusted';
import { formatNumber } from '~/i18n/catalog';
import { requireMerchant } from '~/http/shopify/merchant';
import { memberList } from '~/views/memberList';

const searchPauseMs = 300;

export { lookAgain as shouldRevalidate } from '~/ui/sending';

export const meta = titled('nav.members');

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { store, database, platform } = await requireMerchant(request);
  const parameters = new URL(request.url).searchParams;
  const search = cutText(cleanText(parameters.get('q') ?? ''), 100);
  return { search, ...(await memberList(database, platform, store, search, parameters.get('before'))) };
};

const Members = () => {
  const { members, next, search, namesMissing } = useLoaderData<typeof loader>();
  const { t, language, date } = useWriting();
  const [parameters, setParameters] = useSearchParams();
  const [text, setText] = useState(search);
  const busy = useNavigation().state === 'loading';
  useEffect(() => {
    if (text.trim() === search) return;
    const timer = setTimeout(
      () => setParameters(text.trim() === '' ? {} : { q: text.trim() }, { replace: true }),
      searchPauseMs,
    );
    return () => clearTimeout(timer);
  }, [text, search, setParameters]);
  const headings = ['members.name', 'members.available', 'members.pending', 'members.since'] as const;
  return (
    <Page
      title={t('nav.members')}
      primaryAction={<ExportMenu />}
      secondaryActions={[{ content: t('imports.open'), url: '/app/members/import' }]}
    >
      <BlockStack gap="400">
        {namesMissing ? <Banner tone="warning">{t('members.names_missing')}</Banner> : null}
        <Card padding="0">
          <Box padding="300">
            <TextField
              label={t('members.search')}
              labelHidden
              placeholder={t('members.search')}
              value={text}
              onChange={setText}
              autoComplete="off"
              type="search"
              clearButton
              onClearButtonClick={() => setText('')}
              loading={busy}
            />
          </Box>
          {members.length === 0 ? (
            <Nobody search={search} />
          ) : (
            <IndexTable
              selectable={false}
              itemCount={members.length}
              headings={[
                { title: t(headings[0]) },
                { title: t(headings[1]), alignment: 'end' },
                { title: t(headings[2]), alignment: 'end' },
                { title: t(headings[3]) },
              ]}
              pagination={{
                hasNext: next !== null,
                onNext: () => setParameters(next === null ? {} : { before: next }),
                hasPrevious: parameters.has('before'),
                onPrevious: () => window.history.back(),
              }}
            >
              {members.map((member, index) => (
                <IndexTable.Row id={member.memberId} key={member.memberId} position={index}>
                  <IndexTable.Cell>
                    <Link url={`/app/members/${member.memberId}`} monochrome removeUnderline dataPrimaryLink>
                      <Text as="span" fontWeight="semibold">
                        {member.card?.displayName || t(namesMissing ? 'common.no_name' : 'common.guest')}
                      </Text>
                    </Link>
                    <Text as="p" tone="subdued" variant="bodySm">
                      {member.card?.email ?? ''}
                    </Text>
                  </IndexTable.Cell>
                  <IndexTable.Cell>
                    <Text as="p" alignment="end" numeric>
                      {formatNumber(language, member.available)}
                    </Text>
                  </IndexTable.Cell>
                  <IndexTable.Cell>
                    <Text as="p" alignment="end" numeric>
                      {formatNumber(language, member.pending)}
                    </Text>
                  </IndexTable.Cell>
                  <IndexTable.Cell>{date(member.createdAt)}</IndexTable.Cell>
                </IndexTable.Row>
              ))}
            </IndexTable>
          )}
        </Card>
      </BlockStack>
    </Page>
  );
};

export default Members;
