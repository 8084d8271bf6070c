import { withAmount, type AmountOff } from '~/core/rewards/kinds/amountOff';
import { MoneyField } from '../../../fields';
import { useWriting } from '../../../language';
import { FieldGrid } from '../../fields';
import type { RewardEditor, RewardFieldsProps } from './editor';
import { PriceField } from './PriceField';

const Fields = ({ reward, change, errorAt }: RewardFieldsProps<AmountOff>) => {
  const { t } = useWriting();
  return (
    <FieldGrid>
      <PriceField points={reward.points} change={(points) => change({ ...reward, points })} errorAt={errorAt} />
      <MoneyField
        label={t('program.reward_amount')}
        minor={reward.amountMinor}
        currency={reward.currency}
        onChange={(minor) => change(withAmount(reward, minor ?? Number.NaN))}
        error={errorAt('amountMinor')}
      />
    </FieldGrid>
  );
};

/** A fixed price in points for a fixed amount off. */
export const amountOff: RewardEditor<'amount_off'> = {
  add: 'program.add_fixed',
  Fields,
};
