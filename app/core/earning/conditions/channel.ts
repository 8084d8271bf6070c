import { z } from 'zod';
import { shopText } from '../../values/fields';
import { fold, folded, orderCondition } from './condition';

/** The order came through one of the given channels, as the platform names them (`web`, `pos`, …). */
export const channel = orderCondition({
  kind: 'channel',
  schema: z.strictObject({ kind: z.literal('channel'), channels: z.array(shopText).min(1).max(50) }),
  model: () => ({ channels: ['web'] }),
  need: null,
  test: ({ channels }) => {
    const wanted = folded(channels);
    return (order) => order.channel !== null && wanted.has(fold(order.channel));
  },
});
