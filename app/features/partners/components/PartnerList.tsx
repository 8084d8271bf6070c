import { Badge, BlockStack, Card, InlineStack, Link, Text } from '@shopify/polaris';
import type { PartnerCard } from '~/features/partners/views/partnerPages';
import { useWriting } from '~/ui/language';

/** Who gives things to members, and how many orders are on their way there. */
export const PartnerList = ({ partners }: { readonly partners: readonly PartnerCard[] }) => {
  const { t } = useWriting();
  if (partners.length === 0) return null;
  return (
    <Card>
      <BlockStack as="ul" gap="400">
        {partners.map(({ id, name, kind, orders }) => (
          <li key={id}>
            <BlockStack gap="100">
              <InlineStack gap="200" blockAlign="center">
                <Link url={`/app/partners/${id}`}>{name}</Link>
                <Badge>{t(`partners.kind_${kind}`)}</Badge>
              </InlineStack>
              <Text as="p" tone="subdued">
                {(['open', 'delivered'] as const).map((at) => t(`partners.${at}`, { count: orders[at] })).join(' · ')}
              </Text>
            </BlockStack>
          </li>
        ))}
      </BlockStack>
    </Card>
  );
};
