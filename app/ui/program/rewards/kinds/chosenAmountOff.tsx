import type { ChosenAmountOff } from '~/core/rewards/kinds/chosenAmountOff';
import { MoneyField, NumberField } from '../../../fields';
import { useWriting } from '../../../language';
import { FieldGrid } from '../../fields';
import type { RewardEditor, RewardFieldsProps } from './editor';

const Fields = ({ reward, change, errorAt }: RewardFieldsProps<ChosenAmountOff>) => {
  const { t } = useWriting();
  return (
    <FieldGrid>
      <NumberField
        label={t('program.reward_step')}
        value={reward.stepPoints}
        onChange={(stepPoints) => change({ ...reward, stepPoints })}
        error={errorAt('stepPoints')}
      />
      <MoneyField
        label={t('program.reward_step_amount')}
        minor={reward.stepAmountMinor}
        currency={reward.currency}
        onChange={(minor) => change({ ...reward, stepAmountMinor: minor ?? Number.NaN })}
        error={errorAt('stepAmountMinor')}
      />
      <NumberField
        label={t('program.reward_min')}
        value={reward.minPoints}
        onChange={(minPoints) => change({ ...reward, minPoints })}
        error={errorAt('minPoints')}
      />
      <NumberField
        label={t('program.reward_max')}
        value={reward.maxPoints}
        onChange={(maxPoints) => change({ ...reward, maxPoints })}
        error={errorAt('maxPoints')}
      />
    </FieldGrid>
  );
};

/** An amount of the shopper's choice, in steps. */
export const chosenAmountOff: RewardEditor<'chosen_amount_off'> = {
  add: 'program.add_chosen',
  Fields,
};
