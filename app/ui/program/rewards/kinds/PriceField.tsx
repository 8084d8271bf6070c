import { NumberField } from '../../../fields';
import { useWriting } from '../../../language';

type Props = {
  readonly points: number;
  readonly change: (points: number) => void;
  readonly errorAt: (field: string) => string | undefined;
};

/** What a reward with a fixed price costs. */
export const PriceField = ({ points, change, errorAt }: Props) => {
  const { t } = useWriting();
  return <NumberField label={t('program.reward_points')} value={points} onChange={change} error={errorAt('points')} />;
};
