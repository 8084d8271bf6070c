import type { GiftCard } from '~/core/rewards/kinds/giftCard';
import { useWriting } from '../../../language';
import { OptionalNumberField } from '../../fields';
import type { RewardEditor, RewardFieldsProps } from './editor';
import { MoneyGiven } from './MoneyGiven';

const Fields = ({ reward, change, errorAt }: RewardFieldsProps<GiftCard>) => {
  const { t } = useWriting();
  return (
    <MoneyGiven
      reward={reward}
      change={(part) => change({ ...reward, ...part })}
      errorAt={errorAt}
      amountLabel="program.reward_card_amount"
      help="program.reward_gift_card_help"
      days={
        <OptionalNumberField
          label={t('program.reward_spend_days')}
          value={reward.validDays}
          onChange={(validDays) => change({ ...reward, validDays })}
          error={errorAt('validDays')}
        />
      }
    />
  );
};

/** A fixed price in points for a gift card of the shop. */
export const giftCard: RewardEditor<'gift_card'> = {
  add: 'program.add_gift_card',
  Fields,
};
