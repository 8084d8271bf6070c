import { setTimeout as sleep } from 'node:timers/promises';
import { ok, refuse, type Result } from '~/core/values/result';
import { updateBackfill, type Backfill } from '~/features/pastOrders/db/backfills';
import type { PastOrder } from '~/platforms/platform';
import type { Deps, StoreRef } from '~/usecases/deps';

const waitSecondsMax = 3000;

/** An order that the platform showed, or one that it showed and that cannot be read. */
export type ShownOrder = Extract<PastOrder, { readonly kind: 'order' | 'unreadable' }>;

/** The platform will not show past orders, in its own words. */
export type NotShown = { readonly kind: 'not_shown'; readonly reason: string };

/**
 * Walks through a store's past orders from where the backfill stands, waiting when the platform asks to. The place at
 * which the orders begin is kept as soon as it is known, so that counting and importing go through the same ones; how
 * far `take` came is its own to keep. Throws when the platform cannot be asked: the job tries again.
 */
export const readPastOrders = async (
  deps: Deps,
  store: StoreRef,
  backfill: Backfill,
  take: (shown: ShownOrder) => Promise<void>,
): Promise<Result<null, NotShown>> => {
  const { prisma } = deps.database;
  const platform = deps.platformOf(store);
  let { resume } = backfill;
  let hasBegun = false;
  for (let waited = 0; waited <= waitSecondsMax;) {
    let pause: number | null = null;
    for await (const past of platform.pastOrders(backfill.since, resume)) {
      switch (past.kind) {
        case 'order':
        case 'unreadable':
          hasBegun = true;
          await take(past);
          break;
        case 'found':
          await updateBackfill(prisma, backfill, { ordersFound: past.orders });
          break;
        case 'wait':
          ({ resume, seconds: pause } = past);
          if (!hasBegun) await updateBackfill(prisma, backfill, { resume });
          break;
        case 'failed':
          if (past.failure.kind === 'refused')
            return refuse({ kind: 'not_shown', reason: past.failure.reasons.join(' ') });
          throw new Error(`Past orders could not be read: ${past.failure.reason}`);
      }
    }
    if (pause === null) return ok(null);
    waited += Math.max(1, pause);
    await sleep(pause * 1000);
  }
  throw new Error(`Past orders could not be read: the platform had them wait for ${waitSecondsMax} seconds.`);
};
