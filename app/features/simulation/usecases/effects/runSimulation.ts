import type { ProgramId } from '~/core/values/ids';
import { effectKind } from '~/usecases/effects/effect';

export type RunSimulation = { readonly programId: ProgramId; readonly simulationId: string };

/** A draft is played against the published version. */
export const runSimulationLater = effectKind<RunSimulation>('run_simulation');
