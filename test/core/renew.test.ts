import { describe, expect, test } from 'vitest';
import { balanceOf } from '~/core/ledger/balance';
import { lapseLots } from '~/core/ledger/lapse';
import { openMemberBook } from '~/core/ledger/memberBook';
import { applyPlan, creditPlan, emptyPlan } from '~/core/ledger/plan';
import { lengthenLots, renewLots, renews, reviveLots, type Renewal } from '~/core/ledger/renew';
import { repayDebts } from '~/core/ledger/repay';
import type { AnyWhy } from '~/core/ledger/why';
import { asId, type MemberId, type PlatformId } from '~/core/values/ids';
import { isoOf, type Instant } from '~/core/values/instant';
import { points } from '~/core/values/points';
import { inForce, program } from 'test/support/builders';
import { day, debt, draft, ids, ledger, member, slice, store, zone } from 'test/support/ledger';

describe('inactivity', () => {
  const policies = program({
    policies: { expiry: { kind: 'inactivity_months', months: 2 }, minimumLifeDays: 0 },
  }).policies;
  const never = program().policies;
  const versions = [inForce(day('2025-01-01'), { policies })];
  const end = day('2026-03-10T23:00:00Z');
  const renewal = (part: Partial<Renewal> = {}): Renewal => ({ versions, activities: [], zone, lapsed: [], ...part });
  const alive = (id: string) => slice(id, { expiresAt: end });

  test('is asked of any version', () => {
    expect([
      renews(versions),
      renews([inForce(day('2025-01-01'), { policies: never })]),
      renews([inForce(day('2025-01-01'), { policies: never }), ...versions]),
    ]).toEqual([true, false, true]);
  });
  test('an activity lengthens every lot that was open then and had not lapsed, not those opened later, never shortens', () => {
    const open = ledger([
      alive('a'),
      slice('later', { openedAt: day('2026-03-05'), expiresAt: day('2026-05-05T22:00:00Z') }),
      slice('forever'),
      slice('long', { expiresAt: day('2027-01-01') }),
    ]);
    const changed = renewLots(open, renewal(), [day('2026-03-01')]).remaining;
    expect(changed).toEqual([{ lotId: 'a', slice: 0, remaining: 10, expiresAt: day('2026-05-01T22:00:00Z') }]);
    expect(
      renewLots(open, renewal(), [end]).remaining.map(({ lotId }) => lotId),
      'at its end it has lapsed',
    ).toEqual(['later']);
    expect(renewLots(ledger([alive('a')]), renewal(), [day('2026-01-01')])).toBe(emptyPlan);
    expect(renewLots(ledger([alive('a')]), renewal(), [])).toBe(emptyPlan);
  });
  test('one activity makes the next one count, in whatever order they are known', () => {
    const activities = [day('2026-06-20'), day('2026-03-01'), day('2026-04-25')];
    expect(renewLots(ledger([alive('a')]), renewal(), activities).remaining.map(({ expiresAt }) => expiresAt)).toEqual([
      day('2026-08-20T22:00:00Z'),
    ]);
  });
  test('the policy of the activity’s own time counts, before the first version that one', () => {
    const switched = [...versions, inForce(day('2026-02-15'), { policies: never })];
    expect(renewLots(ledger([alive('a')]), renewal({ versions: switched }), [day('2026-02-20')])).toBe(emptyPlan);
    expect(
      renewLots(ledger([alive('a')]), renewal({ versions: switched }), [day('2026-02-10')]).remaining,
    ).toHaveLength(1);
    const late = [inForce(day('2026-06-01'), { policies })];
    expect(renewLots(ledger([alive('a')]), renewal({ versions: late }), [day('2026-02-10')]).remaining).toHaveLength(1);
  });
  test('points that came back are not renewed by what was done before they did, but live as long as their lot would have', () => {
    const grace = {
      slice: 1,
      size: 0,
      since: day('2026-05-02'),
      expiresAt: day('2026-05-09T22:00:00Z'),
      lotEnd: end,
    } as const;
    const until = (fresh: readonly Instant[], known: readonly Instant[] = []) =>
      renewLots(ledger([slice('a', grace)]), renewal({ activities: known }), fresh).remaining.map(
        ({ expiresAt }) => expiresAt,
      );
    expect(
      until([day('2025-12-01')], [day('2026-04-20')]),
      'an old activity, another between the end and the return',
    ).toEqual([]);
    expect(until([day('2026-04-20')]), 'the lot had lapsed by then, the points were not back').toEqual([]);
    expect(until([day('2026-05-05')])).toEqual([day('2026-07-05T22:00:00Z')]);
    expect(until([day('2026-03-09')], [day('2026-04-20')]), 'the lot itself had lived on').toEqual([
      day('2026-06-20T22:00:00Z'),
    ]);
    expect(until([day('2026-03-01')]), 'it would have lapsed sooner than the points that came back').toEqual([]);
  });
  test('what became known before did its work then: only what would have lapsed before it is moved on by it again', () => {
    const known = [day('2026-03-01')];
    expect(
      renewLots(ledger([alive('other')]), renewal({ activities: known }), [day('2025-12-01')]),
      'another member’s, before a merge',
    ).toBe(emptyPlan);
    expect(
      renewLots(ledger([alive('a')]), renewal({ activities: [day('2026-04-20')] }), [day('2026-03-01')]).remaining.map(
        ({ expiresAt }) => expiresAt,
      ),
    ).toEqual([day('2026-06-20T22:00:00Z')]);
  });
  test.each([
    ['longer', 12, '2027-03-05T23:00:00Z'],
    ['shorter', 1, '2026-05-05T22:00:00Z'],
    ['none', null, null],
  ])('a late activity meets the policies since: %s', (_, months, expected) => {
    const after =
      months === null
        ? never
        : program({ policies: { expiry: { kind: 'inactivity_months', months }, minimumLifeDays: 0 } }).policies;
    const later = [...versions, inForce(day('2026-04-01'), { policies: after })];
    const lapsed = [{ slice: slice('a', { expiresAt: end, remaining: 0 }), expired: 10, forgiven: 0 }];
    const back = reviveLots(
      ledger([]),
      renewal({ versions: later, lapsed }),
      [day('2026-03-05')],
      day('2026-04-10'),
      ids(),
    );
    expect(back.opened.map(({ expiresAt }) => expiresAt)).toEqual([expected === null ? null : day(expected)]);
    expect(
      renewLots(ledger([alive('a')]), renewal({ versions: later }), [day('2026-03-05')]).remaining.map(
        ({ expiresAt }) => expiresAt,
      ),
    ).toEqual([expected === null ? null : day(expected)]);
  });
  test('an activity from before the switch to inactivity counts from the switch on, however late it becomes known', () => {
    const yearly = program({
      policies: { expiry: { kind: 'after_months', months: 6, endOfMonth: false }, minimumLifeDays: 0 },
    }).policies;
    const six = program({
      policies: { expiry: { kind: 'inactivity_months', months: 6 }, minimumLifeDays: 0 },
    }).policies;
    const switched = [inForce(day('2025-01-01'), { policies: yearly }), inForce(day('2026-03-01'), { policies: six })];
    const open = ledger([slice('a', { expiresAt: day('2026-07-10T22:00:00Z') })]);
    const renewed = renewLots(open, renewal({ versions: switched }), [day('2026-02-20')]);
    expect(renewed.remaining.map(({ expiresAt }) => expiresAt)).toEqual([day('2026-08-20T22:00:00Z')]);
  });
  test('points that a sweep took come back to a further slice of their lot, less what was forgiven of the order', () => {
    const originOrder = { storeId: store, orderId: asId<PlatformId>('1') };
    const lapsed = [
      { slice: slice('a', { expiresAt: end, originOrder, remaining: 0 }), furthest: 2, expired: 10, forgiven: 4 },
      { slice: slice('b', { expiresAt: end, originOrder, remaining: 0 }), expired: 5, forgiven: 4 },
      { slice: slice('c', { expiresAt: end, remaining: 0 }), expired: 3, forgiven: 0 },
      {
        slice: slice('d', {
          expiresAt: end,
          remaining: 0,
          originOrder: { storeId: store, orderId: asId<PlatformId>('2') },
        }),
        expired: 2,
        forgiven: 9,
      },
      { slice: slice('e', { expiresAt: day('2026-02-01'), remaining: 0 }), expired: 7, forgiven: 0 },
    ];
    const now = day('2026-04-01');
    const plan = reviveLots(ledger([]), renewal({ lapsed }), [day('2026-03-01')], now, ids());
    const until = day('2026-05-01T22:00:00Z');
    expect(plan.entries).toEqual(
      [
        ['a', 6],
        ['b', 5],
        ['c', 3],
      ].map(([lot, amount], index) => ({
        ...draft(`new-${index + 1}`, 'adjust', now),
        points: amount,
        forgiven: 0,
        key: `revive:${lot}:0`,
        concerns: { lotId: lot },
        marks: { part: 'revive', slice: 0 },
        why: { v: 1, kind: 'late_activity', activeOn: '2026-03-01' },
      })),
    );
    expect(
      plan.opened.map(({ lotId, slice: n, size, remaining, expiresAt, memberId }) => [
        lotId,
        n,
        size,
        remaining,
        expiresAt,
        memberId,
      ]),
    ).toEqual([
      ['a', 3, 0, 6, until, member],
      ['b', 1, 0, 5, until, member],
      ['c', 1, 0, 3, until, member],
    ]);
    expect(plan.draws.map(({ entryId, lotId, slice: n, points: back, at }) => [entryId, lotId, n, back, at])).toEqual([
      ['new-1', 'a', 3, -6, now],
      ['new-2', 'b', 1, -5, now],
      ['new-3', 'c', 1, -3, now],
    ]);
    expect(reviveLots(ledger([]), renewal({ lapsed }), [], now, ids())).toBe(emptyPlan);
  });
  test('a book renews lots by what is posted to it, revives once, and remembers the activity', () => {
    const lapsed = [{ slice: slice('gone', { expiresAt: end, remaining: 0 }), expired: 8, forgiven: 0 }];
    const now = day('2026-04-01');
    const open = ledger([slice('b', { expiresAt: day('2026-04-20') })]);
    const book = openMemberBook(
      [{ memberId: member, cached: balanceOf(open, now), open, renewal: renewal({ lapsed }) }],
      now,
      ids(),
    );
    expect(book.activitiesOf(member)).toEqual([]);
    const award = (id: string, when: Instant) =>
      creditPlan(
        { ...draft(id, 'award', when), points: points(1), forgiven: points(0) },
        { originOrder: null, availableAt: when, expiresAt: null },
      );
    book.post(member, {
      ...award('adjusted', day('2026-03-01')),
      entries: [{ ...draft('adjusted', 'adjust', day('2026-03-01')), points: points(1), forgiven: points(0) }],
    });
    expect(book.activitiesOf(member), 'an adjustment renews nothing').toEqual([]);
    book.post(member, award('one', day('2026-03-01')));
    book.post(member, award('two', day('2026-03-02')));
    expect(book.activitiesOf(member)).toEqual([day('2026-03-01'), day('2026-03-02')]);
    const [page] = book.changed();
    expect(page?.plan.entries.map(({ key }) => key)).toEqual(['adjusted', 'one', 'revive:gone:0', 'two']);
    expect(
      book
        .openOf(member)
        ?.slices.map(({ lotId, remaining, expiresAt }) => [
          lotId,
          remaining,
          expiresAt === null ? null : isoOf(expiresAt),
        ]),
    ).toEqual([
      ['b', 10, '2026-05-02T22:00:00.000Z'],
      ['adjusted', 1, null],
      ['one', 1, null],
      ['gone', 8, '2026-05-02T22:00:00.000Z'],
      ['two', 1, null],
    ]);
    expect(page?.balance.available).toBe(21);
    const without = openMemberBook(
      [{ memberId: member, cached: balanceOf(open, now), open, renewal: renewal({ lapsed }) }],
      now,
    );
    without.post(member, award('one', day('2026-03-01')));
    expect(
      without.changed()[0]?.plan.entries.map(({ key }) => key),
      'nothing comes back without ids',
    ).toEqual(['one']);
    expect(without.activitiesOf(asId<MemberId>('nobody'))).toEqual([]);
  });
  test('a policy that comes into force only ever lengthens', () => {
    const now = day('2026-02-01');
    const months = (n: number) =>
      program({ policies: { expiry: { kind: 'after_months', months: n, endOfMonth: false }, minimumLifeDays: 0 } })
        .policies;
    const open = ledger([
      slice('none'),
      slice('short', { expiresAt: day('2026-02-20') }),
      slice('gone', { expiresAt: now }),
      slice('empty', { remaining: 0 }),
    ]);
    const ends = (policy: typeof policies, activities: readonly Instant[] = [], before = never) =>
      lengthenLots(
        open,
        policy,
        { ...renewal({ activities }), versions: [inForce(day('2020-01-01'), { policies: before })] },
        now,
      ).remaining.map(({ lotId, expiresAt, remaining }) => [
        lotId,
        expiresAt == null ? null : isoOf(expiresAt),
        remaining,
      ]);
    expect(ends(months(6))).toEqual([
      ['none', '2026-08-01T22:00:00.000Z', 10],
      ['short', '2026-07-10T22:00:00.000Z', 10],
      ['empty', '2026-08-01T22:00:00.000Z', 0],
    ]);
    expect(ends(months(1)).map(([lot]) => lot)).toEqual(['none', 'empty']);
    expect(ends(never)).toEqual([['short', null, 10]]);
    expect(ends(policies, [day('2026-01-25'), day('2026-05-01')])).toEqual([
      ['none', '2026-04-01T22:00:00.000Z', 10],
      ['short', '2026-03-25T23:00:00.000Z', 10],
      ['empty', '2026-04-01T22:00:00.000Z', 0],
    ]);
    const held = ledger([slice('held', { remaining: 0, expiresAt: day('2026-01-31') })]);
    const active = { ...renewal({ activities: [day('2026-01-20')] }) };
    expect(lengthenLots(held, never, active, now).remaining, 'an activity had renewed what was on hold').toMatchObject([
      { lotId: 'held', expiresAt: null },
    ]);
    expect(lengthenLots(held, never, renewal(), now)).toBe(emptyPlan);
    expect(lengthenLots(ledger([slice('none')]), never, renewal(), now)).toBe(emptyPlan);
  });
});

describe('lapsing and repaying in order', () => {
  test('lots are swept by their ends, then by key, then by slice; grace slices say so', () => {
    const lots = [
      slice('b', { expiresAt: day('2026-02-01'), key: 'k2' }),
      slice('a', { expiresAt: day('2026-02-01'), key: 'k1', slice: 1 }),
      slice('a', { expiresAt: day('2026-02-01'), key: 'k1' }),
      slice('first', { expiresAt: day('2026-01-15'), key: 'k9' }),
      slice('empty', { expiresAt: day('2026-01-15'), remaining: 0 }),
      slice('open', { expiresAt: day('2026-09-01') }),
    ];
    const plan = lapseLots(ledger(lots), 'inactivity_months', zone, day('2026-02-02'), ids());
    expect(plan.entries.map(({ key }) => key)).toEqual(['expire:first:0', 'expire:a:0', 'expire:a:1', 'expire:b:0']);
    expect(plan.entries.map(({ why }) => (why as AnyWhy & { policy: string }).policy)).toEqual([
      'inactivity_months',
      'inactivity_months',
      'grace',
      'inactivity_months',
    ]);
    expect(plan.entries[0]).toMatchObject({
      concerns: { lotId: 'first' },
      actor: { kind: 'system' },
      occurredAt: day('2026-01-15'),
      recordedAt: day('2026-02-02'),
      forgiven: 0,
    });
  });
  test('the oldest debt is paid first, then by entry; from the lot it meets first, then by the order of drawing', () => {
    const open = ledger(
      [
        slice('late', { availableAt: day('2026-02-10') }),
        slice('soon', { expiresAt: day('2026-03-01'), remaining: 3 }),
        slice('never', { remaining: 2 }),
      ],
      [debt('z', 4, day('2026-01-20')), debt('a', 2, day('2026-01-20')), debt('old', 1, day('2026-01-15'))],
    );
    const plan = repayDebts(open, day('2026-02-11'));
    expect(
      plan.draws.map(({ entryId, n, lotId, points: drawn, at }) => [entryId, n, lotId, drawn, isoOf(at).slice(0, 10)]),
    ).toEqual([
      ['old', 0, 'soon', 1, '2026-01-15'],
      ['a', 0, 'soon', 2, '2026-01-20'],
      ['z', 0, 'never', 2, '2026-01-20'],
      ['z', 1, 'late', 2, '2026-02-10'],
    ]);
    expect(applyPlan(open, plan).debts).toEqual([]);
    expect(
      repayDebts(ledger([slice('ends', { expiresAt: day('2026-01-20') })], [debt('d', 1)]), day('2026-02-11')).draws,
      'a lot that ends when the debt begins',
    ).toEqual([]);
  });
});
