import fc from 'fast-check';
import { randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { pureHouse } from './pureHouse';
import { balancesHold, noCounts } from './run';

const times = Number(process.env.FIDELIO_TEST_TIMES ?? 1);
// A mutant is met by few runs of one seed: what it breaks, it breaks soon.
const runs = Number(process.env.FIDELIO_MODEL_RUNS ?? 1000 * times);
const seeds: [string, number][] = [['a fixed seed', 20_260_610]];
if (process.env.FIDELIO_MODEL_RUNS === undefined) seeds.push(['a random seed', randomInt(2 ** 31)]);

describe('whatever happens to orders and to the messages about them, on the core alone', () => {
  test.each(seeds)(
    'the balances are those of the true orders: %s',
    { timeout: 300_000 * times },
    async (name, seed) => {
      const counts = noCounts();
      const open = (...[document, publishedAt]: Parameters<Parameters<typeof balancesHold>[1]>) =>
        Promise.resolve(pureHouse(document, publishedAt));
      await fc.assert(balancesHold(counts, open, ['plain', 'clamping', 'expiring']), { numRuns: runs, seed });
      process.stdout.write(`model on the core, ${name} ${seed}: ${JSON.stringify(counts)}\n`);
      expect(counts.steps).toBeGreaterThan(counts.runs);
    },
  );
});
