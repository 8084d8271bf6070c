import { ask, Refused } from './app';
import type { Redeemed } from './answers';
import type { Host } from './host';
import type { SeenCart } from './cart';
import { askUntil } from './patience';
import { forget, idOf, type Wish } from './wishes';

/**
 * Takes a reward. While its code is on its way the same wish is asked again; an answer without one then says that it
 * comes later. Throws as `ask` does; only a decision of the app ends the wish.
 */
export const redeem = async (host: Host, path: string, wish: Wish, cart: SeenCart | null): Promise<Redeemed> => {
  const body = { id: await idOf(host, wish), ...wish, ...(cart === null ? {} : { cart }) };
  try {
    const answer = await askUntil(
      () => ask<Redeemed>(host, path, body),
      ({ redemption, given }) => redemption.state !== 'held' || given !== null,
    );
    await forget(host, wish);
    return answer;
  } catch (error) {
    if (error instanceof Refused && error.isFinal) await forget(host, wish);
    throw error;
  }
};
