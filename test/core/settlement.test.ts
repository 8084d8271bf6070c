import { describe, expect, test } from 'vitest';
import { customerIdentity, identityKey } from '~/core/orders/owner';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { keepSnapshot, type KeptSnapshots } from '~/core/orders/winner';
import type { Redemption } from '~/core/redemptions/states';
import { bundlesOf, concernedBy, type ToldOrder } from '~/core/settlement/bundles';
import { derivedAtOnce } from '~/core/settlement/derive';
import { evaluate } from '~/core/settlement/evaluate';
import { labelsKey, waitsForProducts, type Grounds } from '~/core/settlement/grounds';
import { ledgersNeeded } from '~/core/settlement/ledgers';
import type { LockedMember, MemberHistory, OrderRecord, SpentRedemption } from '~/core/settlement/records';
import { see, type Locked, type Sight } from '~/core/settlement/see';
import { settle } from '~/core/settlement/settle';
import {
  asId,
  type MemberId,
  type PlatformId,
  type ProgramId,
  type RedemptionId,
  type StoreId,
} from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { points, zeroPoints } from '~/core/values/points';
import { at, inForce, line, order, plain, program, refund, shop } from 'test/support/builders';
import { ids, ledger, slice } from 'test/support/ledger';

const programId = asId<ProgramId>('program');
const storeId = asId<StoreId>(shop.storeId);
const store = { programId, storeId };
const id = (number: number): PlatformId => asId<PlatformId>(String(number));
const anna = asId<MemberId>('anna');
const bruno = asId<MemberId>('bruno');
const now = at('18:00');

const groundsOf = (document = program(), part: Partial<Grounds> = {}): Grounds => {
  const versions = [inForce(at('00:00', 1), document)];
  return {
    settings: new Map([[storeId, { programId, zone: shop.zone, versions }]]),
    versions: new Map([[programId, versions]]),
    products: new Map(),
    labels: new Map(),
    ...part,
  };
};
const keyOf = (customer: number): string => identityKey(customerIdentity(programId, storeId, id(customer)));
const member = (memberId: MemberId, customer: number, part: Partial<LockedMember> = {}): LockedMember => ({
  programId,
  memberId,
  cached: { available: zeroPoints, pending: zeroPoints, debt: zeroPoints, nextChangeAt: null },
  tier: null,
  mergedInto: null,
  identityKeys: [keyOf(customer)],
  ...part,
});
const everybody = [member(anna, 77), member(bruno, 88)];
const recordOf = (snapshot: OrderSnapshot, part: Partial<OrderRecord> = {}): OrderRecord => ({
  ...store,
  orderId: snapshot.orderId,
  memberId: anna,
  ...(keepSnapshot(null, snapshot) satisfies KeptSnapshots),
  context: plain(),
  finding: null,
  entitlement: 10,
  posted: 10,
  seq: 1,
  forgivenLapsed: 0,
  erased: false,
  ...part,
});
const told = (snapshot: OrderSnapshot, part: Partial<ToldOrder> = {}): ToldOrder => ({ store, snapshot, ...part });
const seeing = (
  snapshots: readonly OrderSnapshot[],
  { grounds = groundsOf(), ...locked }: Partial<Locked> & { readonly grounds?: Grounds } = {},
): Sight =>
  see(
    {
      batch: bundlesOf(
        snapshots.map((snapshot) => told(snapshot)),
        now,
      ),
      asked: [],
      labelled: [],
    },
    { members: everybody, records: [], labels: [], ...locked },
    grounds,
    now,
  );
const refunded = order({
  updatedAt: at('13:00'),
  financialStatus: 'refunded',
  lines: [line({ currentQuantity: 0 })],
  refunds: [refund({ lines: [[1, 1]] })],
});

describe('a batch', () => {
  test('is put together by order; one is judged as of its newest message, and an import names the version once', () => {
    const [one, two] = [order({ orderId: 1 }), order({ orderId: 2 })];
    const later = { ...one, updatedAt: at('14:00') };
    const bundles = bundlesOf(
      [told(one, { backfillVersion: 3, receivedAt: at('15:00') }), told(two), told(later, { receivedAt: at('14:30') })],
      now,
    );
    expect(bundles).toEqual([
      { ...store, orderId: '1', snapshots: [one, later], backfillVersion: 3, withdrawn: false, at: at('15:00') },
      { ...store, orderId: '2', snapshots: [two], backfillVersion: null, withdrawn: false, at: now },
    ]);
  });
  test('concerns whom the state that says most names, once, and whoever redeemed the codes on it', () => {
    const guest = order({ orderId: 1, customerId: null, emailHash: 'hash', discountCodes: ['abc'] });
    const batch = bundlesOf(
      [
        told(guest),
        told({ ...guest, customerId: id(77), updatedAt: at('13:00') }),
        told(order({ orderId: 2 })),
        told(order({ orderId: 3, customerId: null })),
      ],
      now,
    );
    const { identities, codes } = concernedBy(batch);
    expect(
      identities.map((identity) => [identityKey(identity), identity.orders.map(({ orderId }) => orderId)]),
    ).toEqual([[keyOf(77), ['1', '2']]]);
    expect(codes).toEqual([
      { programId, code: 'ABC' },
      { programId, code: 'ABC' },
    ]);
  });
  test('waits for products that were not read; a line without one may be of any of them', () => {
    const lines = (productId: PlatformId | null) => ({ lines: [line({ productId })] });
    const unread = new Set([`${storeId}|5`]);
    expect([
      waitsForProducts(storeId, lines(id(5)), unread),
      waitsForProducts(storeId, lines(id(6)), unread),
      waitsForProducts(storeId, lines(null), unread),
      waitsForProducts(storeId, lines(null), new Set()),
    ]).toEqual([true, false, true, false]);
  });
});

describe('seeing', () => {
  test('an order that is new, one that is known, and one that names somebody else', () => {
    const known = order();
    const moved = { ...known, customerId: id(88), updatedAt: at('13:00') };
    const whose = (snapshot: OrderSnapshot, records: readonly OrderRecord[]) =>
      seeing([snapshot], { records }).seen.map(({ isNew, memberId }) => [isNew, memberId]);
    expect(whose(known, [])).toEqual([[true, anna]]);
    expect(whose(known, [recordOf(known)])).toEqual([[false, anna]]);
    expect(whose(moved, [recordOf(known)])).toEqual([[true, bruno]]);
    expect(whose({ ...moved, customerId: null }, [recordOf(known)]), 'a state without a customer').toEqual([
      [true, anna],
    ]);
    expect(whose(moved, [recordOf(known, { erased: true })]), 'whose customer was erased').toEqual([[true, anna]]);
  });
  test('an order of an unknown store is a bug', () => {
    expect(() => seeing([order()], { grounds: groundsOf(program(), { settings: new Map() }) })).toThrow(
      'does not exist',
    );
  });
  test('histories are asked for where orders depend on each other: of both members, since the earlier moment', () => {
    const moved = order({ customerId: id(88), updatedAt: at('13:00'), instant: at('11:00') });
    const records = [recordOf(order())];
    expect(seeing([moved], { records }).histories).toEqual([]);
    const grounds = groundsOf(program({ earning: { caps: { perDay: 100 } } }));
    const since = at('11:00');
    expect(seeing([moved], { records, grounds }).histories).toEqual([
      { programId, memberId: bruno, since, version: 1 },
      { programId, memberId: anna, since, version: 1 },
    ]);
    expect(seeing([order()], { records, grounds }).histories, 'nothing is new').toEqual([]);
  });
  test('whose labels were just read is derived from the beginning', () => {
    const grounds = groundsOf(program({ earning: { exclude: { customerTags: ['staff'] } } }));
    const labelled = [{ ...store, customerId: id(77) }];
    const read = [{ facts: [{ at: at('10:00'), kind: 'read' as const, labels: ['staff'] }], until: null }];
    const locked = { members: everybody, records: [], labels: [{ memberId: anna, storeId, customers: read }] };
    const sight = see({ batch: [], asked: [], labelled }, locked, grounds, now);
    expect(sight.histories).toEqual([{ programId, memberId: anna, since: null, version: 1 }]);
    expect(sight.grounds.labels.get(labelsKey(anna, storeId))).toBe(read);
  });
  test('a member is judged when the newest message about one of the orders came, else now', () => {
    const batch = bundlesOf([told(order(), { receivedAt: at('15:00') })], now);
    const sight = see(
      { batch, asked: [], labelled: [] },
      { members: everybody, records: [], labels: [] },
      groundsOf(),
      now,
    );
    expect([anna, bruno].map((memberId) => sight.momentOf({ programId, memberId }))).toEqual([at('15:00'), now]);
  });
});

const historyOf = (memberId: MemberId, orders: readonly OrderRecord[] = []): MemberHistory => ({
  programId,
  memberId,
  orders: orders.map((record) => ({ ...record, isRemembered: true })),
  remembered: [],
  checkpoint: null,
  overrides: [],
  awards: [],
});

describe('evaluating', () => {
  test('orders that depend on no other one: what is new of them, each code once', () => {
    const sight = seeing(
      [
        order({ orderId: 1, discountCodes: ['one', 'ONE', 'two'] }),
        order({ orderId: 2, customerId: null }),
        order({ orderId: 3 }),
      ],
      { records: [recordOf(order({ orderId: 3 }))] },
    );
    const { orders, codes, tiers } = evaluate(sight, [], ids());
    expect(orders.map(({ orderId, worth, facts }) => [orderId, worth.points, facts])).toEqual([
      ['1', 10, null],
      ['2', 0, null],
    ]);
    expect(orders[1]?.worth.why).toMatchObject({ worth: 'nothing', because: 'no_member' });
    expect(codes.map(({ code }) => code)).toEqual(['ONE', 'TWO']);
    expect(tiers).toEqual([]);
  });
  test('later orders whose contexts an earlier one changes; more than a transaction settles are left for the next', () => {
    const grounds = groundsOf(program({ earning: { caps: { lifetime: 15 } } }));
    const context = plain({ used: { lifetime: 0 } });
    const laterOnes = Array.from({ length: derivedAtOnce + 1 }, (_, index) =>
      recordOf(order({ orderId: 2000 + index, instant: instant(at('13:00') + index) }), { context }),
    );
    const first = seeing([order()], { grounds });
    const few = evaluate(first, [historyOf(anna, laterOnes.slice(0, 1))], ids());
    expect(few.orders.map(({ orderId, worth }) => [orderId, worth.points])).toEqual([
      ['1001', 10],
      ['2000', 5],
    ]);
    expect(few.unfinished).toEqual([]);
    const many = evaluate(first, [historyOf(anna, laterOnes)], ids());
    expect(many.orders).toHaveLength(1 + derivedAtOnce);
    expect(many.unfinished).toEqual([{ programId, memberId: anna }]);
  });
});

const code = 'CODE';
const redemption = (part: Partial<Redemption> = {}): SpentRedemption => ({
  redemption: {
    programId,
    id: asId<RedemptionId>('redemption'),
    memberId: bruno,
    storeId,
    customerId: id(88),
    state: 'issued',
    rewardId: 'reward',
    points: 100,
    amountMinor: 500,
    currency: 'EUR',
    code,
    programVersion: 1,
    heldAt: at('09:00'),
    issuedAt: at('09:00'),
    endsAt: at('09:00', 20),
    endedAt: null,
    usedOrderId: null,
    returned: 0,
    ...part,
  },
  spent: { draws: [], slices: [] },
  unpaid: [],
});

describe('what has to be read of ledgers', () => {
  const neededFor = (
    snapshot: OrderSnapshot,
    part: Parameters<typeof seeing>[1] & { readonly redemptions?: readonly SpentRedemption[] } = {},
  ) => {
    const { redemptions = [], ...rest } = part;
    const sight = seeing([snapshot], rest);
    const { members, orders } = ledgersNeeded(sight, evaluate(sight, [], ids()), redemptions);
    return { members: members.map(({ memberId }) => memberId), orders: orders.map(({ memberId }) => memberId) };
  };
  const nothing = { members: [], orders: [] };
  test('nothing for an award', () => {
    expect(neededFor(order())).toEqual(nothing);
  });
  test('the holder’s, from whom points are taken; of an order that moved the one before', () => {
    expect(neededFor(refunded, { records: [recordOf(order())] })).toEqual({ members: [anna], orders: [anna] });
    const moved = order({ customerId: id(88), updatedAt: at('13:00') });
    expect(neededFor(moved, { records: [recordOf(order())] })).toEqual({ members: [anna], orders: [anna] });
    expect(neededFor(moved, { records: [recordOf(order(), { posted: 0 })] }), 'nothing was posted').toEqual(nothing);
  });
  test('whose code was used, when that moves points', () => {
    const withCode = order({ discountCodes: [code] });
    expect(neededFor(withCode, { redemptions: [redemption()] })).toEqual(nothing);
    expect(neededFor(withCode, { redemptions: [redemption({ state: 'released' })] }).members).toEqual([bruno]);
    expect(neededFor({ ...refunded, discountCodes: [code] }, { redemptions: [redemption()] }).members).toEqual([bruno]);
  });
  test('a credited member’s whose cache is out of date or who has debt, and all of them under inactivity', () => {
    const cached = { available: points(5), pending: zeroPoints, debt: zeroPoints, nextChangeAt: null };
    const out = member(anna, 77, { cached: { ...cached, nextChangeAt: at('17:00') } });
    const owing = member(anna, 77, { cached: { ...cached, debt: points(1) } });
    const idle = program({ policies: { expiry: { kind: 'inactivity_months', months: 2 } } });
    expect([out, owing, member(anna, 77)].map((one) => neededFor(order(), { members: [one] }).members)).toEqual([
      [anna],
      [anna],
      [],
    ]);
    expect(neededFor(order(), { grounds: groundsOf(idle) }).members).toEqual([anna]);
    const sight = seeing([order()], { grounds: groundsOf(idle) });
    expect(ledgersNeeded(sight, evaluate(sight, [], ids()), []).members).toEqual([
      { programId, memberId: anna, withActivities: true },
    ]);
  });
});

describe('settling', () => {
  const settled = (
    snapshots: readonly OrderSnapshot[],
    part: Parameters<typeof seeing>[1] & { readonly redemptions?: readonly SpentRedemption[] } = {},
    open = ledger([]),
  ) => {
    const { redemptions = [], ...rest } = part;
    const sight = seeing(snapshots, rest);
    const evaluation = evaluate(sight, [], ids());
    const ledgers = ledgersNeeded(sight, evaluation, redemptions).members.map(({ memberId }) => ({
      programId,
      memberId,
      open: { ...open, memberId },
      expired: [],
      activities: [],
      lapsed: [],
    }));
    const { outcomes, book } = settle(sight, evaluation, { redemptions, ledgers, expiredOfAwards: new Map() }, ids());
    return {
      outcomes,
      posted: book
        .changed()
        .flatMap(({ memberId, plan }) =>
          plan.entries.map((entry) => [memberId, entry.kind, Number(entry.points), entry.key]),
        ),
    };
  };
  const keyOfOrder = (orderId: number, seq: number): string => `order:${storeId}:${orderId}:${seq}`;
  const lots = ledger([
    {
      ...slice('lot', { openedAt: at('12:00'), availableAt: at('12:00') }),
      originOrder: { storeId, orderId: id(1001) },
    },
  ]);

  test('posts orders by when they were placed, whatever came first, and nothing for what is paid already', () => {
    const { posted } = settled([order({ orderId: 2, instant: at('13:00') }), order({ orderId: 1 })]);
    expect(posted).toEqual([
      [anna, 'award', 10, keyOfOrder(1, 1)],
      [anna, 'award', 10, keyOfOrder(2, 1)],
    ]);
    const again = settled([{ ...order(), updatedAt: at('13:00') }], { records: [recordOf(order())] });
    expect(again.posted).toEqual([]);
    expect(again.outcomes.map(({ order: { posted: held, seq } }) => [held, seq])).toEqual([[10, 1]]);
  });
  test('an order that moves is taken back from one member and comes to the other', () => {
    const moved = order({ customerId: id(88), updatedAt: at('13:00') });
    const { posted, outcomes } = settled([moved], { records: [recordOf(order())] }, lots);
    expect(posted).toEqual([
      [anna, 'clawback', -10, keyOfOrder(1001, 2)],
      [bruno, 'award', 10, keyOfOrder(1001, 3)],
    ]);
    expect(outcomes[0]?.order).toMatchObject({ memberId: bruno, posted: 10, seq: 3, entitlement: 10 });
  });
  test('what was spent on an order comes back before its own points are taken back', () => {
    const withCode = order({ discountCodes: [code] });
    const spentOn = redemption({ memberId: anna, state: 'used', usedOrderId: id(1001) });
    const lot = slice('spent', { remaining: 0, size: 100 });
    const drawn = { entryId: lot.lotId, n: 0, lotId: lot.lotId, slice: 0, points: points(100), at: at('09:00') };
    const { posted, outcomes } = settled(
      [{ ...refunded, discountCodes: [code] }],
      {
        records: [recordOf(withCode)],
        redemptions: [{ ...spentOn, spent: { draws: [drawn], slices: [lot] } }],
      },
      lots,
    );
    expect(posted.map(([, kind, moved]) => [kind, moved])).toEqual([
      ['return', 100],
      ['clawback', -10],
    ]);
    expect(outcomes[0]?.uses).toEqual([
      { programId, memberId: anna, id: 'redemption', state: 'used', usedOrderId: '1001', returned: 100 },
    ]);
  });
  test('a later order of the batch sees what an earlier one made of a code', () => {
    const both = [1, 2].map((orderId) => order({ orderId, discountCodes: [code], instant: at(`1${orderId}:00`) }));
    const { outcomes } = settled(both, { redemptions: [redemption()] });
    expect(outcomes.map(({ uses }) => uses.map(({ state, usedOrderId }) => [state, usedOrderId]))).toEqual([
      [['used', '1']],
      [],
    ]);
  });
});

test('the three steps say the same whatever the order of messages', () => {
  const states: readonly OrderSnapshot[] = [order(), refunded, { ...order(), updatedAt: at('12:30') }];
  const worth = (snapshots: readonly OrderSnapshot[], moment: Instant = now) =>
    see(
      {
        batch: bundlesOf(
          snapshots.map((snapshot) => told(snapshot)),
          moment,
        ),
        asked: [],
        labelled: [],
      },
      { members: everybody, records: [], labels: [] },
      groundsOf(),
      moment,
    ).seen.map(({ kept }) => kept.newest.financialStatus);
  expect([states, [...states].reverse(), [...states, ...states]].map((list) => worth(list))).toEqual([
    ['refunded'],
    ['refunded'],
    ['refunded'],
  ]);
});
