import { BlockStack, Select } from '@shopify/polaris';
import { productsMost, thingsMost } from '~/core/rewards/fields';
import type { RewardLines } from '~/core/rewards/lines';
import type { RewardWithLines } from '~/core/rewards/section';
import { useWriting } from '../../language';
import { ResourceField } from '../ResourceField';
import type { RewardCardProps } from './rewardFields';

type Props = RewardCardProps & { readonly reward: RewardWithLines };

const choices = ['cart', 'product', 'collection'] as const;
type Choice = (typeof choices)[number];

/** What a choice begins with: none is named yet. */
const begin = (choice: Choice): RewardLines | null => {
  if (choice === 'cart') return null;
  return choice === 'product' ? { kind: choice, productIds: [] } : { kind: choice, collectionIds: [] };
};

/** What a reward takes something off: the whole cart, some products, or collections. */
export const LinesField = ({ reward, change, errorAt }: Props) => {
  const { t } = useWriting();
  const { lines } = reward;
  // Said where it was chosen, too: the limit stands in another card.
  const isCapped = lines !== null && reward.kind === 'percent_off' && reward.capMinor !== null;
  const put = (next: RewardLines | null): void => change({ ...reward, lines: next });
  return (
    <BlockStack gap="400">
      <Select
        label={t('field.reward.lines')}
        options={choices.map((value) => ({ value, label: t(`reward.lines_${value}`) }))}
        value={lines?.kind ?? 'cart'}
        onChange={(choice) => put(begin(choice as Choice))}
        error={(isCapped && errorAt('capMinor')) || false}
      />
      {lines?.kind === 'product' ? (
        <ResourceField
          kind="product"
          label={t('program.condition_product')}
          help={t('reward.lines_help', { most: productsMost })}
          ids={lines.productIds}
          onChange={(productIds) => put({ kind: 'product', productIds })}
          error={errorAt('lines.productIds')}
          most={productsMost}
        />
      ) : null}
      {lines?.kind === 'collection' ? (
        <ResourceField
          kind="collection"
          label={t('program.condition_collection')}
          help={t('reward.lines_help', { most: thingsMost })}
          ids={lines.collectionIds}
          onChange={(collectionIds) => put({ kind: 'collection', collectionIds })}
          error={errorAt('lines.collectionIds')}
          most={thingsMost}
        />
      ) : null}
    </BlockStack>
  );
};
