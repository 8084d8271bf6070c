import { BlockStack, Card, Text } from '@shopify/polaris';
import { useWriting } from './language';

type Props = {
  readonly label: string;
  readonly value: string;
  /** How much the figure changed since what the note compares it with: 0.25 is a quarter more. */
  readonly change?: number | null;
  readonly note: string;
  readonly more?: string | undefined;
};

/** One figure with what it is compared to. */
export const StatCard = ({ label, value, change = null, note, more }: Props) => {
  const { percent } = useWriting();
  return (
    <Card>
      <BlockStack gap="100">
        <Text as="h2" variant="bodySm" tone="subdued">
          {label}
        </Text>
        <Text as="p" variant="headingLg" numeric>
          {value}
        </Text>
        <Text as="p" variant="bodySm" tone="subdued">
          {change === null ? null : (
            <Text as="span" fontWeight="semibold">
              <span aria-hidden="true">{change > 0 ? '↑ ' : change < 0 ? '↓ ' : ''}</span>
              {`${change > 0 ? '+' : ''}${percent(change)} · `}
            </Text>
          )}
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
};
