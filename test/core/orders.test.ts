import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contextAt } from '~/core/evaluation/context';
import { isSettleable, keepSnapshot, newerSnapshot, type KeptSnapshots } from '~/core/orders/winner';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { canonicalJson } from '~/core/values/canonicalJson';
import { asId, type PlatformId } from '~/core/values/ids';
import { at, line, order, refund } from 'test/support/builders';

describe('which snapshot wins', () => {
  const base = order();
  const wins = (part: Partial<OrderSnapshot>): boolean => {
    const other = { ...base, ...part };
    return newerSnapshot(base, other) === other && newerSnapshot(other, base) === other;
  };
  test('the later update, whatever else it says', () => {
    expect(wins({ updatedAt: at('12:01'), financialStatus: 'pending' })).toBe(true);
    expect(wins({ updatedAt: at('11:59'), financialStatus: 'refunded' })).toBe(false);
  });
  test('on equal times: cancelled, more units refunded, more money, more refunds, fulfilment, payment, more units, fewer left', () => {
    expect([
      wins({ cancelledAt: at('12:00') }),
      wins({ financialStatus: 'voided' }),
      wins({ refunds: [refund({ lines: [[1, 1]] })] }),
      wins({ refunds: [refund({ adjustmentMinor: -100 })] }),
      wins({ refunds: [refund()] }),
      wins({ fulfillmentStatus: 'partial' }),
      wins({ financialStatus: 'partially_refunded' }),
      wins({ financialStatus: 'authorized' }),
      wins({ lines: [line({ quantity: 2 })] }),
      wins({ lines: [line({ currentQuantity: 0 })] }),
    ]).toEqual([true, true, true, true, true, true, true, false, true, true]);
  });
  test('on equal times: who names a customer, before anything else', () => {
    const nobody = { ...base, customerId: null, cancelledAt: at('12:00'), fulfillmentStatus: 'fulfilled' as const };
    expect([newerSnapshot(base, nobody), newerSnapshot(nobody, base)]).toEqual([base, base]);
    const later = { ...nobody, updatedAt: at('12:01') };
    expect([newerSnapshot(base, later), newerSnapshot(later, base)], 'a later one is newer all the same').toEqual([
      later,
      later,
    ]);
  });
  test('the first difference decides: cancelled beats refunded, refunded beats fulfilled', () => {
    const cancelled = { ...base, cancelledAt: at('12:00') };
    const refunded = { ...base, refunds: [refund({ lines: [[1, 1]] })], fulfillmentStatus: 'fulfilled' as const };
    expect(newerSnapshot(cancelled, refunded)).toBe(cancelled);
    expect(
      newerSnapshot({ ...base, fulfillmentStatus: 'fulfilled' }, { ...base, refunds: [refund({ lines: [[1, 1]] })] })
        .refunds,
    ).toHaveLength(1);
  });
});

const snapshots = fc
  .record({
    updatedAt: fc.integer({ min: 0, max: 2 }),
    financialStatus: fc.constantFrom(
      'pending',
      'authorized',
      'partially_paid',
      'paid',
      'partially_refunded',
      'refunded',
      'voided',
    ),
    fulfillmentStatus: fc.constantFrom('none', 'partial', 'fulfilled'),
    cancelled: fc.boolean(),
    quantity: fc.integer({ min: 1, max: 2 }),
    left: fc.integer({ min: 0, max: 1 }),
    tag: fc.constantFrom('a', 'b'),
    customer: fc.constantFrom(null, '77', '78'),
    email: fc.constantFrom(null, 'hash-a', 'hash-b'),
  })
  .map(({ updatedAt, cancelled, quantity, left, tag, customer, email, ...status }) =>
    order({
      ...status,
      updatedAt: at(`12:0${updatedAt}`),
      cancelledAt: cancelled ? at('12:00') : null,
      channel: tag,
      customerId: customer === null ? null : asId<PlatformId>(customer),
      emailHash: email,
      lines: [line({ quantity, currentQuantity: Math.min(left, quantity) })],
    }),
  );

test('any permutation and duplication of snapshots ends with the same three', () => {
  const keep = (list: readonly OrderSnapshot[]): KeptSnapshots | null =>
    list.reduce<KeptSnapshots | null>(keepSnapshot, null);
  fc.assert(
    fc.property(
      fc
        .array(snapshots, { minLength: 1, maxLength: 7 })
        .chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 })),
        ),
      ([list, shuffled]) => {
        expect(canonicalJson(keep(shuffled))).toBe(canonicalJson(keep(list)));
      },
    ),
    { numRuns: 500 },
  );
});

test('a partially paid snapshot is kept, but the order stands on its newest other one', () => {
  const paid = order({ updatedAt: at('12:00') });
  const partly = order({ updatedAt: at('12:05'), financialStatus: 'partially_paid' });
  const kept = keepSnapshot(keepSnapshot(null, partly), paid);
  expect([kept.newest, kept.settled]).toEqual([partly, paid]);
  expect(keepSnapshot(null, partly).settled).toBeNull();
  expect(isSettleable({ ...partly, cancelledAt: at('13:00') })).toBe(true);
});

describe('the context of an order', () => {
  const versions = [
    { version: 1, publishedAt: at('10:00') },
    { version: 2, publishedAt: at('14:00') },
  ];
  test('is the version in force at its instant', () => {
    expect([contextAt(null, at('12:00'), versions, null), contextAt(null, at('14:00'), versions, null)]).toEqual([
      { programVersion: 1, via: 'instant' },
      { programVersion: 2, via: 'instant' },
    ]);
  });
  test('does not exist before the first version, unless an import names one', () => {
    expect(contextAt(null, at('09:00'), versions, null)).toBeNull();
    expect(contextAt(null, at('09:00'), versions, 2)).toEqual({ programVersion: 2, via: 'backfill' });
  });
  test('once frozen it stays, whatever is published or imported later', () => {
    const frozen = { programVersion: 1, via: 'instant' } as const;
    expect(contextAt(frozen, at('15:00'), versions, 2)).toBe(frozen);
  });
});
