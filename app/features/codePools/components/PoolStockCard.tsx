import { BlockStack, Card, InlineGrid, Text } from '@shopify/polaris';
import type { poolStock } from '~/features/codePools/views/poolPage';
import { formatNumber } from '~/i18n/catalog';
import { useWriting } from '~/ui/language';

type Props = { readonly stock: Awaited<ReturnType<typeof poolStock>> };

/** How many codes there are, were given and have ended. */
export const PoolStockCard = ({ stock }: Props) => {
  const { t, language } = useWriting();
  const figures = [
    [t('codes.free'), stock.free],
    [t('codes.given'), stock.given],
    [t('codes.given_lately'), stock.givenLately],
    [t('codes.ended'), stock.ended],
  ] as const;
  return (
    <Card>
      <InlineGrid columns={{ xs: 2, md: 4 }} gap="400">
        {figures.map(([label, value]) => (
          <BlockStack key={label} gap="050">
            <Text as="h2" variant="bodySm" tone="subdued">
              {label}
            </Text>
            <Text as="p" variant="headingLg" numeric>
              {formatNumber(language, value)}
            </Text>
          </BlockStack>
        ))}
      </InlineGrid>
    </Card>
  );
};
