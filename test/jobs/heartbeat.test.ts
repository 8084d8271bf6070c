import { PgBoss, fromPglite } from 'pg-boss';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { instant } from '~/core/values/instant';
import { asId, type ProgramId } from '~/core/values/ids';
import { findSimulation } from '~/features/simulation/db/simulations';
import { askSimulation } from '~/features/simulation/usecases/askSimulation';
import { runSimulationLater } from '~/features/simulation/usecases/effects/runSimulation';
import { runSimulation } from '~/features/simulation/usecases/runSimulation';
import { simulationPage } from '~/features/simulation/views/simulationPage';
import { doNext } from '~/jobs/doNext';
import type { Job, JobContext } from '~/jobs/job';
import { silenceSeconds } from '~/jobs/rows';
import { jobs } from '~/process/wings';
import { uuidv7 } from '~/process/uuid';
import { saveDraft } from '~/usecases/drafts/saveDraft';
import { at, line, order, program } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

describe.each(engines)('a long job whose process may die, on %s', (engine) => {
  let world: World;
  let clock: PgBoss;
  const onServer = test.runIf(engine === 'server');
  beforeAll(async () => {
    world = await openWorld(engine);
    const { queue } = world.database;
    const place = queue.kind === 'server' ? { executeSql: queue.execute } : fromPglite(queue.pglite);
    clock = new PgBoss({ db: place, migrate: false, createSchema: false, supervise: false, schedule: false });
    await clock.start();
  });
  afterAll(async () => {
    await clock.stop({ graceful: false, close: false });
    await world.close();
  });

  type Row = { state: string; retry_count: number; heartbeat_seconds: number | null; expire_seconds: number };
  const rowOf = async (id: string): Promise<Row | undefined> =>
    (
      await world.database.prisma.$queryRawUnsafe<Row[]>(
        `SELECT state::text, retry_count, heartbeat_seconds, expire_seconds FROM pgboss.job
         WHERE singleton_key = $1`,
        id,
      )
    )[0];
  /** The queue looks for jobs that are dead, as it does every minute, whenever it looked last. */
  const look = async (): Promise<void> => {
    await world.database.prisma.$executeRawUnsafe(`UPDATE pgboss.queue SET monitor_claim_on = NULL, monitor_on = NULL`);
    await clock.supervise('run-simulation');
  };
  /** Nothing was heard of the job for so long, and the queue looks. */
  const silentFor = async (id: string, seconds: number): Promise<void> => {
    await world.database.prisma.$executeRawUnsafe(
      `UPDATE pgboss.job SET heartbeat_on = now() - $2 * interval '1 s', started_on = now() - $2 * interval '1 s'
       WHERE singleton_key = $1`,
      id,
      seconds,
    );
    await look();
  };
  const soon = (id: string): Promise<number> =>
    world.database.prisma.$executeRawUnsafe(
      `UPDATE pgboss.job SET start_after = now() WHERE singleton_key = $1 AND state = 'retry'`,
      id,
    );
  const asked = async () => {
    const id = uuidv7();
    const programId = asId<ProgramId>(uuidv7());
    await world.queue.enqueue([runSimulationLater.of({ programId, simulationId: id })]);
    return id;
  };
  const take = () => world.queue.fetch(runSimulationLater, 1);
  const context = (): JobContext => ({ deps: {} as JobContext['deps'], clock: () => instant(Date.now()) });
  /** Does the next simulation by `run`, with a sign of life every 20 ms. */
  const doIt = async (run: (isMine: () => boolean) => Promise<void>): Promise<number> => {
    const failures: unknown[] = [];
    const known = jobs.find(({ effect }) => effect.kind === runSimulationLater.kind);
    const work: Job['work'] = { kind: 'one_by_one', atOnce: 1, run: ({ isMine = () => true }) => run(isMine) };
    const onError = (error: unknown): void => void failures.push(error);
    const done = await doNext({ ...(known as Job), work }, context(), {
      ...{ queue: world.queue, batchSize: 1, onError, signMs: 20 },
    });
    expect(failures).toEqual([]);
    return done;
  };

  onServer('whose process died is given to another one after its silence, and the dead one cannot end it', async () => {
    const id = await asked();
    const [dead] = await take();
    expect(await rowOf(id)).toEqual({
      state: 'active',
      retry_count: 0,
      heartbeat_seconds: silenceSeconds,
      expire_seconds: 43_200,
    });
    await silentFor(id, silenceSeconds - 5);
    expect(await rowOf(id)).toMatchObject({ state: 'active' });
    await silentFor(id, silenceSeconds + 5);
    expect(await rowOf(id)).toMatchObject({ state: 'retry' });
    await soon(id);
    const [again] = await take();
    expect([again?.id, again?.retryCount]).toEqual([dead?.id, 1]);
    if (dead === undefined || again === undefined) throw new Error('no job');
    expect(await world.queue.touch(runSimulationLater, dead)).toBe(false);
    await world.queue.complete(runSimulationLater, [dead]);
    await world.queue.retryLater(runSimulationLater, [dead], 'too late');
    expect(await rowOf(id)).toMatchObject({ state: 'active', retry_count: 1 });
    expect(await world.queue.touch(runSimulationLater, again)).toBe(true);
    await world.queue.complete(runSimulationLater, [again]);
    expect(await rowOf(id)).toMatchObject({ state: 'completed' });
  });

  onServer('that is merely slow keeps its place as long as its process lives, and nobody else gets it', async () => {
    const id = await asked();
    const done = await doIt(async (isMine) => {
      for (let turn = 0; turn < 3; turn += 1) {
        await world.database.prisma.$executeRawUnsafe(
          `UPDATE pgboss.job SET heartbeat_on = now() - interval '10 min', started_on = now() - interval '3 h'
           WHERE singleton_key = $1`,
          id,
        );
        await new Promise((resolve) => setTimeout(resolve, 200));
        await look();
        expect([isMine(), await take()]).toEqual([true, []]);
      }
    });
    expect([done, await rowOf(id)]).toMatchObject([1, { state: 'completed', retry_count: 0 }]);
  });

  onServer('learns that it was given to another one, and leaves it alone', async () => {
    const id = await asked();
    await doIt(async (isMine) => {
      await world.database.prisma.$executeRawUnsafe(
        `UPDATE pgboss.job SET state = 'retry', start_after = now() WHERE singleton_key = $1`,
        id,
      );
      await take();
      await expect.poll(isMine, { timeout: 5000 }).toBe(false);
    });
    expect(await rowOf(id)).toMatchObject({ state: 'active', retry_count: 1 });
  });

  test.runIf(engine === 'embedded')('has no sign of life on the embedded database: one process has it', async () => {
    const id = await asked();
    expect(await rowOf(id)).toMatchObject({ heartbeat_seconds: null, expire_seconds: 43_200 });
  });

  const simulated = async (): Promise<Tenant & { readonly id: string }> => {
    const tenant = await world.tenant();
    await tenant.settle([order({ lines: [line({ listMinor: 2000 })] })], at('12:01'));
    const wish = { document: program({ earning: { caps: { perDay: 5 } } }), basedOn: 1, revision: null };
    await saveDraft(tenant.deps, tenant.store.programId, wish, 'staff:1', at('12:02'));
    const id = uuidv7();
    expect((await askSimulation(tenant.deps, tenant.store.programId, { id, chance: 0 }, at('12:03'))).ok).toBe(true);
    return { ...tenant, id };
  };

  test('a simulation that another process has taken up is not gone on with', async () => {
    const { deps, store, id } = await simulated();
    const { prisma } = deps.database;
    await runSimulation(
      deps,
      store.programId,
      id,
      () => at('12:04'),
      () => false,
    );
    expect(await findSimulation(prisma, store.programId, id)).toMatchObject({ state: 'waiting', results: null });
    await runSimulation(deps, store.programId, id, () => at('12:05'));
    const done = await findSimulation(prisma, store.programId, id);
    expect(done).toMatchObject({ state: 'done', ordersPlayed: 1, movedAt: at('12:05') });
  });

  test('its page says that it stands still when nothing was heard of it for a minute', async () => {
    const { deps, store, id } = await simulated();
    const { prisma } = deps.database;
    const still = async (time: number) =>
      (await simulationPage(deps.database, deps.platformOf(store), store, instant(time))).simulation?.isStill;
    expect([await still(at('12:04')), await still(at('12:04') + 1)]).toEqual([false, true]);
    await prisma.simulation.update({
      where: { programId_id: { programId: store.programId, id } },
      data: { state: 'running', movedAt: new Date(at('12:10')) },
    });
    expect([await still(at('12:11')), await still(at('12:12'))]).toEqual([false, true]);
    await runSimulation(deps, store.programId, id, () => at('12:13'));
    expect(await still(at('12:30'))).toBe(false);
  });
});
