import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instant, type Instant } from '~/core/values/instant';
import { matureMembers } from '~/usecases/matureMembers';
import { publishProgram } from '~/usecases/publishProgram';
import { line, order, program } from 'test/support/builders';
import { lateHistory, startOfLateHistory as start, type LateHistory } from 'test/support/lateHistory';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

const dayMs = 86_400_000;

describe.each(engines)('points that become known late, on %s', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  const sweep = async (tenant: Tenant, now: Instant): Promise<void> => {
    while ((await matureMembers(tenant.deps, now)) > 0);
  };

  /**
   * Lets the history happen, with orders told as they are placed or as late as it says; answers the open points of
   * later moments.
   */
  const openPoints = async (
    { first, holdDays, changes, orders, momentOf, over }: LateHistory,
    isLate: boolean,
  ): Promise<readonly number[]> => {
    const documentOf = (part: LateHistory['first']) => program({ earning: { holdDays }, policies: part });
    const tenant = await world.tenant({ document: documentOf(first), publishedAt: instant(start - dayMs) });
    let version = 1;
    const steps = [
      ...changes.map((change) => ({
        at: momentOf(change.at),
        run: async (now: Instant) => {
          const done = await publishProgram(
            tenant.deps,
            tenant.store.programId,
            { document: documentOf(change.policies), basedOn: version, by: 'test' },
            now,
          );
          if (done.ok) version = done.value.version;
        },
      })),
      ...orders.map((one, index) => {
        const placedAt = momentOf(one.at);
        const snapshot = order({
          orderId: index + 1,
          instant: placedAt,
          createdAt: placedAt,
          updatedAt: placedAt,
          lines: [line({ listMinor: one.amount * 100 })],
        });
        return {
          at: instant(placedAt + (isLate ? one.late * 60_000 : 0)),
          run: (now: Instant) => tenant.settle([snapshot], now),
        };
      }),
    ].sort((a, b) => a.at - b.at);
    for (const { at: now, run } of steps) {
      await sweep(tenant, now);
      await run(now);
    }
    await sweep(tenant, over);
    await tenant.audit();
    return Promise.all(
      Array.from(
        { length: 10 },
        async (_, index) => (await tenant.balance(instant(over + index * 20 * dayMs))).available,
      ),
    );
  };

  test(
    'orders told in time and late end in the same open points at every later moment, however the policies change',
    { timeout: 600_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(lateHistory, async (one) => {
          expect(await openPoints(one, true)).toEqual(await openPoints(one, false));
        }),
        {
          numRuns: (engine === 'embedded' ? 10 : 6) * Number(process.env.FIDELIO_TEST_TIMES ?? 1),
          seed: randomInt(2 ** 31),
        },
      );
    },
  );
});
