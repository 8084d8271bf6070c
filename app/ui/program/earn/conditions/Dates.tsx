import { useWriting } from '../../../language';
import { FieldGroup, MomentField } from '../../fields';
import type { ConditionEditor } from './editor';

export const Dates: ConditionEditor<'dates'> = ({ label, condition, change, errorAt }) => {
  const { t } = useWriting();
  return (
    <FieldGroup title={label}>
      <MomentField
        label={t('program.first_day')}
        type="date"
        value={condition.from}
        onChange={(from) => change({ ...condition, from })}
        error={errorAt('from')}
      />
      <MomentField
        label={t('program.last_day')}
        type="date"
        value={condition.to}
        onChange={(to) => change({ ...condition, to })}
        error={errorAt('to')}
      />
    </FieldGroup>
  );
};
