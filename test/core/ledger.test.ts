import { describe, expect, test } from 'vitest';
import { balanceOf } from '~/core/ledger/balance';
import { clawBack } from '~/core/ledger/clawback';
import { holdPoints } from '~/core/ledger/hold';
import { applyPlan, creditPlan } from '~/core/ledger/plan';
import { putBack } from '~/core/ledger/putBack';
import { repayDebts } from '~/core/ledger/repay';
import type { Entry, LedgerPlan, OpenLedger, Slice } from '~/core/ledger/types';
import { asId, type EntryId, type MemberId, type PlatformId, type StoreId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { points } from '~/core/values/points';
import { at } from 'test/support/builders';
import { noWhy } from 'test/support/ledger';

const member = asId<MemberId>('member');
const store = asId<StoreId>('store');
const empty: OpenLedger = { memberId: member, slices: [], debts: [] };

const draft = (
  id: string,
  kind: Entry['kind'],
  occurredAt: Instant = at('12:00'),
): Omit<Entry, 'points' | 'forgiven'> => ({
  id: asId<EntryId>(id),
  memberId: member,
  kind,
  key: `key:${id}`,
  concerns: {},
  why: noWhy,
  actor: { kind: 'system' },
  occurredAt,
  recordedAt: occurredAt,
});

type LotWish = {
  readonly size: number;
  readonly order?: string;
  readonly openedAt?: Instant;
  readonly availableAt?: Instant;
  readonly expiresAt?: Instant | null;
};

const withLot = (
  open: OpenLedger,
  id: string,
  { size, order, openedAt = at('08:00'), availableAt = openedAt, expiresAt = null }: LotWish,
): OpenLedger =>
  applyPlan(
    open,
    creditPlan(
      { ...draft(id, 'award', openedAt), points: points(size), forgiven: points(0) },
      {
        originOrder: order === undefined ? null : { storeId: store, orderId: asId<PlatformId>(order) },
        availableAt,
        expiresAt,
      },
    ),
  );

const clawback = (
  open: OpenLedger,
  asked: number,
  order: string,
  part: {
    readonly policy?: 'debt' | 'clamp';
    readonly ownExpired?: number;
    readonly ownForgiven?: number;
    readonly now?: Instant;
    readonly id?: string;
  } = {},
) =>
  clawBack(
    open,
    draft(part.id ?? 'claw', 'clawback', part.now),
    {
      asked,
      policy: part.policy ?? 'debt',
      ownExpired: part.ownExpired ?? 0,
      ownForgiven: part.ownForgiven ?? 0,
      isOwn: ({ originOrder }) => originOrder?.orderId === order,
    },
    part.now ?? at('12:00'),
  );

const hold = (open: OpenLedger, asked: number, id = 'hold', now = at('12:00')): LedgerPlan => {
  const held = holdPoints(open, draft(id, 'redeem', now), asked, now);
  if (!held.ok) throw new Error('refused');
  return held.value;
};

const drawn = (plan: LedgerPlan): readonly (readonly [string, number])[] =>
  plan.draws.map((draw) => [draw.lotId, draw.points]);
const left = (open: OpenLedger): Readonly<Record<string, number>> =>
  Object.fromEntries(
    open.slices.map((slice) => [`${slice.lotId}${slice.slice === 0 ? '' : `/${slice.slice}`}`, slice.remaining]),
  );

describe('holding points', () => {
  const lots = withLot(
    withLot(withLot(withLot(empty, 'never', { size: 10 }), 'late', { size: 10, expiresAt: at('00:00', 28) }), 'soon', {
      size: 10,
      expiresAt: at('00:00', 20),
    }),
    'pending',
    { size: 100, availableAt: at('00:00', 12) },
  );

  test('draws what expires first, what never expires last, and nothing that is pending', () => {
    expect(drawn(hold(lots, 25))).toEqual([
      ['soon', 10],
      ['late', 10],
      ['never', 5],
    ]);
  });
  test('draws the older lot first when both expire together, then by key', () => {
    const same = withLot(withLot(withLot(empty, 'c', { size: 5 }), 'b', { size: 5 }), 'a', {
      size: 5,
      openedAt: at('09:00'),
    });
    expect(drawn(hold(same, 15))).toEqual([
      ['b', 5],
      ['c', 5],
      ['a', 5],
    ]);
  });
  test('is refused when it asks for more than is available', () => {
    expect(holdPoints(lots, draft('hold', 'redeem'), 31, at('12:00'))).toEqual({
      ok: false,
      error: { kind: 'not_enough_points', available: 30, asked: 31 },
    });
  });
  test('a lapsed lot is not spendable even before the sweep has written its entry', () => {
    expect(balanceOf(lots, at('00:00', 20)).available).toBe(120); // pending has matured, soon has lapsed
    expect(balanceOf(lots, at('12:00')).nextChangeAt).toBe(at('00:00', 12));
  });
});

describe('taking points back', () => {
  const two = withLot(withLot(empty, 'other', { size: 50, order: '2' }), 'own', { size: 30, order: '1' });

  test('draws the order’s own lots first, pending ones too, then others', () => {
    const pending = withLot(withLot(empty, 'other', { size: 50, order: '2' }), 'own', {
      size: 30,
      order: '1',
      availableAt: at('00:00', 20),
    });
    for (const open of [two, pending])
      expect(drawn(clawback(open, 40, '1').plan)).toEqual([
        ['own', 30],
        ['other', 10],
      ]);
  });
  test('what is missing becomes debt, and the balance is negative until it is repaid', () => {
    const { plan } = clawback(two, 100, '1');
    expect(plan.entries[0]?.points).toBe(-100);
    expect(balanceOf(applyPlan(two, plan), at('12:00'))).toMatchObject({ available: -20, debt: 20 });
  });
  test('under clamp what is missing is forgiven and counts as taken back', () => {
    const { plan } = clawback(two, 100, '1', { policy: 'clamp' });
    expect(plan.entries[0]).toMatchObject({ points: -80, forgiven: 20 });
    expect(plan.debts).toEqual([]);
  });
  test('points that lapsed in the order’s own lots are forgiven, once', () => {
    const lapsed = withLot(withLot(empty, 'other', { size: 50, order: '2' }), 'own', {
      size: 30,
      order: '1',
      expiresAt: at('11:00'),
    });
    const first = clawback(lapsed, 20, '1');
    expect([first.forgivenLapsed, first.plan.entries[0]?.points]).toEqual(
      [20, 0].map((value) => (value === 0 ? 0 : value)),
    );
    const second = clawback(lapsed, 20, '1', { ownForgiven: 20 });
    expect([second.forgivenLapsed, second.plan.entries[0]?.points, drawn(second.plan)]).toEqual([
      10,
      -10,
      [['other', 10]],
    ]);
  });
});

describe('debts', () => {
  test('are repaid by the next available lot, as draws of the debt’s own entry', () => {
    const owing = applyPlan(
      withLot(empty, 'a', { size: 10, order: '1' }),
      clawback(withLot(empty, 'a', { size: 10, order: '1' }), 16, '1').plan,
    );
    const credited = withLot(owing, 'b', { size: 20, openedAt: at('13:00') });
    const plan = repayDebts(credited, at('13:00'));
    expect(plan.draws).toMatchObject([{ entryId: 'claw', lotId: 'b', points: 6, n: 1 }]);
    expect(balanceOf(applyPlan(credited, plan), at('13:00'))).toMatchObject({ available: 14, debt: 0 });
  });
  test('a lot that has lapsed meanwhile still pays the debt it met: lot 20, debt 6, 14 lapse', () => {
    const owing = applyPlan(empty, clawback(empty, 6, '1').plan);
    const credited = withLot(owing, 'b', { size: 20, openedAt: at('13:00'), expiresAt: at('13:00', 12) });
    const late = applyPlan(credited, repayDebts(credited, at('13:00', 20)));
    expect([left(late).b, balanceOf(late, at('13:00', 20)).debt]).toEqual([14, 0]);
  });
  test('a pending lot repays when it matures, not before; the oldest debt first', () => {
    const older = applyPlan(empty, clawback(empty, 6, '1', { id: 'old', now: at('09:00') }).plan);
    const owing = applyPlan(older, clawback(older, 6, '2', { id: 'new', now: at('10:00') }).plan);
    const credited = withLot(owing, 'b', { size: 8, openedAt: at('11:00'), availableAt: at('11:00', 12) });
    expect(repayDebts(credited, at('12:00')).draws).toEqual([]);
    expect(repayDebts(credited, at('11:00', 12)).draws.map((draw) => [draw.entryId, draw.points])).toEqual([
      ['old', 6],
      ['new', 2],
    ]);
  });
});

describe('points that come back', () => {
  const graceEnd = at('22:00', 17);
  const start = withLot(withLot(empty, 'a', { size: 10 }), 'b', { size: 10, openedAt: at('09:00') });

  test('a release leaves the lots as they were', () => {
    const held = hold(start, 15);
    const after = applyPlan(start, held);
    const released = applyPlan(
      after,
      putBack(
        after,
        draft('release', 'release'),
        15,
        { spent: { draws: held.draws, slices: start.slices }, unpaid: [] },
        { graceEnd, now: at('12:00') },
      ),
    );
    expect(left(released)).toEqual(left(start));
  });
  test('a part comes back in reverse order of the draws, and the rest after it', () => {
    const held = hold(start, 15);
    const after = applyPlan(start, held);
    const first = putBack(
      after,
      draft('r1', 'return'),
      7,
      { spent: { draws: held.draws, slices: start.slices }, unpaid: [] },
      { graceEnd, now: at('12:00') },
    );
    expect(drawn(first)).toEqual([
      ['b', -5],
      ['a', -2],
    ]);
    const second = putBack(
      applyPlan(after, first),
      draft('r2', 'return'),
      8,
      { spent: { draws: [...held.draws, ...first.draws], slices: start.slices }, unpaid: [] },
      { graceEnd, now: at('13:00') },
    );
    expect(drawn(second)).toEqual([['a', -8]]);
  });
  test('points of a lot that has lapsed live to the end of the grace period in a slice of their own', () => {
    const lapsing = withLot(empty, 'a', { size: 10, expiresAt: at('00:00', 11) });
    const held = hold(lapsing, 4);
    const after = applyPlan(lapsing, held);
    const back = applyPlan(
      after,
      putBack(
        after,
        draft('r', 'release'),
        4,
        { spent: { draws: held.draws, slices: lapsing.slices }, unpaid: [] },
        { graceEnd, now: at('12:00', 11) },
      ),
    );
    expect(left(back)).toEqual({ a: 6, 'a/1': 4 });
    expect(balanceOf(back, at('12:00', 11)).available).toBe(4);
    expect(balanceOf(back, instant(graceEnd)).available).toBe(0);
  });
  test('a return first cancels the debt of a late use', () => {
    const owing = applyPlan(empty, clawback(empty, 6, '1', { id: 'late' }).plan);
    const plan = putBack(
      owing,
      draft('r', 'return'),
      6,
      { spent: { draws: [], slices: [] }, unpaid: owing.debts },
      { graceEnd, now: at('12:00') },
    );
    expect(balanceOf(applyPlan(owing, plan), at('12:00'))).toMatchObject({ available: 0, debt: 0 });
  });
});

test('points that come back to a lot that was drawn empty are in the balance at once', () => {
  const open = { memberId: asId<MemberId>('m'), slices: [], debts: [] };
  const empty: Slice = {
    lotId: asId<EntryId>('lot'),
    slice: 0,
    size: points(20),
    remaining: points(0),
    originOrder: null,
    openedAt: at('08:00'),
    availableAt: at('08:00'),
    expiresAt: null,
    key: 'k',
  };
  const draft = {
    id: asId<EntryId>('back'),
    memberId: open.memberId,
    kind: 'release' as const,
    key: 'release:1',
    concerns: {},
    why: noWhy,
    actor: { kind: 'system' as const },
    occurredAt: at('10:00'),
    recordedAt: at('10:00'),
  };
  const drawn = {
    entryId: asId<EntryId>('hold'),
    n: 0,
    lotId: empty.lotId,
    slice: 0,
    points: points(20),
    at: at('09:00'),
  };
  const plan = putBack(
    open,
    draft,
    20,
    { spent: { draws: [drawn], slices: [empty] }, unpaid: [] },
    { graceEnd: at('23:00'), now: at('10:00') },
  );
  expect(balanceOf(applyPlan(open, plan), at('10:00')).available).toBe(20);
});
