import { instant, type Instant } from '~/core/values/instant';

const secondMs = 1000;
const longestSeconds = 3600;

/**
 * When an order that a partner has taken is looked after next: 15 seconds later, then twice as long each time, at most
 * an hour.
 */
export const nextStatusAt = (attempts: number, now: Instant): Instant =>
  instant(now + Math.min(longestSeconds, 15 * 2 ** Math.min(attempts, 20)) * secondMs);
