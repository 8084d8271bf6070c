import { ask, Refused } from './app';
import type { Redeemed } from './answers';
import type { Host } from './host';
import type { SeenCart } from './cart';
import { forget, idOf, type Wish } from './wishes';

/** Waits. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** After how many milliseconds the app is asked again for what it does not know yet. */
export const patience: readonly number[] = [2000, 4000, 8000];

/**
 * Takes a reward. While its code is on its way the same wish is asked again; an answer without one then says that it
 * comes later. Throws as `ask` does; only a decision of the app ends the wish.
 */
export const redeem = async (host: Host, path: string, wish: Wish, cart: SeenCart | null): Promise<Redeemed> => {
  const body = { id: await idOf(host, wish), ...wish, ...(cart === null ? {} : { cart }) };
  try {
    let answer = await ask<Redeemed>(host, path, body);
    for (const wait of patience) {
      if (answer.redemption.state !== 'held' || answer.given !== null) break;
      await pause(wait);
      answer = await ask<Redeemed>(host, path, body);
    }
    await forget(host, wish);
    return answer;
  } catch (error) {
    if (error instanceof Refused && error.isFinal) await forget(host, wish);
    throw error;
  }
};
