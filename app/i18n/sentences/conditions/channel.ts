import { listIn, tell, type SentenceSay } from '../say';
import type { ConditionWords } from './words';

const channelIn = (name: string, say: SentenceSay): string => {
  const known = name.trim().toLowerCase();
  if (known === 'web') return tell(say, 'sentence.on_channel_web');
  return known === 'pos' ? tell(say, 'sentence.on_channel_pos') : tell(say, 'sentence.on_channel_other', { name });
};

/** The channels of orders, as a phrase: "in the online shop or at the counter". */
export const channelsIn = (channels: readonly string[], say: SentenceSay): string =>
  listIn(
    say,
    channels.map((name) => channelIn(name, say)),
    true,
  );

export const channel: ConditionWords<'channel'> = {
  phrase: ({ channels }, say) => channelsIn(channels, say),
  fields: { channels: 'field.condition.channels' },
};
