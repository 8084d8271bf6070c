import fc from 'fast-check';
import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asId, type PlatformId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { customerIdentity, memberOfIdentity } from '~/db/members';
import { reconcileStore, startReconciliation } from '~/usecases/reconcileStore';
import { bonus, program } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';
import { commands, customers, ownerOf, type Counts, type Model } from './commands';
import { dayCap, naiveReturn, naiveWorth } from './shop';

const times = Number(process.env.FIDELIO_TEST_TIMES ?? 1);
const runsOf = { embedded: 150 * times, server: 100 * times };
const document = program({
  earning: { caps: { perDay: dayCap }, bonuses: [bonus({ id: 'weekend', times: 2, conditions: [{ kind: 'weekday', days: [6, 7] }] })] },
});

/** What a member's entries must add up to, from what truly is. */
const expectedOf = async (model: Model, tenant: Tenant, owner: number): Promise<number> => {
  const orders = model.orders.filter(({ customer }) => ownerOf(model, customer) === owner);
  const worth = [...naiveWorth(orders).values()].reduce((sum, points) => sum + points, 0);
  const adjusted = model.adjusted.filter(({ customer }) => ownerOf(model, customer) === owner).reduce((sum, { points }) => sum + points, 0);
  let spent = 0;
  for (const one of model.redemptions.filter(({ customer }) => ownerOf(model, customer) === owner)) {
    const used = model.orders.find(({ code }) => code?.text === one.code);
    const row = await tenant.deps.database.prisma.redemption.findUniqueOrThrow({ where: { programId_id: { programId: tenant.store.programId, id: one.id } } });
    if (used !== undefined) {
      expect(row.state, 'a code that is on an order was used').toMatch(/^used/);
      spent += one.points - naiveReturn(used, one.points);
    } else if (row.state !== 'released') spent += one.points;
  }
  return worth + adjusted - spent;
};

const finish = async (model: Model, tenant: Tenant): Promise<void> => {
  model.now = instant(model.now + 60_000);
  const id = await startReconciliation(tenant.deps, tenant.store, randomUUID(), model.now);
  await reconcileStore(tenant.deps, tenant.store, id, model.now);
  await tenant.audit();
  const { programId, storeId } = tenant.store;
  for (const owner of new Set(customers.map((customer) => ownerOf(model, customer)))) {
    const memberId = await memberOfIdentity(tenant.deps.database.prisma, customerIdentity(programId, storeId, asId<PlatformId>(String(owner))));
    const expected = await expectedOf(model, tenant, owner);
    const { _sum } = await tenant.deps.database.prisma.entry.aggregate({ where: { programId, memberId: memberId ?? randomUUID() }, _sum: { points: true } });
    expect(Number(_sum.points ?? 0), `the entries of customer ${owner}`).toBe(expected);
    expect((await tenant.balance(model.now, String(owner))).available).toBe(Math.max(0, expected));
  }
};

describe.each(engines)('whatever happens to orders and to the messages about them, on %s', (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(engine);
  });
  afterAll(() => world.close());

  test.each([
    ['a fixed seed', 20_260_610],
    ['a random seed', randomInt(2 ** 31)],
  ])('the balances are those of the true orders: %s', { timeout: 600_000 * times }, async (name, seed) => {
    const counts: Counts = { runs: 0, steps: 0, sent: 0, dropped: 0, doubled: 0, swapped: 0 };
    const property = fc.asyncProperty(commands, async (list) => {
      counts.runs += 1;
      const tenant = await world.tenant({ document });
      const model: Model = {
        now: instant(Date.parse('2026-06-12T10:00:00Z')),
        orders: [],
        redemptions: [],
        adjusted: [],
        mergedInto: new Map(),
        transit: [],
        counts,
      };
      await fc.asyncModelRun(() => ({ model, real: tenant }), list);
      await finish(model, tenant);
    });
    await fc.assert(property, { numRuns: Math.ceil(runsOf[engine] / 2), seed });
    process.stdout.write(`model on ${engine}, ${name} ${seed}: ${JSON.stringify(counts)}\n`);
    expect(counts.steps).toBeGreaterThan(counts.runs);
  });
});
