import type { StoreCredit } from '~/core/rewards/kinds/storeCredit';
import { NumberField } from '../../../fields';
import { useWriting } from '../../../language';
import type { RewardEditor, RewardFieldsProps } from './editor';
import { MoneyGiven } from './MoneyGiven';

const Fields = ({ reward, change, errorAt }: RewardFieldsProps<StoreCredit>) => {
  const { t } = useWriting();
  return (
    <MoneyGiven
      reward={reward}
      change={(part) => change({ ...reward, ...part })}
      errorAt={errorAt}
      amountLabel="program.reward_credit_amount"
      help="program.reward_store_credit_help"
      days={
        <NumberField
          label={t('program.reward_spend_days')}
          value={reward.validDays}
          onChange={(validDays) => change({ ...reward, validDays })}
          error={errorAt('validDays')}
        />
      }
    />
  );
};

/** A fixed price in points for store credit. */
export const storeCredit: RewardEditor<'store_credit'> = {
  add: 'program.add_store_credit',
  Fields,
};
