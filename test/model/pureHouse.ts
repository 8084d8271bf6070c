import { lotLife } from '~/core/ledger/lotLife';
import { adjustLedger } from '~/core/ledger/adjust';
import { balanceOf } from '~/core/ledger/balance';
import { entryKey } from '~/core/ledger/entry';
import { isActivity } from '~/core/ledger/entryKinds';
import { holdPoints } from '~/core/ledger/hold';
import { lapseLots } from '~/core/ledger/lapse';
import { cacheHolds, openMemberBook, type MemberBook } from '~/core/ledger/memberBook';
import { mergeEntries } from '~/core/ledger/merge';
import { emptyPlan } from '~/core/ledger/plan';
import { putBack } from '~/core/ledger/putBack';
import { ledgerAt } from '~/core/ledger/repay';
import type { Entry } from '~/core/ledger/types';
import { identityKey } from '~/core/orders/owner';
import { isStale, signOf } from '~/core/orders/sign';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { createMemoryShop } from '~/platforms/memory/shop';
import type { IssueRequest } from '~/platforms/platform';
import type { ProgramDocument } from '~/core/program/document';
import { codeEnd, codeOf, earliestRelease, mayFollow, type Redemption } from '~/core/redemptions/states';
import { canonicalJson } from '~/core/values/canonicalJson';
import { asId, type EntryId, type MemberId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { points as asPoints } from '~/core/values/points';
import { endOfLocalDayAfter } from '~/core/values/zone';
import type { House } from './house';
import { auditTables } from './pureAudit';
import { groundsOf, identityOfCustomer, settleOnShelves, storeId, zone, type Shelves } from './pureSettling';
import { draftOf, pureTables, sumsOf } from './pureTables';

const system = { kind: 'system' as const };

const requestOf = (
  redemptionId: RedemptionId,
  code: string,
  number: number,
  amountMinor: number,
  now: Instant,
): IssueRequest => ({
  redemptionId,
  code,
  title: code,
  holder: { kind: 'customer', customerId: asId<PlatformId>(String(number)) },
  grant: {
    kind: 'amount_off',
    amountMinor,
    currency: 'EUR',
    minimumSubtotalMinor: null,
    combinesWith: { orderDiscounts: false, productDiscounts: false, shippingDiscounts: false },
  },
  startsAt: now,
  endsAt: codeEnd(now, 30, zone),
});

/** The core with nothing around it but tables in memory: what a database would hold, written by plans alone. */
export const pureHouse = (document: ProgramDocument, publishedAt: Instant): House => {
  const grounds = groundsOf([{ version: 1, publishedAt, document }]);
  const shop = createMemoryShop({ everybody: true });
  const orders: Shelves['orders'] = new Map();
  const owners: Shelves['owners'] = new Map();
  const checkpoints: Shelves['checkpoints'] = new Map();
  const tables = pureTables();
  const { balances, slices, debts, entries, draws, openOf, cachedOf, close, spentOn } = tables;
  const redemptions: Shelves['redemptions'] = new Map();
  let ids = 0;
  const newId = (): EntryId => asId<EntryId>(`e${String((ids += 1)).padStart(6, '0')}`);

  const memberOf: Shelves['memberOf'] = (identity) => {
    const known = owners.get(identityKey(identity));
    if (known !== undefined) return known;
    const made = asId<MemberId>(`m${identity.value}`);
    owners.set(identityKey(identity), made);
    balances.set(made, { available: asPoints(0), pending: asPoints(0), debt: asPoints(0), nextChangeAt: null });
    return made;
  };
  const customer = (number: number): MemberId => memberOf(identityOfCustomer(number));
  const known = (number: number): MemberId | undefined => owners.get(identityKey(identityOfCustomer(number)));
  const settle = (snapshots: readonly OrderSnapshot[], members: readonly MemberId[], now: Instant): void =>
    settleOnShelves(
      { tables, orders, checkpoints, redemptions, owners, memberOf },
      grounds,
      { snapshots, members },
      now,
      newId,
    );
  const bookOf = (members: readonly MemberId[], now: Instant): MemberBook =>
    openMemberBook(
      members.map((memberId) => ({ memberId, cached: cachedOf(memberId), open: openOf(memberId) })),
      now,
      newId,
    );

  const release = (redemption: Redemption, now: Instant): void => {
    if (!mayFollow('code', redemption.state, 'released')) return;
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
        { spent, unpaid },
        { graceEnd: endOfLocalDayAfter(now, document.policies.graceDays, zone), now },
      ),
    );
    close(book);
    redemptions.set(redemption.id, { ...redemption, code: codeOf(redemption), state: 'released' });
  };
  const endCodes = (now: Instant): void => {
    for (const redemption of [...redemptions.values()]) {
      const code = shop.codes.get(redemption.code);
      if (redemption.state === 'issued' && now >= redemption.endsAt) {
        if (code !== undefined) code.active = false;
        redemptions.set(redemption.id, { ...redemption, state: 'expiring', endedAt: redemption.endsAt });
      }
      const ended = redemptions.get(redemption.id) ?? redemption;
      if (
        (ended.state !== 'expiring' && ended.state !== 'cancelling') ||
        now < earliestRelease(ended.endedAt ?? ended.endsAt, shop.facts.codeHoldMinutes)
      )
        continue;
      if (shop.usesOf(redemption.code) > 0) redemptions.set(ended.id, { ...ended, state: 'used' });
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
  const mine = (number: number): readonly Entry[] => entries.filter(({ memberId }) => memberId === known(number));

  const run = async <Answer>(work: () => Answer): Promise<Answer> => {
    await Promise.resolve();
    return work();
  };
  return {
    place: shop.place,
    codes: shop.codes,
    settle: (snapshots, now) => run(() => settle(snapshots, [], now)),
    tick: (now) =>
      run(() => {
        endCodes(now);
        sweep(now);
      }),
    redeem: (id, number, points, now) =>
      run(() => {
        const memberId = customer(number);
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
        shop.codes.set(code, { request: requestOf(id, code, number, points, now), uses: 0, active: true });
        const money = { amountMinor: points, currency: 'EUR' };
        const held = {
          id,
          memberId,
          storeId,
          customerId: asId<PlatformId>(String(number)),
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
        const code = shop.codes.get(redemption.code);
        if (code !== undefined) code.active = false;
      }),
    adjust: (number, points, now) =>
      run(() => {
        const memberId = known(number);
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
        const [from, to] = [customer(gone), customer(kept)];
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
        for (const [id, one] of orders) if (one.memberId === from) orders.set(id, { ...one, memberId: to });
        for (const [id, one] of redemptions) if (one.memberId === from) redemptions.set(id, { ...one, memberId: to });
        for (const [key, owner] of owners) if (owner === from) owners.set(key, to);
        for (const one of [from, to]) checkpoints.delete(one);
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
        const wanted = shop.orders.all().flatMap(({ state: theirs }) => {
          const ours = orders.get(theirs.orderId);
          return ours === undefined || isStale(signOf(ours.newest), signOf(theirs)) ? [theirs] : [];
        });
        settle(wanted, [], now);
      }),
    audit: () =>
      run(() => auditTables({ entries, draws, slices: [...slices.values()], debts: [...debts.values()], orders })),
    stateOf: (id) => run(() => redemptions.get(id)?.state ?? 'held'),
    sumsOf: (number) => run(() => sumsOf(mine(number))),
    activitiesOf: (number) =>
      run(() =>
        mine(number)
          .filter(isActivity)
          .map(({ occurredAt }) => occurredAt),
      ),
    lotsOf: (number) =>
      run(() =>
        [...slices.values()]
          .filter(({ memberId }) => memberId === known(number))
          .map(({ originOrder, ...slice }) => ({ ...slice, ofOrder: originOrder !== null })),
      ),
    available: (number, now) =>
      run(() => {
        const memberId = known(number);
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
