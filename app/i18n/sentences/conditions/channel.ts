import { fold } from '~/core/earning/conditions/condition';
import { listIn, tell, type SentenceSay } from '../say';
import type { ConditionWords } from './words';

/** The channels that Shopify itself names in an order, and that have words here; an app gives its own. */
export const knownChannels = ['web', 'pos', 'shopify_draft_order'] as const;

const channelIn = (name: string, say: SentenceSay): string => {
  const known = knownChannels.find((one) => one === fold(name));
  return known === undefined
    ? tell(say, 'sentence.on_channel_other', { name })
    : tell(say, `sentence.on_channel_${known}`);
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
