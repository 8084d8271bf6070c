import { ChipsField } from '../../ChipsField';
import type { ConditionEditor } from './editor';

export const Channel: ConditionEditor<'channel'> = ({ label, condition, change, errorAt }) => (
  <ChipsField
    of="channel"
    label={label}
    values={condition.channels}
    onChange={(channels) => change({ ...condition, channels })}
    error={errorAt('channels')}
  />
);
