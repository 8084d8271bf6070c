import { BlockStack, Link, Select, Text } from '@shopify/polaris';
import type { PoolCode } from '~/core/rewards/kinds/poolCode';
import { NumberField } from '../../../fields';
import { useWriting } from '../../../language';
import { FieldGrid } from '../../fields';
import { useProgram } from '../../programContext';
import type { RewardEditor, RewardFieldsProps } from './editor';
import { PriceField } from './PriceField';

const Fields = ({ reward, change, errorAt }: RewardFieldsProps<PoolCode>) => {
  const { t, language } = useWriting();
  const { draft } = useProgram();
  // Its own codes, or those of another reward that gives codes.
  const others = draft.document.rewards.flatMap((one) =>
    one.kind === 'pool_code' && one.id !== reward.id ? [{ value: one.poolId, label: one.name[language] }] : [],
  );
  const pools = new Map([
    ...others.map(({ value, label }) => [value, t('program.reward_pool_of', { name: label })] as const),
    [reward.id, t('program.reward_pool_own')] as const,
  ]);
  if (!pools.has(reward.poolId)) pools.set(reward.poolId, reward.poolId);
  return (
    <BlockStack gap="400">
      <FieldGrid>
        <PriceField points={reward.points} change={(points) => change({ ...reward, points })} errorAt={errorAt} />
        <NumberField
          label={t('program.reward_warn_at')}
          value={reward.warnAt}
          onChange={(warnAt) => change({ ...reward, warnAt })}
          error={errorAt('warnAt')}
        />
      </FieldGrid>
      {pools.size === 1 ? null : (
        <Select
          label={t('program.reward_pool')}
          options={[...pools].map(([value, label]) => ({ value, label }))}
          value={reward.poolId}
          onChange={(poolId) => change({ ...reward, poolId })}
        />
      )}
      <Text as="p" tone="subdued">
        {t('program.reward_pool_help')} <Link url={`/app/codes/${reward.poolId}`}>{t('codes.open')}</Link>
      </Text>
    </BlockStack>
  );
};

/** A fixed price in points for a code of somebody else's. */
export const poolCode: RewardEditor<'pool_code'> = {
  add: 'program.add_pool_code',
  Fields,
};
