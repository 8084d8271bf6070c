import type { NumberedEvent } from '~/core/events/memberEvent';
import { awardBonus } from '~/usecases/awardBonus';
import type { Deps } from '~/usecases/deps';
import type { Instant } from '~/core/values/instant';

/** A point of thanks for every award. The entry's id is the key: whoever is told twice is thanked once. */
export const thank = async (deps: Deps, events: readonly NumberedEvent[], now: Instant): Promise<void> => {
  for (const { programId, memberId, event } of events) {
    if (event.kind !== 'points_moved' || event.entryKind !== 'award') continue;
    const why = { say: 'thanks', values: { points: event.points } };
    const bonus = { wing: 'dummy', key: event.entryId, memberId, points: 1, why, occurredAt: event.occurredAt };
    await awardBonus(deps, programId, bonus, now);
  }
};
