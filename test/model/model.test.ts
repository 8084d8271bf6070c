import fc from 'fast-check';
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from 'test/support/database';
import { openWorld, type World } from 'test/support/world';
import { balancesHold, noCounts } from './run';
import { shopHouse } from './shopHouse';

const times = Number(process.env.FIDELIO_TEST_TIMES ?? 1);
const runsOf = { embedded: 150 * times, server: 100 * times };

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
    const counts = noCounts();
    const open = async (...[document, publishedAt]: Parameters<Parameters<typeof balancesHold>[1]>) =>
      shopHouse(await world.tenant({ document, publishedAt }));
    await fc.assert(balancesHold(counts, open, ['plain', 'clamping', 'expiring', 'idle']), {
      numRuns: Math.ceil(runsOf[engine] / 2),
      seed,
    });
    process.stdout.write(`model on ${engine}, ${name} ${seed}: ${JSON.stringify(counts)}\n`);
    expect(counts.steps).toBeGreaterThan(counts.runs);
  });
});
