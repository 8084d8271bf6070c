import fc from 'fast-check';
import { instant } from '~/core/values/instant';

/** The beginning of every such history. */
export const startOfLateHistory = Date.parse('2026-02-01T00:00:00Z');

const yearMinutes = 365 * 24 * 60;
const latestMinutes = 120 * 24 * 60;
const months = fc.integer({ min: 1, max: 3 });
const expiry = fc.oneof(
  fc.record({ kind: fc.constant('none' as const) }),
  fc.record({ kind: fc.constant('after_months' as const), months, endOfMonth: fc.boolean() }),
  fc.record({ kind: fc.constant('inactivity_months' as const), months }),
);
const policies = fc.record({ expiry, minimumLifeDays: fc.constantFrom(0, 30) });

/**
 * A member's orders within a year, each told some time after it was placed (minutes), while the policies of expiry
 * change.
 */
export const lateHistory = fc
  .record({
    first: policies,
    holdDays: fc.constantFrom(0, 10),
    changes: fc.array(fc.record({ policies, at: fc.nat(yearMinutes) }), { maxLength: 3 }),
    orders: fc.array(
      fc.record({ at: fc.nat(yearMinutes), amount: fc.integer({ min: 1, max: 99 }), late: fc.nat(latestMinutes) }),
      {
        minLength: 1,
        maxLength: 5,
      },
    ),
  })
  .map((history) => ({
    ...history,
    momentOf: (minutes: number) => instant(startOfLateHistory + minutes * 60_000),
    /** When everything has become known. */
    over: instant(startOfLateHistory + (yearMinutes + latestMinutes + 1) * 60_000),
  }));

export type LateHistory = typeof lateHistory extends fc.Arbitrary<infer One> ? One : never;
