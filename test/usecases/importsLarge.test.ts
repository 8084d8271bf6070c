import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBatch } from '~/features/pointFiles/db/imports';
import { agreeToImport, undoImport } from '~/features/pointFiles/usecases/decideImport';
import { readImportFile } from '~/features/pointFiles/usecases/readImportFile';
import { runImport } from '~/features/pointFiles/usecases/runImport';
import { at, line, order } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type World } from 'test/support/world';

const now = at('12:00', 15);
const members = 25_000;
const lines = 100_000;

let world: World;
beforeAll(async () => {
  world = await openWorld(engines.at(-1) ?? 'embedded');
});
afterAll(() => world.close());

test(
  '100,000 lines of 25,000 customers come in as a stream, are posted, and undo to the sums from before',
  { timeout: 600_000 },
  async () => {
    const tenant = await world.tenant();
    const { programId } = tenant.store;
    const { prisma } = tenant.deps.database;
    await tenant.settle([order({ orderId: 1, lines: [line({ listMinor: 12_300 })] })], now);
    const before = await tenant.entries();
    const id = randomUUID();
    let produced = 0;
    let ahead = 0;
    let peak = 0;
    const base = process.memoryUsage().rss;
    const look = (): void => void (peak = Math.max(peak, process.memoryUsage().rss - base));
    const watch = setInterval(look, 20);
    // Histories of four lines each: given, given, taken, given; the months in any order in the file.
    const file = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('customer_id,points,occurred_at,note\n');
      for (let from = 0; from < lines; from += 500) {
        if (from % 10_000 === 0)
          ahead = Math.max(ahead, produced - (await prisma.importLine.count({ where: { programId } })));
        const rows = Array.from({ length: 500 }, (_, index) => {
          const n = from + index;
          const round = Math.floor(n / members);
          return `${1000 + (n % members)},${[30, -5, 20, 7][round]},2026-0${[1, 5, 2, 3][round]}-10,"line ${n}"`;
        });
        produced += rows.length;
        yield Buffer.from(`${rows.join('\n')}\n`);
      }
    };
    const took: Record<string, number> = {};
    const timed = async (name: string, work: () => Promise<unknown>): Promise<void> => {
      const start = performance.now();
      await work();
      took[name] = Math.round((performance.now() - start) / 100) / 10;
    };
    const run = () => runImport(tenant.deps, tenant.store, id, () => now);
    await timed('read', () =>
      readImportFile(tenant.deps, tenant.store, { id, name: 'large.csv', by: 'staff:1', chunks: file() }, now),
    );
    await timed('check', run);
    expect(await findBatch(prisma, { programId, id })).toMatchObject({
      state: 'ready',
      lines,
      good: lines,
      bad: 0,
      points: members * 52,
    });
    await agreeToImport(tenant.deps, tenant.store, id, { leaveOut: false, withGuests: true });
    await timed('post', run);
    expect(await findBatch(prisma, { programId, id })).toMatchObject({ state: 'done', posted: lines });
    const { _sum, _count } = await prisma.entry.aggregate({
      where: { programId },
      _sum: { points: true },
      _count: true,
    });
    expect([Number(_sum.points), _count]).toEqual([123 + members * 52, lines + 1]);
    expect((await tenant.balance(now, '1000')).available).toBe(52);
    await undoImport(tenant.deps, tenant.store, id);
    await timed('undo', run);
    clearInterval(watch);
    expect(await findBatch(prisma, { programId, id })).toMatchObject({ state: 'undone', undone: members });
    const sums = await prisma.entry.groupBy({ by: ['memberId'], where: { programId }, _sum: { points: true } });
    expect(sums.filter(({ _sum: sum }) => Number(sum.points) !== 0).map(({ _sum: sum }) => Number(sum.points))).toEqual(
      [before[0]?.points],
    );
    expect((await tenant.balance(now, '1000')).available).toBe(0);
    // Never much more of the file than one statement's lines is in memory.
    expect(ahead).toBeLessThanOrEqual(3000);
    const megabytes = Math.round(peak / 1024 / 1024);
    process.stdout.write(
      `import of ${lines} lines: ${JSON.stringify(took)} seconds, ${megabytes} MB above the start at most\n`,
    );
    // Embedded, the database itself is in this process.
    if (engines.includes('server')) expect(megabytes).toBeLessThan(300);
  },
);
