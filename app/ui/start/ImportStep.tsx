import { BlockStack, Button, Text } from '@shopify/polaris';
import { useWriting } from '../language';
import { Step } from './Step';

/** The ways to what is there already: orders from before the program, and balances of another program. */
export const ImportStep = () => {
  const { t } = useWriting();
  return (
    <Step number={5} title={t('start.import')} help={t('start.import_help')}>
      <BlockStack gap="400">
        <BlockStack gap="100" inlineAlign="start">
          <Button url="/app">{t('start.import_orders')}</Button>
          <Text as="p" tone="subdued">
            {t('start.past_help')}
          </Text>
        </BlockStack>
        <BlockStack gap="100" inlineAlign="start">
          <Button url="/app/members/import">{t('start.import_file')}</Button>
          <Text as="p" tone="subdued">
            {t('start.import_file_help')}
          </Text>
        </BlockStack>
      </BlockStack>
    </Step>
  );
};
