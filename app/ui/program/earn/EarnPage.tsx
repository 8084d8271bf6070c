import { BlockStack } from '@shopify/polaris';
import { BonusesCard } from './BonusesCard';
import { CapsCard, ExclusionsCard } from './LimitCards';
import { RateCard } from './RateCard';
import { SeasonCard } from './SeasonCard';
import { SegmentsCard } from './SegmentsCard';

/** What an order earns, and the groups of customers that rules and rewards can name. */
export const EarnPage = () => (
  <BlockStack gap="400">
    <RateCard />
    <SeasonCard />
    <BonusesCard />
    <CapsCard />
    <ExclusionsCard />
    <SegmentsCard />
  </BlockStack>
);
