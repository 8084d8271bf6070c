import type { ProgramDocument } from '../program/document';
import { instant, type Instant } from '../values/instant';
import { addDays, addMonths, localDateOf, plusLocalDays, startOfDay } from '../values/zone';

const dayMs = 86_400_000;

/** When points that arise at a moment can be spent and when they lapse (null: never). Both count from that moment. */
export const lotLife = (
  occurredAt: Instant,
  document: ProgramDocument,
  zone: string,
): { readonly availableAt: Instant; readonly expiresAt: Instant | null } => {
  const availableAt = plusLocalDays(occurredAt, document.earning.holdDays, zone);
  const { expiry, minimumLifeDays } = document.policies;
  if (expiry.kind === 'none') return { availableAt, expiresAt: null };
  const lastDay = addMonths(localDateOf(occurredAt, zone), expiry.months);
  const nextDay = expiry.endOfMonth ? addMonths({ ...lastDay, day: 1 }, 1) : addDays(lastDay, 1);
  return { availableAt, expiresAt: instant(Math.max(startOfDay(nextDay, zone), availableAt + minimumLifeDays * dayMs)) };
};
