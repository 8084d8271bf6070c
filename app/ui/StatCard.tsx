import { BlockStack, Card, Text } from '@shopify/polaris';

type Props = {
  readonly label: string;
  readonly value: string;
  readonly note: string;
  readonly more?: string | undefined;
};

/** One figure with what it is compared to. */
export const StatCard = ({ label, value, note, more }: Props) => (
  <Card>
    <BlockStack gap="100">
      <Text as="h2" variant="bodySm" tone="subdued">
        {label}
      </Text>
      <Text as="p" variant="headingLg" numeric>
        {value}
      </Text>
      <Text as="p" variant="bodySm" tone="subdued">
        {note}
      </Text>
      {more === undefined ? null : (
        <Text as="p" variant="bodySm">
          {more}
        </Text>
      )}
    </BlockStack>
  </Card>
);
