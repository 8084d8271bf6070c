import { BlockStack, Box, Card, EmptyState, IndexTable, InlineStack, Text, useBreakpoints } from '@shopify/polaris';
import type { donationReport } from '~/features/donations/views/donationReport';
import { dateFormatOf, formatNumber } from '~/i18n/catalog';
import { useWriting } from '~/ui/language';

type Lines = Awaited<ReturnType<typeof donationReport>>;

/** What members donated: a line a month and receiver; on a phone one below the other. */
export const DonationTable = ({ lines }: { readonly lines: Lines }) => {
  const { t } = useWriting();
  const { smDown } = useBreakpoints();
  if (lines.length === 0)
    return (
      <Card>
        <EmptyState
          heading={t('donations.empty')}
          image=""
          action={{ content: t('program.add_reward'), url: '/app/program/rewards' }}
        >
          <p>{t('donations.empty_help')}</p>
        </EmptyState>
      </Card>
    );
  return (
    <Card padding="0">
      <IndexTable
        selectable={false}
        condensed={smDown}
        itemCount={lines.length}
        headings={[
          { title: t('donations.month') },
          { title: t('donations.charity') },
          { title: t('donations.count'), alignment: 'end' },
          { title: t('donations.points'), alignment: 'end' },
          { title: t('donations.amount'), alignment: 'end' },
        ]}
      >
        {lines.map((line, index) => (
          <IndexTable.Row key={index} id={String(index)} position={index}>
            {smDown ? <Condensed line={line} /> : <Cells line={line} />}
          </IndexTable.Row>
        ))}
      </IndexTable>
    </Card>
  );
};

type LineProps = { readonly line: Lines[number] };

const useMonth = () => {
  const { language } = useWriting();
  return (month: string): string =>
    dateFormatOf(language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(Date.parse(`${month}-15`));
};

const Cells = ({ line: { month, charity, currency, count, points, amountMinor } }: LineProps) => {
  const { money, language } = useWriting();
  const monthOf = useMonth();
  return (
    <>
      <IndexTable.Cell>{monthOf(month)}</IndexTable.Cell>
      <IndexTable.Cell>{charity}</IndexTable.Cell>
      {[formatNumber(language, count), formatNumber(language, points), money(amountMinor, currency)].map(
        (text, column) => (
          <IndexTable.Cell key={column}>
            <Text as="span" alignment="end" numeric>
              {text}
            </Text>
          </IndexTable.Cell>
        ),
      )}
    </>
  );
};

const Condensed = ({ line: { month, charity, currency, count, points: spent, amountMinor } }: LineProps) => {
  const { t, money, points, language } = useWriting();
  const monthOf = useMonth();
  return (
    <Box padding="300" width="100%">
      <BlockStack gap="100">
        <InlineStack align="space-between" gap="200" wrap={false}>
          <Text as="span" fontWeight="semibold" breakWord>
            {charity}
          </Text>
          <Text as="span" numeric>
            {money(amountMinor, currency)}
          </Text>
        </InlineStack>
        <Text as="p" tone="subdued" variant="bodySm">
          {`${monthOf(month)} · ${t('donations.count')}: ${formatNumber(language, count)} · ${points(spent)}`}
        </Text>
      </BlockStack>
    </Box>
  );
};
