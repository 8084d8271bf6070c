import type { Debt, Draw, Entry, Slice } from '~/core/ledger/types';
import type { MemberId } from '~/core/values/ids';

/** What a database would hold. */
type Tables = {
  readonly entries: readonly Entry[];
  readonly draws: readonly Draw[];
  readonly slices: readonly (Slice & { memberId: MemberId })[];
  readonly debts: readonly (Debt & { memberId: MemberId })[];
  readonly orders: ReadonlyMap<string, { readonly posted: number }>;
};

/** The invariants of the ledger over tables in memory; throws what does not hold. */
export const auditTables = ({ entries, draws, slices, debts, orders }: Tables): void => {
  const sum = <Item>(list: readonly Item[], of: (item: Item) => number): number =>
    list.reduce((all, one) => all + of(one), 0);
  const problems: string[] = [];
  const expect = (what: string, found: number, wanted: number): void => {
    if (found !== wanted) problems.push(`${what}: ${found}, not ${wanted}`);
  };
  for (const memberId of new Set(entries.map((entry) => entry.memberId))) {
    const left = sum(
      slices.filter((slice) => slice.memberId === memberId),
      ({ remaining }) => remaining,
    );
    const owed = sum(
      debts.filter((debt) => debt.memberId === memberId),
      ({ open }) => open,
    );
    const posted = sum(
      entries.filter((entry) => entry.memberId === memberId),
      ({ points }) => points,
    );
    expect(`entries of ${memberId}`, posted, left - owed);
  }
  for (const lotId of new Set(slices.map((slice) => slice.lotId))) {
    const own = slices.filter((slice) => slice.lotId === lotId);
    const size = sum(own, (slice) => slice.size);
    const left = sum(own, (slice) => slice.remaining);
    const drawn = sum(
      draws.filter((draw) => draw.lotId === lotId),
      ({ points }) => points,
    );
    expect(`left of lot ${lotId}`, left, size - drawn);
    if (own.some(({ remaining }) => remaining < 0) || left > size) problems.push(`lot ${lotId} has ${left} of ${size}`);
  }
  for (const entry of entries.filter(({ points, kind }) => points < 0 && kind !== 'merge')) {
    const drawn = sum(
      draws.filter(({ entryId }) => entryId === entry.id),
      ({ points }) => points,
    );
    const debt = debts.find(({ entryId }) => entryId === entry.id);
    // A return cancels the debt of a late use before it puts points back.
    const returns = entries.filter(
      ({ kind, concerns }) => kind === 'return' && concerns.redemptionId === entry.concerns.redemptionId,
    );
    const back = draws.filter(({ entryId }) => returns.some(({ id }) => id === entryId));
    const cancelled = entry.key.endsWith(':late')
      ? sum(returns, ({ points }) => points) + sum(back, ({ points }) => points)
      : 0;
    expect(`draws of ${entry.key}`, drawn + (debt?.open ?? 0) + cancelled, -entry.points);
  }
  for (const [orderId, { posted }] of orders) {
    const own = entries.filter(
      ({ kind, concerns }) => (kind === 'award' || kind === 'clawback') && concerns.orderId === orderId,
    );
    expect(
      `posted of order ${orderId}`,
      sum(own, ({ points, forgiven }) => points - forgiven),
      posted,
    );
  }
  if (problems.length > 0) throw new Error(problems.join('; '));
};
