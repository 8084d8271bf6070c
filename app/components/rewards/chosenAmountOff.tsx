import { FormLayout } from '@shopify/polaris';
import { MoneyField, NumberField } from '~/ui/fields';
import { useWriting } from '~/ui/language';
import type { RewardFieldsProps } from './RewardCard';

/** An amount of the shopper's choice, in steps. */
export const ChosenAmountOffFields = ({ reward, change, errorAt }: RewardFieldsProps<'chosen_amount_off'>) => {
  const { t } = useWriting();
  return (
    <>
      <FormLayout.Group condensed>
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
      </FormLayout.Group>
      <FormLayout.Group condensed>
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
      </FormLayout.Group>
    </>
  );
};
