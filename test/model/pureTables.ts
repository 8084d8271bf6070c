import { fingerprintInput } from '~/core/ledger/entry';
import type { MemberBook } from '~/core/ledger/memberBook';
import type { Balance, Debt, Draw, Entry, LedgerPlan, OpenLedger, Slice } from '~/core/ledger/types';
import type { EntryId, MemberId, RedemptionId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { noWhy } from 'test/support/ledger';
import type { Sums } from './house';

/** What a database would hold of ledgers, in memory: written by plans alone. */
export const pureTables = () => {
  const balances = new Map<MemberId, Balance>();
  const slices = new Map<string, Slice & { memberId: MemberId }>();
  const debts = new Map<string, Debt & { memberId: MemberId; drawsSoFar: number }>();
  const entries: Entry[] = [];
  const draws: Draw[] = [];
  const keys = new Map<string, string>();
  const openOf = (memberId: MemberId): OpenLedger => ({
    memberId,
    slices: [...slices.values()].filter((slice) => slice.memberId === memberId && slice.remaining > 0),
    debts: [...debts.values()].filter((debt) => debt.memberId === memberId && debt.open > 0),
  });
  const write = (plan: LedgerPlan): void => {
    for (const entry of plan.entries) {
      if (keys.has(entry.key))
        throw new Error(`${entry.key} was posted twice: ${keys.get(entry.key)}, ${fingerprintInput(entry)}`);
      keys.set(entry.key, fingerprintInput(entry));
      entries.push(entry);
    }
    for (const slice of plan.opened) slices.set(`${slice.lotId}:${slice.slice}`, slice);
    for (const { lotId, slice, remaining, expiresAt } of plan.remaining) {
      const before = slices.get(`${lotId}:${slice}`);
      if (before === undefined) throw new Error(`a slice that does not exist changed: ${lotId}:${slice}`);
      slices.set(`${lotId}:${slice}`, { ...before, remaining, ...(expiresAt === undefined ? {} : { expiresAt }) });
    }
    draws.push(...plan.draws);
    for (const debt of plan.debts) {
      const owner = debts.get(debt.entryId)?.memberId ?? plan.entries.find(({ id }) => id === debt.entryId)?.memberId;
      if (owner === undefined) throw new Error(`a debt of nobody: ${debt.entryId}`);
      debts.set(debt.entryId, { ...debt, memberId: owner, drawsSoFar: 0 });
    }
    for (const debt of debts.values()) debt.drawsSoFar = draws.filter(({ entryId }) => entryId === debt.entryId).length;
  };
  const close = (book: MemberBook): void => {
    for (const { memberId, plan, balance } of book.changed()) {
      write(plan);
      balances.set(memberId, balance);
    }
  };
  const cachedOf = (memberId: MemberId): Balance => {
    const cached = balances.get(memberId);
    if (cached === undefined) throw new Error(`no member ${memberId}`);
    return cached;
  };
  const entriesOf = (id: RedemptionId): ReadonlySet<string> =>
    new Set(entries.filter(({ concerns }) => concerns.redemptionId === id).map((entry) => entry.id));
  const spentOn = (id: RedemptionId) => {
    const mine = entriesOf(id);
    const drawn = draws.filter(({ entryId }) => mine.has(entryId));
    const lots = new Set(drawn.map(({ lotId }) => lotId));
    return {
      spent: { draws: drawn, slices: [...slices.values()].filter(({ lotId }) => lots.has(lotId)) },
      unpaid: [...debts.values()].filter(({ entryId, open }) => mine.has(entryId) && open > 0),
    };
  };
  const expiredOf = (orderId: string): number => {
    const own = new Set(
      [...slices.values()].filter(({ originOrder }) => originOrder?.orderId === orderId).map(({ lotId }) => lotId),
    );
    const sweeps = new Set(
      entries.filter(({ kind, key }) => kind === 'expire' || key.startsWith('revive:')).map(({ id }) => id),
    );
    return draws
      .filter(({ entryId, lotId }) => sweeps.has(entryId) && own.has(lotId))
      .reduce((sum, { points }) => sum + points, 0);
  };

  return { balances, slices, debts, entries, draws, openOf, cachedOf, close, spentOn, expiredOf };
};

export const sumsOf = (entries: readonly Entry[]): Sums => {
  const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0);
  return {
    points: sum(entries.map(({ points }) => points)),
    forgiven: sum(entries.map(({ forgiven }) => forgiven)),
    expired:
      0 -
      sum(
        entries.filter(({ kind, key }) => kind === 'expire' || key.startsWith('revive:')).map(({ points }) => points),
      ),
  };
};

export const draftOf = (
  id: EntryId,
  memberId: MemberId,
  kind: Entry['kind'],
  key: string,
  concerns: Entry['concerns'],
  now: Instant,
) => {
  const moments = { occurredAt: now, recordedAt: now };
  return { id, memberId, kind, key, concerns, why: noWhy, actor: { kind: 'system' as const }, ...moments };
};
