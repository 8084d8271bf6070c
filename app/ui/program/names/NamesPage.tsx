import { BlockStack } from '@shopify/polaris';
import { LookCard } from './LookCard';
import { NamesCard } from './NamesCard';
import { StorefrontPicture } from './StorefrontPicture';
import { TermsCard } from './TermsCard';

/** The merchant's words, the program's looks, and how both are seen in the shop. */
export const NamesPage = () => (
  <BlockStack gap="400">
    <NamesCard />
    <LookCard />
    <StorefrontPicture />
    <TermsCard />
  </BlockStack>
);
