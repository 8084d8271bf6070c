import type { Job } from '~/jobs/job';
import type { Wing } from '../wing';
import { forgetSimulations } from './db/simulations';
import { keptSince } from './usecases/askSimulation';
import { runSimulationLater, type RunSimulation } from './usecases/effects/runSimulation';
import { runSimulation } from './usecases/runSimulation';

const runSimulationJob: Job<RunSimulation> = {
  effect: runSimulationLater,
  queue: 'run-simulation',
  // By the simulation, not by the program: one that was cancelled may still wait when the next one is asked for.
  key: ({ simulationId }) => simulationId,
  isLong: true,
  inReplay: false,
  work: {
    kind: 'one_by_one',
    atOnce: 1,
    run: ({ deps, clock, isMine }, { programId, simulationId }) =>
      runSimulation(deps, programId, simulationId, clock, isMine),
  },
};

/** What a draft would have come to over the last twelve months, against the published version. It changes nothing. */
export const simulation: Wing = {
  name: 'simulation',
  jobs: [runSimulationJob],
  sweeps: [
    {
      name: 'forget old simulations',
      everyMs: 3_600_000,
      atOnce: null,
      inReplay: false,
      step: ({ deps, clock }) => forgetSimulations(deps.database.prisma, keptSince(clock())),
    },
  ],
  tables: [
    {
      name: 'simulation',
      erasure: {
        customer: { nothing: 'sums, and what members win or lose, by member' },
        keeps: ['state', 'document', 'fingerprint', 'results', 'failure'],
        store: 'program',
      },
      exportedBy: null,
    },
  ],
};
