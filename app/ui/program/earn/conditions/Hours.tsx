import { useWriting } from '../../../language';
import { FieldGroup, MomentField } from '../../fields';
import type { ConditionEditor } from './editor';

export const Hours: ConditionEditor<'hours'> = ({ label, condition, change, errorAt }) => {
  const { t } = useWriting();
  return (
    <FieldGroup title={label}>
      <MomentField
        label={t('field.condition.from')}
        type="time"
        value={condition.from}
        onChange={(from) => change({ ...condition, from })}
        error={errorAt('from')}
      />
      <MomentField
        label={t('field.condition.to')}
        type="time"
        value={condition.to}
        onChange={(to) => change({ ...condition, to })}
        error={errorAt('to')}
      />
    </FieldGroup>
  );
};
