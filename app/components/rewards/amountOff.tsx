import { FormLayout } from '@shopify/polaris';
import { MoneyField, NumberField } from '~/ui/fields';
import { withAmount } from '~/core/program/rewardNames';
import { useWriting } from '~/ui/language';
import type { RewardFieldsProps } from './RewardCard';

/** A fixed price in points for a fixed amount off. */
export const AmountOffFields = ({ reward, change, errorAt }: RewardFieldsProps<'amount_off'>) => {
  const { t } = useWriting();
  return (
    <FormLayout.Group condensed>
      <NumberField
        label={t('program.reward_points')}
        value={reward.points}
        onChange={(points) => change({ ...reward, points })}
        error={errorAt('points')}
      />
      <MoneyField
        label={t('program.reward_amount')}
        minor={reward.amountMinor}
        currency={reward.currency}
        onChange={(minor) => change(withAmount(reward, minor ?? Number.NaN))}
        error={errorAt('amountMinor')}
      />
    </FormLayout.Group>
  );
};
