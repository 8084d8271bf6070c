import { Badge, BlockStack, Box, InlineStack, List, Text } from '@shopify/polaris';
import type { EntryView } from '~/views/memberPage';
import { explain } from '~/i18n/explain';
import { useWriting } from './language';

type Props = { readonly entries: readonly EntryView[]; readonly details: boolean };

/** Entries of the ledger, each with its explanation in words. */
export const EntryList = ({ entries, details }: Props) => (
  <BlockStack as="ul" gap="0">
    {entries.map((entry, index) => (
      <Box
        as="li"
        key={entry.id}
        paddingBlock="300"
        borderColor="border"
        {...(index === 0 ? {} : { borderBlockStartWidth: '025' as const })}
      >
        <EntryLine entry={entry} details={details} />
      </Box>
    ))}
  </BlockStack>
);

const EntryLine = ({ entry, details }: { readonly entry: EntryView; readonly details: boolean }) => {
  const { t, language, names, dateTime, points } = useWriting();
  const why = explain(entry.why, entry.points, entry.forgiven, language, names);
  const credit = entry.points >= 0;
  return (
    <BlockStack gap="100">
      <InlineStack align="space-between" blockAlign="center" gap="200" wrap={false}>
        <InlineStack gap="200" blockAlign="center">
          <Badge tone={credit ? 'success' : 'info'}>{t(`kind.${entry.kind}`)}</Badge>
          <Text as="span" tone="subdued" variant="bodySm">
            {dateTime(entry.occurredAt)}
          </Text>
        </InlineStack>
        <Text as="span" variant="headingSm" numeric alignment="end">
          {credit ? '+' : ''}
          {points(entry.points)}
        </Text>
      </InlineStack>
      <Text as="p">{why.sentence}</Text>
      {why.steps.map((step) => (
        <Text as="p" key={step}>
          {step}
        </Text>
      ))}
      {details && why.details.length > 0 ? (
        <List type="bullet" gap="extraTight">
          {why.details.map((detail) => (
            <List.Item key={detail}>
              <Text as="span" tone="subdued" variant="bodySm">
                {detail}
              </Text>
            </List.Item>
          ))}
        </List>
      ) : null}
    </BlockStack>
  );
};
