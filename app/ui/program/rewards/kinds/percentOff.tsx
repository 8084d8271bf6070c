import type { PercentOff } from '~/core/rewards/kinds/percentOff';
import { MoneyField } from '../../../fields';
import { useWriting } from '../../../language';
import { DecimalField, FieldGrid } from '../../fields';
import type { RewardEditor, RewardFieldsProps } from './editor';
import { PriceField } from './PriceField';

const Fields = ({ reward, change, errorAt }: RewardFieldsProps<PercentOff>) => {
  const { t } = useWriting();
  return (
    <FieldGrid>
      <PriceField points={reward.points} change={(points) => change({ ...reward, points })} errorAt={errorAt} />
      <DecimalField
        label={t('program.reward_percent')}
        value={reward.basisPoints}
        sign="%"
        per={100}
        optional={false}
        onChange={(basisPoints) => change({ ...reward, basisPoints: basisPoints ?? Number.NaN })}
        error={errorAt('basisPoints')}
      />
      <MoneyField
        label={t('program.reward_cap')}
        minor={reward.capMinor}
        currency={reward.currency}
        optional
        onChange={(capMinor) => change({ ...reward, capMinor })}
        error={errorAt('capMinor')}
      />
    </FieldGrid>
  );
};

/** A fixed price in points for a part of the cart. */
export const percentOff: RewardEditor<'percent_off'> = {
  add: 'program.add_percent',
  Fields,
};
