import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keepSnapshot, type KeptSnapshots } from '~/core/orders/winner';
import { orderWorth } from '~/core/evaluation/worth';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { readOrderPayload } from '~/platforms/shopify/orderPayload';
import { plain, program, shop } from 'test/support/builders';
import sequences from '../data/awkward.json';

/** Sequences written by hand, so that the local Shopify and the app cannot agree on the same mistake. */
test.each(Object.entries(sequences))('%s, in any order and any number of times', (_, { states, points }) => {
  const snapshots = states.map((state): OrderSnapshot => {
    const read = readOrderPayload(state, () => 'hash');
    if (!read.ok) throw new Error(read.error.sentence);
    return read.value;
  });
  fc.assert(
    fc.property(fc.shuffledSubarray([...snapshots, ...snapshots], { minLength: snapshots.length * 2 }), (shuffled) => {
      const kept = shuffled.reduce<KeptSnapshots | null>(keepSnapshot, null);
      if (kept === null) throw new Error('nothing was kept');
      expect(orderWorth(kept.newest, kept.settled, plain(), program(), shop).points).toBe(points);
    }),
  );
});
