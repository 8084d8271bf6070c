import type { Instant } from '~/core/values/instant';
import { cutText } from '~/core/values/untrusted';
import { isDatabaseAway } from '~/db/inTransaction';
import { settleOrders, type OrderMessage } from '~/usecases/settleOrders';
import type { Deps } from '~/usecases/deps';
import type { OnError } from './loop';
import type { Job, Queue } from './queue';

/** `batchSize`: 500 on a server; at most 50 on the embedded database, whose one connection serves the pages, too. */
export type SettleOptions = { readonly batchSize: number; readonly clock: () => Instant; readonly onError: OnError };

/**
 * Settles the next batch of orders. Jobs are completed after the commit; dying in between settles them
 * again, which changes nothing. Answers how many jobs it took.
 */
export const settleNext = async (deps: Deps, queue: Queue, options: SettleOptions): Promise<number> => {
  const jobs = await queue.fetch<OrderMessage>('settle_order', options.batchSize);
  await settleJobs(deps, queue, jobs, options);
  return jobs.length;
};

/** A batch that fails is halved until the order that makes it fail stands alone; that one is buried. */
const settleJobs = async (
  deps: Deps,
  queue: Queue,
  jobs: readonly Job<OrderMessage>[],
  options: SettleOptions,
): Promise<void> => {
  if (jobs.length === 0) return;
  try {
    const { waiting } = await settleOrders(
      deps,
      jobs.map(({ data }) => data),
      options.clock(),
    );
    const waits = new Set(waiting);
    await queue.complete(
      'settle_order',
      jobs.filter(({ data }) => !waits.has(data)),
    );
    await queue.retryLater(
      'settle_order',
      jobs.filter(({ data }) => waits.has(data)),
      'what the rules ask of the shop could not be read',
    );
  } catch (error) {
    const [only] = jobs;
    if (isDatabaseAway(error)) {
      await queue.retryLater('settle_order', jobs, 'the database was away');
    } else if (jobs.length === 1 && only !== undefined) {
      options.onError(error, { orderId: only.data.snapshot.orderId });
      await queue.bury('settle_order', only, error instanceof Error ? cutText(error.message, 500) : 'unknown');
    } else {
      const half = Math.ceil(jobs.length / 2);
      await settleJobs(deps, queue, jobs.slice(0, half), options);
      await settleJobs(deps, queue, jobs.slice(half), options);
    }
  }
};
