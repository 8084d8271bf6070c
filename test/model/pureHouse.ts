import { lotLife } from '~/core/ledger/lotLife';
import { adjustLedger } from '~/core/ledger/adjust';
import { balanceOf } from '~/core/ledger/balance';
import { entryKey } from '~/core/ledger/entry';
import { holdPoints } from '~/core/ledger/hold';
import { lapseLots } from '~/core/ledger/lapse';
import { cacheHolds, openMemberBook, type MemberBook } from '~/core/ledger/memberBook';
import { mergeEntries } from '~/core/ledger/merge';
import { emptyPlan } from '~/core/ledger/plan';
import { putBack } from '~/core/ledger/putBack';
import { isActivity } from '~/core/ledger/renew';
import { ledgerAt } from '~/core/ledger/repay';
import { settleOrder } from '~/core/ledger/settleOrder';
import type { Entry } from '~/core/ledger/types';
import type { OrderContext } from '~/core/earning/context';
import { contextAt } from '~/core/evaluation/context';
import { compareOrders } from '~/core/evaluation/facts';
import { deriveHistory } from '~/core/evaluation/history';
import type { ProgramVersion } from '~/core/program/versions';
import { tierClockOf } from '~/core/tiers/clock';
import { orderOwner } from '~/core/orders/owner';
import { isStale, signOf } from '~/core/orders/sign';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { keepSnapshot, type KeptSnapshots } from '~/core/orders/winner';
import { worthNothing } from '~/core/evaluation/worth';
import type { ProgramDocument } from '~/core/program/document';
import { movesPoints, useCode as sightCode } from '~/core/redemptions/onOrder';
import { codeEnd, earliestRelease, mayFollow, type Redemption } from '~/core/redemptions/states';
import { canonicalJson } from '~/core/values/canonicalJson';
import { asId, type EntryId, type MemberId, type PlatformId, type RedemptionId, type StoreId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { points as asPoints } from '~/core/values/points';
import { endOfLocalDayAfter } from '~/core/values/zone';
import type { House } from './house';
import { auditTables } from './pureAudit';
import { draftOf, pureTables, sumsOf } from './pureTables';

const storeId = asId<StoreId>('00000000-0000-7000-8000-000000000001');
const zone = 'Europe/Rome';
const system = { kind: 'system' as const };

type OrderRecord = KeptSnapshots & {
  context: OrderContext | null;
  memberId: MemberId | null;
  state: { posted: number; seq: number; forgivenLapsed: number };
};

/** The core with nothing around it but tables in memory: what a database would hold, written by plans alone. */
export const pureHouse = (document: ProgramDocument, publishedAt: Instant): House => {
  const versions: readonly ProgramVersion[] = [{ version: 1, publishedAt, document }];
  const truth = new Map<string, OrderSnapshot>();
  const codes = new Map<string, { uses: number; active: boolean }>();
  const orders = new Map<string, OrderRecord>();
  const owners = new Map<string, MemberId>();
  const tables = pureTables();
  const { balances, slices, debts, entries, draws, openOf, cachedOf, close, spentOn, expiredOf } = tables;
  const redemptions = new Map<RedemptionId, Redemption>();
  let ids = 0;
  const newId = (): EntryId => asId<EntryId>(`e${String((ids += 1)).padStart(6, '0')}`);

  const memberOf = (customer: string): MemberId => {
    const known = owners.get(customer);
    if (known !== undefined) return known;
    const made = asId<MemberId>(`m${customer}`);
    owners.set(customer, made);
    balances.set(made, { available: asPoints(0), pending: asPoints(0), debt: asPoints(0), nextChangeAt: null });
    return made;
  };
  const bookOf = (members: readonly MemberId[], now: Instant): MemberBook =>
    openMemberBook(
      members.map((memberId) => ({ memberId, cached: cachedOf(memberId), open: openOf(memberId) })),
      now,
      newId,
    );
  type Moved = {
    readonly orderId: string;
    readonly record: OrderRecord;
    readonly holder: MemberId | null;
    readonly worth: ReturnType<typeof worthNothing>;
  };

  /**
   * Derives whole histories, then settles what is new or has another context: what `settleOrders` does with a database.
   */
  const settle = (snapshots: readonly OrderSnapshot[], members: readonly MemberId[], now: Instant): void => {
    const fresh = new Set<string>();
    const concerned = new Set(members);
    const holders = new Map<string, MemberId | null>();
    for (const snapshot of snapshots) {
      const before = orders.get(snapshot.orderId) ?? null;
      const kept = keepSnapshot(before, snapshot);
      const owner = orderOwner(kept.owned);
      const memberId =
        before !== null && kept.owned === before.owned
          ? before.memberId
          : owner?.kind === 'customer'
            ? memberOf(owner.customerId)
            : null;
      if (before !== null && kept.newest === before.newest && kept.settled === before.settled) continue;
      if (!holders.has(snapshot.orderId)) holders.set(snapshot.orderId, before?.memberId ?? null);
      for (const one of [before?.memberId ?? null, memberId]) if (one !== null) concerned.add(one);
      fresh.add(snapshot.orderId);
      const context = contextAt(before?.context ?? null, kept.newest.instant, [{ version: 1, publishedAt }], null);
      orders.set(snapshot.orderId, {
        ...kept,
        context,
        memberId,
        state: before?.state ?? { posted: 0, seq: 0, forgivenLapsed: 0 },
      });
    }
    const moved: Moved[] = [];
    for (const memberId of concerned) {
      const mine = [...orders].filter(([, record]) => record.memberId === memberId);
      const history = mine.map(([orderId, record]) => ({
        orderId,
        record,
        storeId,
        zone,
        newest: record.newest,
        settled: record.settled,
        base: record.context,
        known: !fresh.has(orderId),
        labels: [],
      }));
      for (const { order, context, worth } of deriveHistory(history, versions, tierClockOf(versions, []), now)) {
        const { record, orderId } = order;
        if (!fresh.has(orderId) && canonicalJson(context) === canonicalJson(record.context)) continue;
        record.context = context;
        moved.push({ orderId, record, holder: holders.get(orderId) ?? record.memberId, worth });
      }
    }
    post(
      moved.sort((a, b) => compareOrders(a.record.newest, b.record.newest)),
      now,
    );
  };

  const post = (moved: readonly Moved[], now: Instant): void => {
    const codesOf = ({ record }: Moved): readonly Redemption[] =>
      [...redemptions.values()].filter(({ code }) => record.newest.discountCodes.includes(code));
    const members = new Set(
      moved
        .flatMap((one) => [one.holder, one.record.memberId, ...codesOf(one).map(({ memberId }) => memberId)])
        .filter((one) => one !== null),
    );
    const needed = new Set(
      moved.flatMap((one) => [
        ...(one.holder !== null && (one.worth.points < one.record.state.posted || one.holder !== one.record.memberId)
          ? [one.holder]
          : []),
        ...codesOf(one).flatMap((redemption) =>
          movesPoints(redemption, one.record.settled) ? [redemption.memberId] : [],
        ),
      ]),
    );
    const book = openMemberBook(
      [...members].map((memberId) => {
        const cached = cachedOf(memberId);
        return { memberId, cached, open: needed.has(memberId) || !cacheHolds(cached, now) ? openOf(memberId) : null };
      }),
      now,
      newId,
    );
    for (const one of moved) settleOne(one, book, now);
    close(book);
  };

  const settleOne = ({ orderId, record, holder, worth }: Moved, book: MemberBook, now: Instant): void => {
    const settleFor = (memberId: MemberId, what: Moved['worth']): void => {
      const settled = settleOrder(
        {
          storeId,
          orderId: asId<PlatformId>(orderId),
          instant: record.newest.instant,
          memberId,
          state: record.state,
          worth: what,
          document,
          zone,
          open: book.openOf(memberId),
          ownExpired: expiredOf(orderId),
        },
        now,
        newId,
      );
      book.post(memberId, settled.plan, now);
      record.state = { ...settled.state };
    };
    if (holder !== null && holder !== record.memberId && record.state.posted > 0)
      settleFor(holder, worthNothing(record.newest, 1, 'moved'));
    if (record.memberId !== null) settleFor(record.memberId, worth);
    for (const redemption of redemptions.values()) {
      if (!record.newest.discountCodes.includes(redemption.code)) continue;
      const sighting = {
        storeId,
        orderId: asId<PlatformId>(orderId),
        newest: record.newest,
        settled: record.settled,
        redemption,
        ...spentOn(redemption.id),
      };
      const use = sightCode(
        { ...sighting, policies: document.policies, zone, seq: record.state.seq },
        book,
        now,
        newId,
      );
      if (use === null) continue;
      const { seq, ...after } = use;
      record.state.seq = seq;
      redemptions.set(redemption.id, { ...redemption, ...after });
    }
  };

  const release = (redemption: Redemption, now: Instant): void => {
    if (!mayFollow(redemption.state, 'released')) return;
    const book = bookOf([redemption.memberId], now);
    const open = book.openOf(redemption.memberId) ?? openOf(redemption.memberId);
    const { spent, unpaid } = spentOn(redemption.id);
    const draft = draftOf(
      newId(),
      redemption.memberId,
      'release',
      entryKey.release(redemption.id),
      { redemptionId: redemption.id },
      now,
    );
    book.post(
      redemption.memberId,
      putBack(
        open,
        draft,
        redemption.points,
        spent,
        unpaid,
        endOfLocalDayAfter(now, document.policies.graceDays, zone),
        now,
      ),
    );
    close(book);
    redemptions.set(redemption.id, { ...redemption, state: 'released' });
  };
  const endCodes = (now: Instant): void => {
    for (const redemption of [...redemptions.values()]) {
      const code = codes.get(redemption.code);
      if (redemption.state === 'issued' && now >= redemption.endsAt) {
        if (code !== undefined) code.active = false;
        redemptions.set(redemption.id, { ...redemption, state: 'expiring', endedAt: redemption.endsAt });
      }
      const ended = redemptions.get(redemption.id) ?? redemption;
      if (
        (ended.state !== 'expiring' && ended.state !== 'cancelling') ||
        now < earliestRelease(ended.endedAt ?? ended.endsAt)
      )
        continue;
      if (code !== undefined && code.uses > 0) redemptions.set(ended.id, { ...ended, state: 'used' });
      else release(ended, now);
    }
  };
  const sweep = (now: Instant): void => {
    for (const [memberId, { nextChangeAt }] of [...balances]) {
      if (nextChangeAt === null || nextChangeAt > now) continue;
      const book = bookOf([memberId], now);
      const { expiry } = document.policies;
      const open = book.openOf(memberId) ?? openOf(memberId);
      book.post(memberId, lapseLots(open, expiry.kind === 'none' ? 'after_months' : expiry.kind, zone, now, newId));
      close(book);
    }
  };
  const mine = (customer: number): readonly Entry[] =>
    entries.filter(({ memberId }) => memberId === owners.get(String(customer)));

  const run = async <Answer>(work: () => Answer): Promise<Answer> => {
    await Promise.resolve();
    return work();
  };
  return {
    place: (snapshot) => void truth.set(snapshot.orderId, snapshot),
    codes,
    settle: (snapshots, now) => run(() => settle(snapshots, [], now)),
    tick: (now) =>
      run(() => {
        endCodes(now);
        sweep(now);
      }),
    redeem: (id, customer, points, now) =>
      run(() => {
        const memberId = memberOf(String(customer));
        const book = bookOf([memberId], now);
        const plan = holdPoints(
          book.openOf(memberId) ?? openOf(memberId),
          draftOf(newId(), memberId, 'redeem', entryKey.redeem(id), { redemptionId: id }, now),
          points,
          now,
        );
        if (!plan.ok) return null;
        book.post(memberId, plan.value);
        close(book);
        const code = `CODE${redemptions.size}`;
        codes.set(code, { uses: 0, active: true });
        const money = { amountMinor: points, currency: 'EUR' };
        const held = {
          id,
          memberId,
          storeId,
          customerId: asId<PlatformId>(String(customer)),
          state: 'issued' as const,
          rewardId: 'as-you-like',
          points,
          ...money,
        };
        redemptions.set(id, {
          ...held,
          code,
          programVersion: 1,
          heldAt: now,
          issuedAt: now,
          endsAt: codeEnd(now, 30, zone),
          endedAt: null,
          usedOrderId: null,
          returned: 0,
        });
        return code;
      }),
    giveBack: (id, _, now) =>
      run(() => {
        const redemption = redemptions.get(id);
        if (redemption?.state !== 'issued') return;
        redemptions.set(id, { ...redemption, state: 'cancelling', endedAt: now });
        const code = codes.get(redemption.code);
        if (code !== undefined) code.active = false;
      }),
    adjust: (customer, points, now) =>
      run(() => {
        const memberId = owners.get(String(customer));
        if (memberId === undefined) return false;
        const book = bookOf([memberId], now);
        const life = lotLife(now, { policies: document.policies, earning: { holdDays: 0 } }, zone);
        const draft = draftOf(newId(), memberId, 'adjust', entryKey.adjust(String((ids += 1))), {}, now);
        const plan = adjustLedger(book.openOf(memberId) ?? openOf(memberId), draft, points, life, now);
        if (!plan.ok) return false;
        book.post(memberId, plan.value);
        close(book);
        return true;
      }),
    merge: (gone, kept, now) =>
      run(() => {
        const [from, to] = [memberOf(String(gone)), memberOf(String(kept))];
        const left = openOf(from);
        const [goes, comes] = mergeEntries(left, to, system, now, newId);
        const right = openOf(to);
        const together = {
          memberId: to,
          slices: [...right.slices, ...left.slices],
          debts: [...right.debts, ...left.debts],
        };
        for (const slice of slices.values()) if (slice.memberId === from) slice.memberId = to;
        for (const debt of debts.values()) if (debt.memberId === from) debt.memberId = to;
        for (const record of orders.values()) if (record.memberId === from) record.memberId = to;
        for (const [id, one] of redemptions) if (one.memberId === from) redemptions.set(id, { ...one, memberId: to });
        for (const [customer, owner] of owners) if (owner === from) owners.set(customer, to);
        const nothing = { memberId: from, slices: [], debts: [] };
        const members = [
          { memberId: from, cached: cachedOf(from), open: nothing },
          { memberId: to, cached: cachedOf(to), open: together },
        ];
        const book = openMemberBook(members, now, newId);
        book.post(from, { ...emptyPlan, entries: [goes] });
        book.post(to, { ...emptyPlan, entries: [comes] });
        close(book);
        settle([], [to], now);
      }),
    reconcile: (now) =>
      run(() => {
        const wanted = [...truth.values()].filter((theirs) => {
          const ours = orders.get(theirs.orderId);
          return ours === undefined || isStale(signOf(ours.newest), signOf(theirs));
        });
        settle(wanted, [], now);
      }),
    audit: () =>
      run(() => auditTables({ entries, draws, slices: [...slices.values()], debts: [...debts.values()], orders })),
    stateOf: (id) => run(() => redemptions.get(id)?.state ?? 'held'),
    sumsOf: (customer) => run(() => sumsOf(mine(customer))),
    activitiesOf: (customer) =>
      run(() =>
        mine(customer)
          .filter(isActivity)
          .map(({ occurredAt }) => occurredAt),
      ),
    lotsOf: (customer) =>
      run(() =>
        [...slices.values()]
          .filter(({ memberId }) => memberId === owners.get(String(customer)))
          .map(({ originOrder, ...slice }) => ({ ...slice, ofOrder: originOrder !== null })),
      ),
    available: (customer, now) =>
      run(() => {
        const memberId = owners.get(String(customer));
        if (memberId === undefined) return 0;
        const cached = cachedOf(memberId);
        const open = openOf(memberId);
        const read = balanceOf(ledgerAt(open, now), now);
        // The cache is the balance until it says that it is not any more.
        if (cacheHolds(cached, now) && canonicalJson(cached) !== canonicalJson(read))
          throw new Error(`cached ${JSON.stringify(cached)}, lots say ${JSON.stringify(read)}`);
        return Math.max(0, read.available);
      }),
  };
};
