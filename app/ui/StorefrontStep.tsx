import { Button, InlineStack } from '@shopify/polaris';
import { useWriting } from './language';
import { Step } from './Step';

/** The ways into the theme editor, where the shop's blocks are added. */
export const StorefrontStep = ({
  blocks,
}: {
  readonly blocks: { readonly balance: string; readonly rewards: string };
}) => {
  const { t } = useWriting();
  return (
    <Step number={3} title={t('start.storefront')} help={t('start.storefront_help')}>
      <InlineStack gap="200">
        <Button url={blocks.balance} external target="_blank">
          {t('start.add_balance')}
        </Button>
        <Button url={blocks.rewards} external target="_blank">
          {t('start.add_rewards')}
        </Button>
      </InlineStack>
    </Step>
  );
};
