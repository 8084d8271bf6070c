import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultDocument } from '~/core/program/defaults';
import { readDocument } from '~/core/program/migration';
import { unconditional, unmetCondition, type RewardAsker, type RewardConditions } from '~/core/rewards/conditions';
import { instant } from '~/core/values/instant';

const moment = (text: string) => instant(Date.parse(text));
const nobody: RewardAsker = { tier: null, segments: [], takenAt: [], takenInTotal: 0 };
const unmet = (conditions: Partial<RewardConditions>, asker: Partial<RewardAsker>, now: string, zone = 'Europe/Rome') =>
  unmetCondition({ ...unconditional, ...conditions }, { ...nobody, ...asker }, zone, moment(now));

describe('what a reward asks of who takes it', () => {
  test('nothing is asked unless the merchant asks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.nat(500), (now, takenInTotal) => {
        expect(unmetCondition(unconditional, { ...nobody, takenInTotal }, 'Asia/Tokyo', instant(now))).toBeNull();
      }),
    );
  });

  test('the window holds from the first moment of its first local day to the last of its last', () => {
    const window = { from: '2026-12-01', to: '2026-12-24' };
    expect(unmet({ window }, {}, '2026-11-30T22:59:59Z')).toEqual({ kind: 'not_yet', from: '2026-12-01' });
    expect(unmet({ window }, {}, '2026-11-30T23:00:00Z')).toBeNull();
    expect(unmet({ window }, {}, '2026-12-24T22:59:59Z')).toBeNull();
    expect(unmet({ window }, {}, '2026-12-24T23:00:00Z')).toEqual({ kind: 'over', to: '2026-12-24' });
    expect(unmet({ window: { from: null, to: '2026-12-24' } }, {}, '1999-01-01T00:00:00Z')).toBeNull();
  });

  test('tiers and segments: one of those named is enough, none named is everybody', () => {
    const now = '2026-06-10T12:00:00Z';
    expect(unmet({ tierIds: ['gold', 'black'] }, { tier: 'silver' }, now)).toMatchObject({ kind: 'other_tier' });
    expect(unmet({ tierIds: ['gold', 'black'] }, { tier: null }, now)).toMatchObject({ kind: 'other_tier' });
    expect(unmet({ tierIds: ['gold', 'black'] }, { tier: 'black' }, now)).toBeNull();
    expect(unmet({ segmentIds: ['vip'] }, { segments: ['staff'] }, now)).toEqual({ kind: 'other_segment' });
    expect(unmet({ segmentIds: ['vip'] }, { segments: ['staff', 'vip'] }, now)).toBeNull();
  });

  const limit = (count: number, per: 'day' | 'week' | 'month' | 'year' | 'ever', taken: string[], now: string) =>
    unmet({ limits: { perMember: { count, per }, total: null } }, { takenAt: taken.map(moment) }, now);

  test('a limit counts what was taken in the local period, and says when the next one begins', () => {
    // 31 May 22:30 UTC is 1 June in Rome.
    expect(limit(1, 'month', ['2026-05-31T22:30:00Z'], '2026-06-20T12:00:00Z')).toEqual({
      kind: 'limit_reached',
      count: 1,
      per: 'month',
      again: '2026-07-01',
    });
    expect(limit(1, 'month', ['2026-05-31T21:30:00Z'], '2026-06-20T12:00:00Z')).toBeNull();
    expect(limit(2, 'month', ['2026-06-02T10:00:00Z'], '2026-06-20T12:00:00Z')).toBeNull();
    // 10 June 2026 is a Wednesday; its week began on Monday the 8th.
    expect(limit(1, 'week', ['2026-06-07T22:00:00Z'], '2026-06-10T12:00:00Z')).toMatchObject({ again: '2026-06-15' });
    expect(limit(1, 'week', ['2026-06-07T21:59:59Z'], '2026-06-10T12:00:00Z')).toBeNull();
    expect(limit(1, 'day', ['2026-06-10T05:00:00Z'], '2026-06-10T12:00:00Z')).toMatchObject({ again: '2026-06-11' });
    expect(limit(1, 'year', ['2026-01-01T12:00:00Z'], '2026-12-31T12:00:00Z')).toMatchObject({ again: '2027-01-01' });
    expect(limit(1, 'ever', ['1999-01-01T12:00:00Z'], '2026-12-31T12:00:00Z')).toMatchObject({ again: null });
  });

  test('the last one of all is the last, whoever took the others', () => {
    const limits = { perMember: null, total: 3 };
    expect(unmet({ limits }, { takenInTotal: 2 }, '2026-06-10T12:00:00Z')).toBeNull();
    expect(unmet({ limits }, { takenInTotal: 3 }, '2026-06-10T12:00:00Z')).toEqual({ kind: 'all_taken' });
  });
});

describe('a document', () => {
  const base = defaultDocument('EUR', 'Europe/Rome');
  const [first, ...others] = base.rewards;
  const withFirst = (part: object) => ({ ...base, rewards: [{ ...first, ...part }, ...others] });

  test('from before conditions existed has rewards for everybody', () => {
    const without = base.rewards.map((reward) =>
      Object.fromEntries(Object.entries(reward).filter(([field]) => !Object.hasOwn(unconditional, field))),
    );
    expect(readDocument({ ...base, rewards: without })).toEqual({ ok: true, value: base });
  });

  test('names only tiers and segments that it has, and no window that ends before it begins', () => {
    const problemOf = (part: object) => {
      const read = readDocument(withFirst(part));
      return read.ok ? [] : read.error.map(({ path, problem }) => `${path}: ${problem.kind}`);
    };
    expect(problemOf({ tierIds: ['gold'] })).toEqual(['rewards.0.tierIds: unknown_id']);
    expect(problemOf({ segmentIds: ['vip'] })).toEqual(['rewards.0.segmentIds: unknown_id']);
    expect(problemOf({ window: { from: '2026-12-02', to: '2026-12-01' } })).toEqual([
      'rewards.0.window.to: last_before_first',
    ]);
    expect(problemOf({ window: { from: '2026-12-01', to: '2026-12-01' } })).toEqual([]);
  });
});
