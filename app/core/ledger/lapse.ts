import type { EntryId } from '../values/ids';
import { instant, type Instant } from '../values/instant';
import { points, zeroPoints } from '../values/points';
import { isoDateOf, localDateOf } from '../values/zone';
import { entryKey } from './entry';
import { isLapsed } from './lots';
import { debitPlan, emptyPlan, joinPlans } from './plan';
import type { Policies } from './policies';
import type { Entry, LedgerPlan, OpenLedger, Slice } from './types';
import type { LedgerWhy } from './why';

type Policy = Exclude<Policies['expiry']['kind'], 'none'>;

/**
 * Takes out the points that have lapsed by now, one entry for each slice, dated to its end. Debts were repaid
 * before: what they took is not there any more. Sweeping late changes nothing.
 */
export const lapseLots = (
  open: OpenLedger,
  policy: Policy,
  zone: string,
  now: Instant,
  newId: () => EntryId,
): LedgerPlan =>
  open.slices
    .filter((slice) => slice.remaining > 0 && isLapsed(slice, now))
    .sort(
      (a, b) => (a.expiresAt ?? 0) - (b.expiresAt ?? 0) || (a.key < b.key ? -1 : a.key > b.key ? 1 : a.slice - b.slice),
    )
    .reduce((plan, slice) => joinPlans(plan, lapseOne(open, slice, { policy, zone }, now, newId())), emptyPlan);

const lapseOne = (
  open: OpenLedger,
  slice: Slice,
  { policy, zone }: { readonly policy: Policy; readonly zone: string },
  now: Instant,
  id: EntryId,
): LedgerPlan => {
  const endedAt = instant(slice.expiresAt ?? now);
  const why: LedgerWhy = {
    v: 1,
    kind: 'expiry',
    policy: slice.slice === 0 ? policy : 'grace',
    earnedOn: isoDateOf(localDateOf(slice.openedAt, zone)),
    lastDay: isoDateOf(localDateOf(instant(endedAt - 1), zone)),
  };
  const entry: Entry = {
    id,
    memberId: open.memberId,
    kind: 'expire',
    points: points(-slice.remaining),
    forgiven: zeroPoints,
    key: entryKey.expire(slice.lotId, slice.slice),
    concerns: { lotId: slice.lotId },
    marks: { slice: slice.slice },
    why,
    actor: { kind: 'system' },
    occurredAt: endedAt,
    recordedAt: now,
  };
  return debitPlan(entry, [{ slice, points: slice.remaining }], 0, now);
};
