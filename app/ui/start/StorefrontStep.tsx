import { BlockStack, Link } from '@shopify/polaris';
import { useWriting } from '../language';
import { StorefrontParts } from './StorefrontParts';
import { Step } from './Step';

/** The ways into the theme editor, where the shop's blocks are added, and which of them are there by now. */
export const StorefrontStep = ({ shopUrl }: { readonly shopUrl: string }) => {
  const { t } = useWriting();
  return (
    <Step number={4} title={t('start.storefront')}>
      <BlockStack gap="400">
        <StorefrontParts />
        <Link url={shopUrl} external target="_blank">
          {t('start.open_shop')}
        </Link>
      </BlockStack>
    </Step>
  );
};
