/** Answers how many seconds a caller has to wait; 0: it may go on. */
export type RateLimit = (caller: string, nowMs: number) => number;

const callersMax = 10_000;

/**
 * So many calls a second on the average, and so many at once (a token bucket for each caller). Of this process alone.
 */
export const createRateLimit = (perSecond: number, atOnce: number): RateLimit => {
  const buckets = new Map<string, { left: number; at: number }>();
  return (caller, nowMs) => {
    if (buckets.size > callersMax) buckets.clear();
    const before = buckets.get(caller) ?? { left: atOnce, at: nowMs };
    const left = Math.min(atOnce, before.left + (Math.max(0, nowMs - before.at) / 1000) * perSecond);
    if (left < 1) {
      buckets.set(caller, { left, at: nowMs });
      return Math.ceil((1 - left) / perSecond);
    }
    buckets.set(caller, { left: left - 1, at: nowMs });
    return 0;
  };
};
