import type { Balance, Entry, OpenLedger, Slice } from '~/core/ledger/types';
import { asId, type EntryId, type MemberId, type StoreId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { points } from '~/core/values/points';

/** Parts of ledgers for tests: one member, lots of ten points from 10 January 2026 on. */
export const member = asId<MemberId>('member');
export const store = asId<StoreId>('store');
export const zone = 'Europe/Rome';
/** For entries of which nobody asks why. */
export const noWhy = { v: 1, kind: 'test' } as const;
export const day = (iso: string): Instant => instant(Date.parse(iso.length === 10 ? `${iso}T12:00:00Z` : iso));
export const ids = () => {
  let n = 0;
  return (): EntryId => asId<EntryId>(`new-${(n += 1)}`);
};
export const slice = (
  id: string,
  part: Partial<Omit<Slice, 'remaining' | 'size'>> & { readonly remaining?: number; readonly size?: number } = {},
): Slice => {
  const { remaining = 10, size = 10, ...rest } = part;
  return {
    lotId: asId<EntryId>(id),
    slice: 0,
    size: points(size),
    remaining: points(remaining),
    originOrder: null,
    openedAt: day('2026-01-10'),
    availableAt: day('2026-01-10'),
    expiresAt: null,
    key: `key-${id}`,
    ...rest,
  };
};
export const debt = (id: string, open: number, openedAt = day('2026-01-20')) => ({
  entryId: asId<EntryId>(id),
  open: points(open),
  openedAt,
  drawsSoFar: 0,
});
export const ledger = (slices: readonly Slice[], debts: OpenLedger['debts'] = []): OpenLedger => ({
  memberId: member,
  slices,
  debts,
});
export const draft = (id: string, kind: Entry['kind'], when: Instant): Omit<Entry, 'points' | 'forgiven'> => ({
  id: asId<EntryId>(id),
  memberId: member,
  kind,
  key: id,
  concerns: {},
  why: noWhy,
  actor: { kind: 'system' },
  occurredAt: when,
  recordedAt: when,
});
export const balance = (available: number, pending: number, owed: number, nextChangeAt: Instant | null): Balance => ({
  available: points(available),
  pending: points(pending),
  debt: points(owed),
  nextChangeAt,
});
