import { readDocument } from '~/core/program/migration';
import { canonicalJson } from '~/core/values/canonicalJson';
import type { ProgramId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { ok, refuse, type Result } from '~/core/values/result';
import { draftOf } from '~/db/drafts';
import { inTransaction, type Tx } from '~/db/inTransaction';
import { currentProgram, lockProgram } from '~/db/programs';
import { sha256 } from '~/process/secrets';
import type { Deps } from '~/usecases/deps';
import {
  endSimulation,
  findSimulation,
  insertSimulation,
  isOver,
  lastPlayedAt,
  latestSimulation,
  type Simulation,
} from '../db/simulations';
import { runSimulationLater } from './effects/runSimulation';

export type SimulationRefusal =
  /** There is no draft that could be played, or something is wrong in it. */
  { readonly kind: 'no_draft' } | { readonly kind: 'invalid' } | { readonly kind: 'already_running' };

// One that did not end by then stopped half-way: the next one takes its place.
const patienceMs = 3_600_000;

/**
 * Has the draft played against the published version; a job does it. `chance`: how often a reward that can be afforded
 * is taken, in basis points. The same question has its answer already while no order came and staff gave no tier; one
 * is played at a time, and what is sent again, however late, is asked once. Answers the id of the one to look at.
 */
export const askSimulation = (
  deps: Pick<Deps, 'database' | 'enqueue'>,
  programId: ProgramId,
  { id, chance }: { readonly id: string; readonly chance: number },
  now: Instant,
): Promise<Result<{ readonly id: string }, SimulationRefusal>> =>
  inTransaction(deps.database, async (tx): Promise<Result<{ readonly id: string }, SimulationRefusal>> => {
    await lockProgram(tx, programId);
    const [draft, program] = [await draftOf(tx, programId), await currentProgram(tx, programId)];
    if (draft === null || program === null) return refuse({ kind: 'no_draft' });
    const document = readDocument(draft.document);
    if (!document.ok) return refuse({ kind: 'invalid' });
    const fingerprint = sha256(canonicalJson({ document: document.value, version: program.version, chance }));
    const latest = await latestSimulation(tx, programId);
    const isAsked = (await findSimulation(tx, programId, id)) !== null;
    if (latest !== null && (isAsked || (await isAnswer(tx, latest, fingerprint)))) return ok({ id: latest.id });
    if (latest !== null && !isOver(latest)) {
      if (latest.askedAt > now - patienceMs) return refuse({ kind: 'already_running' });
      await endSimulation(tx, latest, { state: 'failed' }, now);
    }
    const asked = { programId, id, version: program.version, document: document.value, fingerprint, chance };
    await insertSimulation(tx, asked, now);
    await deps.enqueue([runSimulationLater.of({ programId, simulationId: id })], tx);
    return ok({ id });
  });

// The same was asked before, and no order came since, nor did staff give a tier.
const isAnswer = async (tx: Tx, one: Simulation, fingerprint: string): Promise<boolean> => {
  if (one.state !== 'done' || one.fingerprint !== fingerprint) return false;
  const last = await lastPlayedAt(tx, one.programId);
  return last === null || last < one.askedAt;
};

/** Nobody waits for it any more. One that is over already stays as it is. */
export const cancelSimulation = async (
  { database }: Pick<Deps, 'database'>,
  programId: ProgramId,
  id: string,
  now: Instant,
): Promise<void> => {
  await endSimulation(database.prisma, { programId, id }, { state: 'cancelled' }, now);
};

/** When simulations are too old to be kept. */
export const keptSince = (now: Instant): Instant => instant(now - 30 * 86_400_000);
