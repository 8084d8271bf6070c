import { asId, type PlatformId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { uuidv7 } from '~/process/uuid';
import { at, bonus, line, order, program } from 'test/support/builders';
import { settleNext } from 'test/support/jobs';
import { openWorld, type Tenant, type World } from 'test/support/world';
import type { Row } from './run';
import { publishMemberLater } from '~/usecases/effects/publishMember';
import { settleOrderLater } from '~/usecases/effects/settleOrder';

const batchOf = (engine: 'embedded' | 'server'): number => (engine === 'server' ? 500 : 50);
const clock = () => at('13:00');

const orders = (count: number, members: number, firstId = 1) =>
  Array.from({ length: count }, (_, index) =>
    order({
      orderId: firstId + index,
      customerId: asId<PlatformId>(String(index % members)),
      lines: Array.from({ length: 3 }, (__, at) => line({ lineId: at + 1, listMinor: 2_499 + at })),
    }),
  );

const enqueueAll = async (tenant: Tenant, snapshots: ReturnType<typeof orders>): Promise<void> => {
  for (let from = 0; from < snapshots.length; from += 1000) {
    await tenant.deps.enqueue(
      snapshots.slice(from, from + 1000).map((snapshot) => settleOrderLater.of({ store: tenant.store, snapshot })),
    );
  }
};

const drain = async (world: World, tenant: Tenant, batchSize: number): Promise<void> => {
  const options = {
    batchSize,
    clock,
    onError: (error: unknown) => {
      throw error;
    },
  };
  while ((await settleNext(tenant.deps, world.queue, options)) > 0);
};

const perSecond = async (count: number, work: () => Promise<void>): Promise<number> => {
  const start = performance.now();
  await work();
  return (count / (performance.now() - start)) * 1000;
};

/** From the queue to the settled order, effects and completion included, against SQL that only writes the same rows. */
export const benchSettle = async (engine: 'embedded' | 'server', count: number): Promise<readonly Row[]> => {
  const world = await openWorld(engine);
  const tenant = await world.tenant();
  const batch = batchOf(engine);
  await enqueueAll(tenant, orders(500, 250, 9_000_000));
  await drain(world, tenant, batch); // warm
  await enqueueAll(tenant, orders(count, count / 2));
  const ours = await perSecond(count, () => drain(world, tenant, batch));
  const byHand = await handWritten(world, tenant, count, batch);
  await world.close();
  const ratio = ours / byHand;
  return [
    {
      what: 'queue → settled order, one worker',
      value: `${Math.round(ours).toLocaleString('en')} /s`,
      must: engine === 'server' ? 'must ≥ 1,200 /s' : 'no budget when embedded',
    },
    {
      what: '… against hand-written batch SQL',
      value: `${Math.round(ratio * 100)} % of ${Math.round(byHand).toLocaleString('en')} /s`,
      must: 'must ≥ 30 %',
      ratio,
    },
  ];
};

// The same rows, prepared beforehand, sent in the same batches; jobs fetched, effects enqueued and jobs completed.
const handWritten = async (world: World, tenant: Tenant, count: number, batch: number): Promise<number> => {
  const { prisma } = world.database;
  const target = await world.tenant();
  const from = tenant.store.programId;
  const [members, placed, entries, lots] = await Promise.all(
    [
      ['member', 'id'],
      ['order', 'order_id'],
      ['entry', 'id'],
      ['lot', 'id'],
    ].map(([table, key]) =>
      prisma.$queryRawUnsafe<{ row: Record<string, unknown> }[]>(
        `SELECT to_jsonb(t) AS row FROM "${table}" t WHERE program_id = $1::text::uuid ORDER BY ${key}`,
        from,
      ),
    ),
  );
  const renamed = new Map<unknown, string>();
  const rename = (id: unknown): unknown => {
    if (id === null) return null;
    const known = renamed.get(id) ?? uuidv7();
    renamed.set(id, known);
    return known;
  };
  const moved = (rows: { row: Record<string, unknown> }[] = []) =>
    rows.map(({ row }) => ({
      ...row,
      program_id: target.store.programId,
      ...('store_id' in row && row.store_id !== null ? { store_id: target.store.storeId } : {}),
      ...('origin_store_id' in row ? { origin_store_id: target.store.storeId } : {}),
      ...('member_id' in row ? { member_id: rename(row.member_id) } : {}),
      ...('id' in row ? { id: rename(row.id) } : {}),
    }));
  const all = { member: moved(members), order: moved(placed), entry: moved(entries), lot: moved(lots) };
  await insert(prisma, 'member', all.member);
  await enqueueAll(target, orders(count, count / 2));
  return perSecond(count, async () => {
    for (let start = 0; start < count; start += batch) {
      const jobs = await world.queue.fetch(settleOrderLater, batch);
      const part = {
        order: all.order.slice(start, start + batch),
        entry: all.entry.slice(start, start + batch),
        lot: all.lot.slice(start, start + batch),
      };
      await prisma.$transaction(async (tx) => {
        await insert(tx, 'order', part.order);
        await insert(tx, 'entry', part.entry);
        await insert(tx, 'lot', part.lot);
        const ids = JSON.stringify(part.entry.map((entry) => (entry as Record<string, unknown>).member_id));
        await tx.$executeRawUnsafe(
          `UPDATE member SET available = available + 1 WHERE program_id = $1::text::uuid
            AND id IN (SELECT x::uuid FROM jsonb_array_elements_text($2::text::jsonb) x)`,
          target.store.programId,
          ids,
        );
        await target.deps.enqueue(
          [...new Set(part.entry.map((entry) => String((entry as Record<string, unknown>).member_id)))].map(
            (memberId) => publishMemberLater.of({ programId: target.store.programId, memberId: asId(memberId) }),
          ),
          tx,
        );
      });
      await world.queue.complete(settleOrderLater, jobs);
    }
  });
};

const insert = async (
  client: { $executeRawUnsafe: (sql: string, ...values: unknown[]) => Promise<number> },
  table: string,
  rows: readonly object[],
): Promise<void> => {
  await client.$executeRawUnsafe(
    `INSERT INTO "${table}" SELECT * FROM jsonb_populate_recordset(NULL::"${table}", $1::text::jsonb)`,
    JSON.stringify(rows),
  );
};

const name = { en: 'x', it: 'x', de: 'x', fr: 'x', es: 'x' };

/** A program whose orders depend on the member's earlier ones in every way there is. */
const asksHistory = program({
  earning: {
    caps: { perDay: 1_000_000, perMonth: 10_000_000 },
    bonuses: [bonus({ id: 'first', points: 5, conditions: [{ kind: 'order_number', numbers: [1] }] })],
  },
  tiers: {
    metric: 'spend',
    currency: 'EUR',
    window: { kind: 'rolling_months', months: 12 },
    levels: [
      { id: 'base', name, threshold: 0 },
      { id: 'gold', name, threshold: 100_000 },
    ],
  },
});

/**
 * What an order costs for members with little and with much history, in turns; `asking` with tiers, caps and order
 * numbers.
 */
export const benchGrowth = async (engine: 'embedded' | 'server', history: number, asking = false): Promise<Row> => {
  const world = await openWorld(engine);
  const document = asking ? asksHistory : program();
  const [light, heavy] = [await world.tenant({ document }), await world.tenant({ document })];
  // One order every six hours: a member's orders are not all of one moment.
  const past = (index: number) => instant(at('12:00') - index * 6 * 3_600_000);
  const give = async (tenant: Tenant, entries: number): Promise<void> => {
    const all = orders(entries, 1, 1_000_000).map((one, index) => ({ ...one, instant: past(entries - index) }));
    for (let from = 0; from < entries; from += 500) await tenant.settle(all.slice(from, from + 500), clock());
  };
  await give(light, 10);
  await give(heavy, history);
  await world.database.prisma.$executeRawUnsafe('SELECT 1');
  const times = { light: [] as number[], heavy: [] as number[] };
  for (let round = 0; round < 40; round += 1) {
    for (const [member, tenant] of [
      ['light', light],
      ['heavy', heavy],
    ] as const) {
      const start = performance.now();
      const [fresh] = orders(1, 1, 5_000_000 + round);
      if (fresh !== undefined)
        await tenant.settle([{ ...fresh, instant: instant(at('12:00') + round) }], instant(clock() + round));
      times[member].push(performance.now() - start);
    }
  }
  await world.close();
  const median = (list: number[]): number => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
  const ratio = median(times.heavy) / median(times.light);
  const of = asking ? 'orders, with tiers, caps and order numbers' : 'entries';
  const what = `cost per order: history 10 → ${history.toLocaleString('en')} ${of}`;
  return { what, value: `× ${ratio.toFixed(2)}`, must: 'must ≤ 1.3', ratio };
};
