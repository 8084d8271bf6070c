import { BlockStack, Text } from '@shopify/polaris';
import type { FirstRun } from '~/core/program/firstRun';
import { thingsMost } from '~/core/rewards/fields';
import type { RewardWithVariants } from '~/core/rewards/section';
import { rewardSentence } from '~/i18n/sentences/rewards/all';
import { useWriting } from '../language';
import { ResourceField } from '../program/ResourceField';
import { ThingsProvider } from '../program/things';

type VariantIds = NonNullable<FirstRun['variantIds']>;
type Props = {
  /** The rewards of the template for which a product has to be chosen. */
  readonly rewards: readonly RewardWithVariants[];
  /** By the id of a reward. */
  readonly variantIds: VariantIds;
  readonly onChange: (variantIds: VariantIds) => void;
};

const noGroups = { tiers: null, segments: [] };
const nothing = { product: [], collection: [], variant: [] };

/** What a template leaves open: the products of its rewards. Without one a reward is off, and can be chosen later. */
export const OpenRewards = (props: Props) => (
  <ThingsProvider named={nothing}>
    <Fields {...props} />
  </ThingsProvider>
);

const Fields = ({ rewards, variantIds, onChange }: Props) => {
  const { t, ...say } = useWriting();
  return (
    <BlockStack gap="400">
      <BlockStack gap="100">
        <Text as="h3" variant="headingSm">
          {t('start.prizes')}
        </Text>
        <Text as="p" tone="subdued">
          {t('start.prizes_help')}
        </Text>
      </BlockStack>
      {rewards.map((reward) => {
        const ids = variantIds[reward.id] ?? [];
        return (
          <ResourceField
            key={reward.id}
            kind="variant"
            label={rewardSentence({ ...reward, variantIds: ids }, say, noGroups)}
            ids={ids}
            onChange={(next) => onChange({ ...variantIds, [reward.id]: next })}
            most={thingsMost}
          />
        );
      })}
    </BlockStack>
  );
};
