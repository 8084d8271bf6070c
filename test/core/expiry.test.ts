import { describe, expect, test } from 'vitest';
import { lotLife } from '~/core/ledger/lotLife';
import { lapseLots } from '~/core/ledger/lapse';
import { renewLots } from '~/core/ledger/renew';
import type { OpenLedger, Slice } from '~/core/ledger/types';
import { asId, type EntryId, type MemberId } from '~/core/values/ids';
import { instant, isoOf, type Instant } from '~/core/values/instant';
import { points } from '~/core/values/points';
import { inForce, program } from 'test/support/builders';

const zone = 'Europe/Rome';
const moment = (iso: string): Instant => instant(Date.parse(iso));
const policies = (
  expiry: NonNullable<Parameters<typeof program>[0]>['policies'] extends infer P
    ? P extends { expiry?: infer E }
      ? E
      : never
    : never,
  minimumLifeDays = 0,
) => program({ policies: { expiry, minimumLifeDays } }).policies;
const ends = (
  opened: string,
  document: ReturnType<typeof program>,
  ...rest: Parameters<typeof lotLife> extends [unknown, unknown, unknown, ...infer R] ? R : never
): string | null => {
  const { expiresAt } = lotLife(moment(opened), document, zone, ...rest);
  return expiresAt === null ? null : isoOf(expiresAt).slice(0, 16);
};
const after = (months: number, endOfMonth = false, minimumLifeDays = 0) =>
  program({ policies: { expiry: { kind: 'after_months', months, endOfMonth }, minimumLifeDays } });
const inactivity = (months: number) =>
  program({ policies: { expiry: { kind: 'inactivity_months', months }, minimumLifeDays: 0 } });

describe('per lot', () => {
  test('ends with the local day, the same day of the month or its last one', () => {
    expect(ends('2026-06-10T12:00:00Z', after(12))).toBe('2027-06-10T22:00');
    expect(ends('2026-01-31T12:00:00Z', after(1))).toBe('2026-02-28T23:00');
    expect(ends('2024-02-29T12:00:00Z', after(12))).toBe('2025-02-28T23:00');
    expect(ends('2023-08-31T12:00:00Z', after(6)), 'a leap year').toBe('2024-02-29T23:00');
  });
  test('the day is the local one, across the change of the clocks', () => {
    expect(ends('2026-03-28T23:30:00Z', after(1)), 'half past midnight on 29 March, the night of the change').toBe(
      '2026-04-29T22:00',
    );
    expect(ends('2026-10-24T22:30:00Z', after(1)), 'half past midnight on 25 October').toBe('2026-11-25T23:00');
    expect(ends('2025-10-26T12:00:00Z', after(12))).toBe('2026-10-26T23:00');
  });
  test('may be rounded up to the end of the month', () => {
    expect(ends('2026-01-10T12:00:00Z', after(1, true))).toBe('2026-02-28T23:00');
    expect(ends('2026-01-31T12:00:00Z', after(1, true))).toBe('2026-02-28T23:00');
  });
  test('is never before 30 × 24 hours after the points are available', () => {
    const held = program({
      earning: { holdDays: 14 },
      policies: { expiry: { kind: 'after_months', months: 1, endOfMonth: false }, minimumLifeDays: 30 },
    });
    expect(ends('2026-06-10T12:00:00Z', held)).toBe('2026-07-24T12:00');
  });
});

describe('by inactivity', () => {
  test('every activity before the end renews, also one that another made possible', () => {
    const opened = '2026-01-10T12:00:00Z';
    expect(ends(opened, inactivity(2))).toBe('2026-03-10T23:00');
    expect(ends(opened, inactivity(2), [], [moment('2026-02-20T12:00:00Z')])).toBe('2026-04-20T22:00');
    const both = [moment('2026-04-01T12:00:00Z'), moment('2026-02-20T12:00:00Z')];
    expect(ends(opened, inactivity(2), [], both)).toBe('2026-06-01T22:00');
    expect(ends(opened, inactivity(2), [], [moment('2026-04-01T12:00:00Z')]), 'too late').toBe('2026-03-10T23:00');
  });
  test('open lots are renewed together; what lapsed before stays lapsed', () => {
    const renewal = {
      versions: [inForce(moment('2020-01-01T00:00:00Z'), inactivity(2))],
      activities: [],
      zone,
      lapsed: [],
    };
    const open = ledger([
      slice(1, '2026-01-10T12:00:00Z', '2026-03-10T23:00:00Z'),
      slice(2, '2026-02-15T12:00:00Z', '2026-04-15T22:00:00Z'),
    ]);
    const renewed = renewLots(open, renewal, [moment('2026-03-20T12:00:00Z')]);
    expect(
      renewed.remaining.map(({ lotId, expiresAt }) => [lotId, expiresAt == null ? null : isoOf(expiresAt)]),
    ).toEqual([['lot-2', '2026-05-20T22:00:00.000Z']]);
  });
});

describe('a new policy', () => {
  const published = '2026-03-01T10:00:00Z';
  const later = (document: ReturnType<typeof program>) => [inForce(moment(published), document)];
  test('that switches expiry on gives lots without an end the full period from that day', () => {
    expect(ends('2025-01-10T12:00:00Z', program(), later(after(6)))).toBe('2026-09-01T22:00');
  });
  test('only ever lengthens', () => {
    expect(ends('2026-01-10T12:00:00Z', after(6), later(after(3)))).toBe('2026-07-10T22:00');
    expect(ends('2026-01-10T12:00:00Z', after(6), later(after(12)))).toBe('2027-01-10T23:00');
    expect(ends('2026-01-10T12:00:00Z', after(6), later(program()))).toBeNull();
    expect(ends('2025-01-10T12:00:00Z', after(6), later(program())), 'lapsed before').toBe('2025-07-10T22:00');
  });
});

const slice = (number: number, opened: string, expires: string | null, remaining = 10): Slice => ({
  lotId: asId<EntryId>(`lot-${number}`),
  slice: 0,
  size: points(10),
  remaining: points(remaining),
  originOrder: null,
  openedAt: moment(opened),
  availableAt: moment(opened),
  expiresAt: expires === null ? null : moment(expires),
  key: `key-${number}`,
});
const ledger = (slices: readonly Slice[]): OpenLedger => ({ memberId: asId<MemberId>('member'), slices, debts: [] });

test('the sweep takes out what lapsed, one entry for each lot, dated to its end', () => {
  let n = 0;
  const open = ledger([
    slice(1, '2026-01-10T12:00:00Z', '2026-03-10T23:00:00Z', 7),
    slice(2, '2026-01-11T12:00:00Z', '2026-03-11T23:00:00Z'),
    slice(3, '2026-01-12T12:00:00Z', '2026-05-12T22:00:00Z'),
    slice(4, '2026-01-12T12:00:00Z', null),
  ]);
  const plan = lapseLots(open, 'after_months', zone, moment('2026-03-11T23:00:00Z'), () =>
    asId<EntryId>(`entry-${(n += 1)}`),
  );
  expect(plan.entries.map((entry) => [entry.kind, entry.points, isoOf(entry.occurredAt), entry.why])).toEqual([
    [
      'expire',
      -7,
      '2026-03-10T23:00:00.000Z',
      { v: 1, kind: 'expiry', policy: 'after_months', earnedOn: '2026-01-10', lastDay: '2026-03-10' },
    ],
    [
      'expire',
      -10,
      '2026-03-11T23:00:00.000Z',
      { v: 1, kind: 'expiry', policy: 'after_months', earnedOn: '2026-01-11', lastDay: '2026-03-11' },
    ],
  ]);
  expect(plan.remaining.map(({ lotId, remaining }) => [lotId, remaining])).toEqual([
    ['lot-1', 0],
    ['lot-2', 0],
  ]);
  expect(policies({ kind: 'none' }).expiry.kind).toBe('none');
});
