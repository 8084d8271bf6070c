import { FormLayout } from '@shopify/polaris';
import { MoneyField } from '../MoneyField';
import { NumberField } from '../NumberField';
import { useWriting } from '../language';
import type { RewardFieldsProps } from './RewardCard';

/** A fixed price in points for a fixed amount off. */
export const AmountOffFields = ({ reward, change, errorAt }: RewardFieldsProps<'amount_off'>) => {
  const { t } = useWriting();
  return (
    <FormLayout.Group condensed>
      <NumberField label={t('program.reward_points')} value={reward.points} onChange={(points) => change({ ...reward, points })} error={errorAt('points')} />
      <MoneyField
        label={t('program.reward_amount')}
        minor={reward.amountMinor}
        currency={reward.currency}
        onChange={(minor) => change({ ...reward, amountMinor: minor ?? 0 })}
        error={errorAt('amountMinor')}
      />
    </FormLayout.Group>
  );
};
