import { BlockStack, Text } from '@shopify/polaris';
import { thingsMost } from '~/core/rewards/fields';
import type { FreeProduct } from '~/core/rewards/kinds/freeProduct';
import { MoneyField } from '../../../fields';
import { useWriting } from '../../../language';
import { FieldGrid } from '../../fields';
import { ResourceField } from '../../ResourceField';
import type { RewardEditor, RewardFieldsProps } from './editor';
import { PriceField } from './PriceField';

const Fields = ({ reward, change, errorAt }: RewardFieldsProps<FreeProduct>) => {
  const { t } = useWriting();
  return (
    <BlockStack gap="400">
      <FieldGrid>
        <PriceField points={reward.points} change={(points) => change({ ...reward, points })} errorAt={errorAt} />
        <MoneyField
          label={t('program.reward_copay')}
          minor={reward.copayMinor === 0 ? null : reward.copayMinor}
          currency={reward.currency}
          optional
          onChange={(copayMinor) => change({ ...reward, copayMinor: copayMinor ?? 0 })}
          error={errorAt('copayMinor')}
        />
      </FieldGrid>
      <ResourceField
        kind="variant"
        label={t('program.reward_variants')}
        help={t('program.reward_variants_help')}
        ids={reward.variantIds}
        onChange={(variantIds) => change({ ...reward, variantIds })}
        error={errorAt('variantIds')}
        most={thingsMost}
      />
      <Minimum reward={reward} change={change} errorAt={errorAt} />
    </BlockStack>
  );
};

/** With a minimum: from which collections it is to be bought. The minimum itself stands among the cart's conditions. */
const Minimum = ({ reward, change, errorAt }: RewardFieldsProps<FreeProduct>) => {
  const { t } = useWriting();
  if (reward.minimumSubtotalMinor === null && reward.collectionIds.length === 0)
    return (
      <Text as="p" tone="subdued">
        {t('program.reward_free_product_help')}
      </Text>
    );
  return (
    <ResourceField
      kind="collection"
      label={t('program.reward_collections')}
      help={t('program.reward_collections_help')}
      ids={reward.collectionIds}
      onChange={(collectionIds) => change({ ...reward, collectionIds })}
      error={errorAt('collectionIds')}
      most={thingsMost}
    />
  );
};

/** A fixed price in points for one product of the shop. */
export const freeProduct: RewardEditor<'free_product'> = {
  add: 'program.add_free_product',
  Fields,
};
