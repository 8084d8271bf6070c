import type { EntryId, MemberId } from '../values/ids';
import type { Instant } from '../values/instant';
import { points, zeroPoints } from '../values/points';
import { entryKey } from './entry';
import type { Actor, Entry, OpenLedger } from './types';
import type { LedgerWhy } from './why';

/**
 * The two entries of a merge: what one member's entries add up to leaves it and comes to the other. Nothing is
 * drawn and no lot is opened; lots and debts change their owner instead.
 */
export const mergeEntries = (
  from: OpenLedger,
  to: MemberId,
  actor: Actor,
  now: Instant,
  newId: () => EntryId,
): readonly [Entry, Entry] => {
  const total =
    from.slices.reduce((sum, { remaining }) => sum + remaining, 0) -
    from.debts.reduce((sum, debt) => sum + debt.open, 0);
  const side = (name: 'from' | 'to', memberId: MemberId, other: MemberId, amount: number): Entry => {
    const why: LedgerWhy = { v: 1, kind: 'merge', side: name, other };
    return {
      id: newId(),
      memberId,
      kind: 'merge',
      points: points(amount),
      forgiven: zeroPoints,
      key: entryKey.merge(from.memberId, to, name),
      concerns: {},
      why,
      actor,
      occurredAt: now,
      recordedAt: now,
    };
  };
  return [side('from', from.memberId, to, -total), side('to', to, from.memberId, total)];
};
