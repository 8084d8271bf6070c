import { setTimeout as sleep } from 'node:timers/promises';
import { uploadCodes } from '~/features/codePools/usecases/uploadCodes';
import { instant } from '~/core/values/instant';
import { openWorld } from '../support/world';

/**
 * How long others wait while 100,000 codes are uploaded, in this process and for its database: `npx tsx
 * test/bench/uploadCodes.ts`, on the PostgreSQL server that TEST_DATABASE_URL names, else embedded. Twice, because the
 * second file meets a full pool.
 */
const count = 100_000;
const pauseMs = 5;

const main = async (): Promise<void> => {
  const world = await openWorld(process.env.TEST_DATABASE_URL === undefined ? 'embedded' : 'server');
  const { deps, store } = await world.tenant();
  for (const name of ['FIRST', 'SECOND']) {
    const text = Array.from({ length: count }, (_, n) => `${name}-${n.toString(36).padStart(10, '0')}`).join('\n');
    await sleep(100);
    const [waits, pauses]: [number[], number[]] = [[], []];
    let isGoing = true;
    const asking = async (): Promise<void> => {
      while (isGoing) {
        const since = performance.now();
        await deps.database.prisma.member.count({ where: { programId: store.programId } });
        waits.push(performance.now() - since);
        await sleep(pauseMs);
      }
    };
    const pausing = async (): Promise<void> => {
      while (isGoing) {
        const since = performance.now();
        await sleep(pauseMs);
        pauses.push(performance.now() - since - pauseMs);
      }
    };
    const others = Promise.all([asking(), pausing()]);
    const start = performance.now();
    const done = await uploadCodes(deps, store, { poolId: 'cinema', text }, instant(Date.now()));
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    isGoing = false;
    await others;
    const most = (all: readonly number[]): string => `${Math.max(...all).toFixed(0)} ms`;
    const told = `a query waits ${most(waits)} at most (of ${waits.length}), the process ${most(pauses)}`;
    process.stdout.write(`${done.ok ? done.value : done.error.kind} codes, ${seconds} s; ${told}\n`);
  }
  await world.close();
};

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
