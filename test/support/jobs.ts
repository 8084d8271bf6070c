import type { Instant } from '~/core/values/instant';
import { doNext } from '~/jobs/doNext';
import { settleOrderJob } from '~/jobs/kinds/settleOrder';
import type { OnError } from '~/jobs/loop';
import type { Queue } from '~/jobs/queue';
import type { Deps } from '~/usecases/deps';

/** Settles the next orders on the queue, as a worker would. Answers how many it took. */
export const settleNext = (
  deps: Deps,
  queue: Queue,
  { clock, ...options }: { readonly batchSize: number; readonly clock: () => Instant; readonly onError: OnError },
): Promise<number> =>
  doNext(settleOrderJob, { deps: { ...deps, forgetJobs: queue.forgetJobs }, clock }, { queue, ...options });
