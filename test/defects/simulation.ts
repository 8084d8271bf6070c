import type { Defect } from './defects';

const course = 'app/core/simulation/course.ts';
const settling = 'app/core/simulation/settleTable.ts';
const equality = {
  testFile: 'test/usecases/simulation.test.ts',
  testName: 'posts what settling the same states',
};
const limited = {
  testFile: 'test/usecases/simulationLimits.test.ts',
  testName: 'goes in a simulation to whom',
};
const run = 'test/usecases/simulationRun.test.ts';

/** Mistakes in how a draft is played against the published version. */
export const simulation: readonly Defect[] = [
  {
    name: 'simulation: what was paid on entering a tier is forgotten',
    file: settling,
    find: 'for (const award of tier.awards) table.awards.set(award.key, award);',
    replace: '',
    ...equality,
  },
  {
    name: 'simulation: what staff gave does not hold',
    file: settling,
    find: 'overrides: member.overrides,',
    replace: 'overrides: [],',
    ...equality,
  },
  {
    name: 'simulation: what ran out is taken all the same',
    file: 'app/core/simulation/behaviour.ts',
    find: '? takenAt.length : Infinity,',
    replace: '? takenAt.length : 0,',
    ...limited,
  },
  {
    name: 'simulation: the last of a reward go to the members who are played first',
    file: 'app/core/simulation/limits.ts',
    find: '  a.at - b.at || (a.memberId',
    replace: '  0 * (a.at - b.at) || (a.memberId',
    ...limited,
  },
  {
    name: 'simulation: who lost a reward is not noted again',
    file: 'app/features/simulation/usecases/runSimulation.ts',
    find: '(member, runs) => void note(member, runs)',
    replace: '() => undefined',
    testFile: 'test/usecases/simulationLimits.test.ts',
    testName: 'is counted by a whole simulation',
  },
  {
    name: 'simulation: nothing lapses',
    file: course,
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
    file: course,
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
