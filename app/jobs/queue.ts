import { PgBoss, fromPglite, fromPrisma, type ConstructorOptions, type Db } from 'pg-boss';
import type { Database, PrepareQueue, QueuePlace } from '~/db/database';
import type { Tx } from '~/db/inTransaction';
import type { ProgramId } from '~/core/values/ids';
import type { Effect, EffectKind, Enqueue } from '~/usecases/deps';
import type { ForgetJobs } from '~/usecases/privacy/runRequest';
import { forgetJobs } from './forgetJobs';
import {
  completedKeptSeconds,
  deadLetterKeptSeconds,
  deadLetters,
  queueOf,
  singletonKeyOf,
  type QueueSettings,
} from './names';
import { together } from './together';

/** A job as the handlers see it: an id and the effect it carries. */
export type Job<Data> = { readonly id: string; readonly data: Data };

/** A job that could not be done, kept for 7 days and shown on Health. */
export type DeadLetter = {
  readonly id: string;
  readonly queue: string;
  readonly reason: string;
  readonly data: unknown;
};

/** The only door to the queue. No other file knows which library is behind it. */
export type Queue = {
  readonly enqueue: Enqueue;
  readonly fetch: <Data>(kind: EffectKind, batchSize: number) => Promise<readonly Job<Data>[]>;
  readonly complete: (kind: EffectKind, jobs: readonly Job<unknown>[]) => Promise<void>;
  /** Gives jobs back to be tried again later (up to the queue's limit, then they are dead letters). */
  readonly retryLater: (kind: EffectKind, jobs: readonly Job<unknown>[], reason: string) => Promise<void>;
  readonly bury: (kind: EffectKind, job: Job<unknown>, reason: string) => Promise<void>;
  /** The program's dead letters; of every program when none is named. */
  readonly deadLetters: (programId?: ProgramId) => Promise<readonly DeadLetter[]>;
  /** Puts a dead letter back on the queue it came from; false when it is gone. */
  readonly tryAgain: (programId: ProgramId, deadLetterId: string) => Promise<boolean>;
  /** Jobs that wait or run, by queue: nothing left means that everything has been said and done. */
  readonly outstanding: () => Promise<Readonly<Record<string, number>>>;
  readonly forgetJobs: ForgetJobs;
  /** Called whenever this process put work on the queue, so that an idle loop need not wait for its next look. */
  readonly onEnqueued: (listener: (kind: EffectKind) => void) => void;
  readonly stop: () => Promise<void>;
};

// A sender of webhooks waits five seconds; then it sends again.
const patienceMs = 4000;

const placeOptions = (place: QueuePlace): ConstructorOptions =>
  place.kind === 'embedded'
    ? { db: fromPglite(place.pglite), backend: 'pglite' }
    : { db: { executeSql: place.execute } };

/** Makes or updates the queue's own tables and the queues, as the owner of the database. */
export const prepareQueue: PrepareQueue = async (place) => {
  const boss = new PgBoss({ ...placeOptions(place), supervise: false, schedule: false });
  boss.on('error', () => undefined); // start() itself rejects; nothing else runs here
  await boss.start();
  await boss.createQueue(deadLetters, {
    deleteAfterSeconds: deadLetterKeptSeconds,
    retentionSeconds: deadLetterKeptSeconds,
  });
  for (const settings of Object.values(queueOf)) {
    await boss.createQueue(settings.name, createOptions(settings));
  }
  await boss.stop({ graceful: false, close: false });
};

const createOptions = (settings: QueueSettings) => ({
  policy: settings.policy,
  retryLimit: settings.retryLimit,
  retryDelay: settings.retryDelaySeconds,
  retryBackoff: true,
  expireInSeconds: settings.expireInSeconds,
  deleteAfterSeconds: completedKeptSeconds,
  ...(settings.deadLetter === null ? {} : { deadLetter: settings.deadLetter }),
});

/**
 * Opens the queue for use under the application's role. `worker` also runs its clock (schedules,
 * jobs whose process died). `onError` hears of trouble between the calls.
 */
export const openQueue = async (
  database: Database,
  options: { readonly worker: boolean; readonly onError: (error: unknown) => void },
): Promise<Queue> => {
  const boss = new PgBoss({
    ...placeOptions(database.queue),
    migrate: false,
    createSchema: false,
    supervise: options.worker,
    schedule: false,
    reindex: false, // needs the tables' owner
    monitorVacuum: false,
    monitorIntervalSeconds: 30,
  });
  boss.on('error', options.onError);
  await boss.start();
  if (options.worker && database.queue.kind === 'embedded') await takeBackAbandoned(boss);
  const listeners: ((kind: EffectKind) => void)[] = [];
  const enqueueTogether = together<Effect>((effects) => enqueue(boss, effects, undefined), patienceMs);
  return {
    enqueue: async (effects, tx) => {
      await (tx === undefined ? enqueueTogether(effects) : enqueue(boss, effects, tx));
      for (const kind of new Set(effects.map((effect) => effect.kind))) for (const told of listeners) told(kind);
    },
    fetch: async (kind, batchSize) => await boss.fetch(queueOf[kind].name, { batchSize }),
    complete: async (kind, jobs) => {
      if (jobs.length > 0)
        await boss.complete(
          queueOf[kind].name,
          jobs.map((job) => job.id),
        );
    },
    retryLater: async (kind, jobs, reason) => {
      if (jobs.length > 0)
        await boss.fail(
          queueOf[kind].name,
          jobs.map((job) => job.id),
          { reason },
        );
    },
    bury: async (kind, job, reason) => {
      await boss.send(deadLetters, { queue: queueOf[kind].name, reason, data: job.data });
      await boss.complete(queueOf[kind].name, job.id);
    },
    deadLetters: async (programId) =>
      (await readDeadLetters(boss)).filter(({ data }) => programId === undefined || programOf(data) === programId),
    tryAgain: async (programId, id) => {
      const letter = (await readDeadLetters(boss, id))[0];
      const effect = letter?.data as Effect | undefined;
      if (effect === undefined || !(effect.kind in queueOf) || programOf(effect) !== programId) return false;
      await boss.deleteJob(deadLetters, id);
      await enqueueTogether([effect]);
      for (const told of listeners) told(effect.kind);
      return true;
    },
    outstanding: () => countOutstanding(boss),
    forgetJobs: forgetJobs(boss.getDb()),
    onEnqueued: (listener) => listeners.push(listener),
    stop: () => boss.stop({ graceful: true, timeout: 10_000, close: false }),
  };
};

/** One statement per kind of effect, inside the caller's transaction when there is one. */
const enqueue = async (boss: PgBoss, effects: readonly Effect[], tx: Tx | undefined): Promise<void> => {
  const db: { db?: Db } = tx === undefined ? {} : { db: fromPrisma(tx) };
  const readBacks = effects.filter((effect) => effect.kind === 'read_order');
  if (readBacks.length > 0) await raiseWaiting(db.db ?? boss.getDb(), readBacks);
  for (const kind of new Set(effects.map((effect) => effect.kind))) {
    const jobs = newestFirst(effects.filter((effect) => effect.kind === kind)).map(jobOf);
    await boss.insert(queueOf[kind].name, jobs, db);
  }
};

// Of jobs with one key the first stays.
const newestFirst = (effects: readonly Effect[]): readonly Effect[] =>
  [...effects].sort((a, b) => (a.kind === 'read_order' && b.kind === 'read_order' ? b.newerThan - a.newerThan : 0));

// One read-back waits for each order, however many messages ask for it; it has to see what the newest of them told.
const raiseWaiting = async (db: Db, readBacks: readonly Extract<Effect, { kind: 'read_order' }>[]): Promise<void> => {
  await db.executeSql(
    `UPDATE pgboss.job j SET data = jsonb_set(j.data, '{newerThan}', to_jsonb(a.newer))
     FROM (SELECT key, max(newer) AS newer FROM jsonb_to_recordset($2::text::jsonb) AS r(key text, newer bigint)
       GROUP BY key) a
     WHERE j.name = $1 AND j.state = 'created' AND j.singleton_key = a.key
       AND (j.data ->> 'newerThan')::bigint < a.newer`,
    [
      queueOf.read_order.name,
      JSON.stringify(readBacks.map((effect) => ({ key: singletonKeyOf(effect), newer: effect.newerThan }))),
    ],
  );
};

const jobOf = (effect: Effect) => {
  const singletonKey = singletonKeyOf(effect);
  return {
    data: effect,
    ...(singletonKey === null ? {} : { singletonKey }),
    ...('delaySeconds' in effect ? { startAfter: effect.delaySeconds } : {}),
    ...('store' in effect ? { group: { id: effect.store.storeId } } : {}),
  };
};

// One process owns the embedded database, so at its start no running job can be anybody's.
const takeBackAbandoned = async (boss: PgBoss): Promise<void> => {
  await boss.getDb().executeSql(`UPDATE pgboss.job SET state = 'retry', start_after = now() WHERE state = 'active'`);
};

// An effect names its program, or the store with its program.
const programOf = (data: unknown): unknown => {
  const effect = data as { readonly programId?: unknown; readonly store?: { readonly programId?: unknown } } | null;
  return effect?.programId ?? effect?.store?.programId;
};

const readDeadLetters = async (boss: PgBoss, id?: string): Promise<readonly DeadLetter[]> => {
  const jobs = await boss.findJobs<Partial<DeadLetter> | Effect>(
    deadLetters,
    id === undefined ? { limit: 100 } : { id },
  );
  return jobs.map(({ id: jobId, data, sourceName }) => {
    const buried = data as Partial<DeadLetter>;
    return typeof buried.reason === 'string'
      ? { id: jobId, queue: buried.queue ?? '', reason: buried.reason, data: buried.data }
      : { id: jobId, queue: sourceName ?? '', reason: 'tried too often', data };
  });
};

const countOutstanding = async (boss: PgBoss): Promise<Readonly<Record<string, number>>> => {
  const { rows } = await boss.getDb().executeSql(
    `SELECT name, count(*)::int AS jobs FROM pgboss.job WHERE state IN ('created', 'retry', 'active')
        AND name NOT LIKE '\\_\\_%' AND name <> $1 GROUP BY name`,
    [deadLetters],
  );
  return Object.fromEntries(rows.map((row: { name: string; jobs: number }) => [row.name, row.jobs]));
};
