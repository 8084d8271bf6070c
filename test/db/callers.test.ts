import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instant } from '~/core/values/instant';
import { forgetCallers, takeCalls } from '~/db/callers';
import { engines, openTestDatabase, type TestDatabase } from 'test/support/database';

describe.each(engines)('so many calls a second, so many at once, on %s', (engine) => {
  let opened: TestDatabase;
  beforeAll(async () => void (opened = await openTestDatabase(engine)));
  afterAll(() => opened?.close());

  const start = Date.parse('2026-06-01T12:00:00Z');
  const call = (id: string, ms: number, more: { perSecond?: number; atOnce?: number } = {}) =>
    takeCalls(opened.database.prisma, [{ id, perSecond: 2, atOnce: 3, ...more }], instant(start + ms));

  test('each caller alone; what is waited for comes back, and no more than the most is saved up', async () => {
    expect([await call('a', 0), await call('a', 0), await call('a', 0), await call('a', 0)]).toEqual([0, 0, 0, 1]);
    expect(await call('b', 0)).toBe(0);
    expect([await call('a', 499), await call('a', 500), await call('a', 501)]).toEqual([1, 0, 1]);
    const later = [60_000, 60_000, 60_000, 60_000];
    const waits: number[] = [];
    for (const ms of later) waits.push(await call('a', ms));
    expect(waits).toEqual([0, 0, 0, 1]);
  });

  test('of several limits the longest wait counts, and a clock that goes back gives nothing', async () => {
    const slow = { id: 'slow', perSecond: 0.1, atOnce: 1 };
    const fast = { id: 'fast', perSecond: 10, atOnce: 10 };
    const both = (ms: number) => takeCalls(opened.database.prisma, [slow, fast], instant(start + ms));
    expect([await both(0), await both(0), await both(-60_000), await both(10_000)]).toEqual([0, 10, 10, 0]);
  });

  test('two hundred at once are counted one by one', async () => {
    const waits = await Promise.all(Array.from({ length: 200 }, () => call('crowd', 0, { perSecond: 1, atOnce: 20 })));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(20);
  });

  test('who has not called for a while is forgotten', async () => {
    await call('old', 0);
    await call('new', 600_000);
    await forgetCallers(opened.database.prisma, instant(start + 300_000));
    const left = await opened.database.prisma.caller.findMany({ where: { id: { in: ['old', 'new'] } } });
    expect(left.map(({ id }) => id)).toEqual(['new']);
  });
});
