import { closedAt } from '../redemptions/section';
import { placeIn } from '../values/fields';
import type { Instant } from '../values/instant';
import { localClockOf } from '../values/zone';
import type { ProgramDocument } from './document';

/** A half of a program that does nothing at the moment: since it was paused (null), or since its last local day. */
export type Resting = { readonly of: 'earning' | 'redeeming'; readonly lastDay: string | null };

/** What of a program rests at a moment: orders earn nothing, or no reward is given. What is still to begin does not. */
export const restingAt = (
  { earning, redeeming, timeZone }: Pick<ProgramDocument, 'earning' | 'redeeming' | 'timeZone'>,
  now: Instant,
): readonly Resting[] => {
  const isOver = placeIn(earning.window, localClockOf(now, timeZone).isoDate) === 'after';
  const closed = closedAt(redeeming, timeZone, now);
  return [
    ...(earning.paused || isOver
      ? [{ of: 'earning' as const, lastDay: earning.paused ? null : (earning.window?.to ?? null) }]
      : []),
    ...(closed === null
      ? []
      : [{ of: 'redeeming' as const, lastDay: closed.kind === 'redeeming_over' ? closed.to : null }]),
  ];
};
