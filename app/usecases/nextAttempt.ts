import { instant, type Instant } from '~/core/values/instant';

/** Pause before the next attempt: 2 s, doubled each time, at most 10 minutes. */
export const nextAttempt = (attempts: number, now: Instant): Instant =>
  instant(now + Math.min(600, 2 ** (attempts + 1)) * 1000);
