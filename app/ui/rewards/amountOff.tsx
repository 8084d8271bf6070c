import { FormLayout } from '@shopify/polaris';
import { withAmount, type AmountOff } from '~/core/rewards/kinds/amountOff';
import { MoneyField, NumberField } from '../fields';
import { useWriting } from '../language';
import type { RewardEditor, RewardFieldsProps } from './editor';

const Fields = ({ reward, change, errorAt }: RewardFieldsProps<AmountOff>) => {
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

/** A fixed price in points for a fixed amount off. */
export const amountOff: RewardEditor<'amount_off'> = {
  add: 'program.add_fixed',
  sentence: ({ points: price, amountMinor, currency }, { t, points, money }) =>
    t('program.reward_sentence_fixed', { points: points(price), amount: money(amountMinor, currency) }),
  Fields,
};
