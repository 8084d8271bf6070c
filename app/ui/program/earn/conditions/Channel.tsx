import { ChannelField } from '../ChannelField';
import type { ConditionEditor } from './editor';

export const Channel: ConditionEditor<'channel'> = ({ label, condition, change, errorAt }) => (
  <ChannelField
    label={label}
    channels={condition.channels}
    change={(channels) => change({ ...condition, channels })}
    error={errorAt('channels')}
  />
);
