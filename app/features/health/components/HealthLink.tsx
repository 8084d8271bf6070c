import { BlockStack, Button, Card, Text } from '@shopify/polaris';
import { useWriting } from '~/ui/language';

/** Where the merchant sees that all is well: a card that leads to Health. */
export const HealthLink = () => {
  const { t } = useWriting();
  return (
    <Card>
      <BlockStack gap="200" inlineAlign="start">
        <Text as="h2" variant="headingMd">
          {t('settings.health')}
        </Text>
        <Text as="p" tone="subdued">
          {t('settings.health_help')}
        </Text>
        <Button url="/app/health">{t('home.open_health')}</Button>
      </BlockStack>
    </Card>
  );
};
