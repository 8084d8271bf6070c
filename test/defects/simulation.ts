import type { Defect } from './defects';

const table = 'app/core/simulation/table.ts';
const equality = {
  testFile: 'test/usecases/simulation.test.ts',
  testName: 'posts what settling the same states',
};
const run = 'test/usecases/simulationRun.test.ts';

/** Mistakes in how a draft is played against the published version. */
export const simulation: readonly Defect[] = [
  {
    name: 'simulation: what was paid on entering a tier is forgotten',
    file: table,
    find: 'for (const award of tier.awards) table.awards.set(award.key, award);',
    replace: '',
    ...equality,
  },
  {
    name: 'simulation: nothing lapses',
    file: table,
    find: 'if (lapses !== null && lapses <= next) sweep(table, next);',
    replace: 'if (lapses !== null && lapses <= next) return;',
    ...equality,
  },
  {
    name: 'simulation: refunds are told with the orders around them',
    file: 'app/core/simulation/play.ts',
    find: 'told.isPlaced && group?.[0]?.isPlaced === true &&',
    replace: 'group?.[0]?.isPlaced === true &&',
    ...equality,
  },
  {
    name: 'simulation: what was given comes back with an order',
    file: 'app/core/simulation/play.ts',
    find: "lifecycleOf[quote.grant.kind] === 'code' ? `PLAYED${id}` : null",
    replace: '`PLAYED${id}`',
    testFile: 'test/core/simulation.test.ts',
    testName: 'stays spent when it was given',
  },
  {
    name: 'simulation: orders of before the year bring points',
    file: table,
    find: 'table.shelf.empty();',
    replace: '',
    testFile: run,
    testName: 'those before earn nothing in it',
  },
  {
    name: 'simulation: the answer of another chance is given',
    file: 'app/features/simulation/usecases/askSimulation.ts',
    find: "one.state !== 'done' || one.fingerprint !== fingerprint",
    replace: "one.state !== 'done'",
    testFile: run,
    testName: 'the same question has its answer already',
  },
];
