import type { Simulation as SimulationRow } from '@prisma/client';
import type { ProgramDocument } from '~/core/program/document';
import type { Results } from '~/core/simulation/results';
import { asId, type ProgramId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import type { Tx } from '~/db/inTransaction';
import { sqlInstant } from '~/db/json';

/** `waiting`: nothing was played yet. `cancelled`: somebody did not want to wait for it. */
export type SimulationState = 'waiting' | 'running' | 'done' | 'cancelled' | 'failed';

/** A draft played against the published version. */
export type Simulation = {
  readonly programId: ProgramId;
  readonly id: string;
  readonly state: SimulationState;
  /** The published version. */
  readonly version: number;
  /** The draft as it was when it was asked. */
  readonly document: ProgramDocument;
  readonly fingerprint: string;
  /** With which chance a reward that can be afforded is taken, in basis points. */
  readonly chance: number;
  readonly ordersFound: number;
  readonly ordersPlayed: number;
  readonly results: Results | null;
  readonly failure: 'shop_away' | null;
  readonly askedAt: Instant;
  /** When it last came further; null: it has not begun. */
  readonly movedAt: Instant | null;
};

/** Nothing goes on with it. */
export const isOver = ({ state }: Pick<Simulation, 'state'>): boolean => state !== 'waiting' && state !== 'running';

// What we wrote ourselves is not checked again when it is read.
const toSimulation = (row: SimulationRow): Simulation => ({
  programId: asId<ProgramId>(row.programId),
  id: row.id,
  state: row.state as SimulationState,
  version: row.version,
  document: row.document as unknown as ProgramDocument,
  fingerprint: row.fingerprint,
  chance: row.chance,
  ordersFound: row.ordersFound,
  ordersPlayed: row.ordersPlayed,
  results: row.results as unknown as Results | null,
  failure: row.failure as Simulation['failure'],
  askedAt: instant(row.askedAt.getTime()),
  movedAt: row.movedAt === null ? null : instant(row.movedAt.getTime()),
});

type Client = Pick<Tx, 'simulation'>;

export const latestSimulation = async (client: Client, programId: ProgramId): Promise<Simulation | null> => {
  const row = await client.simulation.findFirst({
    where: { programId },
    orderBy: [{ askedAt: 'desc' }, { id: 'desc' }],
  });
  return row === null ? null : toSimulation(row);
};

export const findSimulation = async (client: Client, programId: ProgramId, id: string): Promise<Simulation | null> => {
  const row = await client.simulation.findUnique({ where: { programId_id: { programId, id } } });
  return row === null ? null : toSimulation(row);
};

export const insertSimulation = async (
  client: Client,
  simulation: Pick<Simulation, 'programId' | 'id' | 'version' | 'document' | 'fingerprint' | 'chance'>,
  now: Instant,
): Promise<void> => {
  const { document, ...rest } = simulation;
  await client.simulation.create({
    data: { ...rest, document: document as unknown as object, state: 'waiting', askedAt: sqlInstant(now) },
  });
};

/** Says how far it came, unless it is over by now. Answers whether it goes on. */
export const progressSimulation = async (
  client: Client,
  { programId, id }: Pick<Simulation, 'programId' | 'id'>,
  progress: Pick<Simulation, 'ordersFound' | 'ordersPlayed'>,
  now: Instant,
): Promise<boolean> => {
  const { count } = await client.simulation.updateMany({
    where: { programId, id, state: { in: ['waiting', 'running'] } },
    data: { ...progress, state: 'running', movedAt: sqlInstant(now) },
  });
  return count === 1;
};

/** Ends it, unless it is over by now. Answers whether it was this that ended it. */
export const endSimulation = async (
  client: Client,
  { programId, id }: Pick<Simulation, 'programId' | 'id'>,
  end: { readonly state: 'done' | 'cancelled' | 'failed' } & Partial<Pick<Simulation, 'results' | 'failure'>>,
  now: Instant,
): Promise<boolean> => {
  const { state, results, failure } = end;
  const { count } = await client.simulation.updateMany({
    where: { programId, id, state: { in: ['waiting', 'running'] } },
    data: {
      state,
      finishedAt: sqlInstant(now),
      ...(results == null ? {} : { results: results as unknown as object }),
      ...(failure == null ? {} : { failure }),
    },
  });
  return count === 1;
};

/** Forgets what was asked before a moment. Answers how many there were. */
export const forgetSimulations = async (client: Client, before: Instant): Promise<number> =>
  (await client.simulation.deleteMany({ where: { askedAt: { lt: sqlInstant(before) } } })).count;

/** When something last became known that is played: an order, or a tier that staff gave. null: there is nothing. */
export const lastPlayedAt = async (
  client: Pick<Tx, 'order' | 'tierOverride'>,
  programId: ProgramId,
): Promise<Instant | null> => {
  const { _max } = await client.order.aggregate({ where: { programId }, _max: { recordedAt: true, settledAt: true } });
  const given = await client.tierOverride.aggregate({ where: { programId }, _max: { fromAt: true } });
  const moments = [_max.recordedAt, _max.settledAt, given._max.fromAt].flatMap((one) =>
    one === null ? [] : [one.getTime()],
  );
  return moments.length === 0 ? null : instant(Math.max(...moments));
};
