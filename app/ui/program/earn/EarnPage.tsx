import { BlockStack } from '@shopify/polaris';
import { BonusesCard } from './BonusesCard';
import { CapsCard, ExclusionsCard } from './LimitCards';
import { RateCard } from './RateCard';
import { SeasonCard } from './SeasonCard';

/** What an order earns. */
export const EarnPage = () => (
  <BlockStack gap="400">
    <RateCard />
    <SeasonCard />
    <BonusesCard />
    <CapsCard />
    <ExclusionsCard />
  </BlockStack>
);
