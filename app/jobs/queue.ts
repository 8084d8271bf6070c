import { PgBoss, fromPglite, fromPrisma, type ConstructorOptions, type Db } from 'pg-boss';
import type { Database, PrepareQueue, QueuePlace } from '~/db/database';
import type { Tx } from '~/db/inTransaction';
import type { ProgramId } from '~/core/values/ids';
import type { Enqueue } from '~/usecases/deps';
import type { Effect, EffectKind } from '~/usecases/effects/effect';
import type { ForgetJobs } from '~/usecases/privacy/runRequest';
import { deadLetters } from './deadLetters';
import { forgetJobs } from './forgetJobs';
import type { Job } from './job';
import { expiryOf, numberIn, rowsOf } from './rows';
import { together } from './together';

/**
 * A job that is being done: an id, what its effect carries, and which try it is. Who is no longer the one who does it
 * can neither end it nor give it back.
 */
export type Waiting<Data extends object = object> = {
  readonly id: string;
  readonly data: Data;
  readonly retryCount: number;
};

/** A job that could not be done, kept for 7 days and shown on Health. */
export type DeadLetter = {
  readonly id: string;
  readonly queue: string;
  readonly reason: string;
  readonly data: unknown;
};

/** The only door to the queue. No other file knows which library is behind it. */
export type Queue = {
  /** The jobs that this process knows. */
  readonly jobs: readonly Job[];
  readonly enqueue: Enqueue;
  readonly fetch: <Data extends object>(effect: EffectKind<Data>, most: number) => Promise<readonly Waiting<Data>[]>;
  /** Says that a long job is still being done; false: it is not this process that does it any more. */
  readonly touch: (effect: EffectKind, job: Waiting) => Promise<boolean>;
  readonly complete: (effect: EffectKind, done: readonly Waiting[]) => Promise<void>;
  /** Gives jobs back to be tried again later (up to the queue's limit, then they are dead letters). */
  readonly retryLater: (effect: EffectKind, failed: readonly Waiting[], reason: string) => Promise<void>;
  readonly bury: (effect: EffectKind, failed: Waiting, reason: string) => Promise<void>;
  /** The program's dead letters; of every program when none is named. */
  readonly deadLetters: (programId?: ProgramId) => Promise<readonly DeadLetter[]>;
  /** Puts a dead letter back on the queue it came from; false when it is gone. */
  readonly tryAgain: (programId: ProgramId, deadLetterId: string) => Promise<boolean>;
  /** Jobs that wait or run, by queue: nothing left means that everything has been said and done. */
  readonly outstanding: () => Promise<Readonly<Record<string, number>>>;
  readonly forgetJobs: ForgetJobs;
  /** Called whenever this process put work on the queue, so that an idle loop need not wait for its next look. */
  readonly onEnqueued: (listener: (kind: string) => void) => void;
  readonly stop: () => Promise<void>;
};

// A sender of webhooks waits five seconds; then it sends again.
const patienceMs = 4000;

const placeOptions = (place: QueuePlace): ConstructorOptions =>
  place.kind === 'embedded'
    ? { db: fromPglite(place.pglite), backend: 'pglite' }
    : { db: { executeSql: place.execute } };

const daySeconds = 86_400;
const deadLetterKeptSeconds = 7 * daySeconds;

/** Makes or updates the queue's own tables and the queues, as the owner of the database. */
export const prepareQueue =
  (jobs: readonly Job[]): PrepareQueue =>
  async (place) => {
    const boss = new PgBoss({ ...placeOptions(place), supervise: false, schedule: false });
    boss.on('error', () => undefined); // start() itself rejects; nothing else runs here
    await boss.start();
    await boss.createQueue(deadLetters, {
      deleteAfterSeconds: deadLetterKeptSeconds,
      retentionSeconds: deadLetterKeptSeconds,
    });
    for (const job of jobs) await boss.createQueue(job.queue, settingsOf(job));
    await boss.stop({ graceful: false, close: false });
  };

// `short` with a singleton key keeps at most one waiting job per key.
const settingsOf = (job: Job) =>
  ({
    policy: job.key === undefined ? 'standard' : 'short',
    retryLimit: 12,
    retryDelay: 2,
    retryBackoff: true,
    expireInSeconds: expiryOf(job),
    deleteAfterSeconds: daySeconds,
    deadLetter: deadLetters,
  }) as const;

/**
 * Opens the queue for use under the application's role. `worker` also runs its clock (schedules,
 * jobs whose process died). `onError` hears of trouble between the calls.
 */
export const openQueue = async (
  database: Database,
  jobs: readonly Job[],
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
  const listeners: ((kind: string) => void)[] = [];
  const jobOf = jobsByKind(jobs);
  const queueOf = ({ kind }: EffectKind): string => jobOf(kind).queue;
  const enqueueWith = enqueue(boss, jobOf, database.queue.kind);
  const enqueueTogether = together<Effect>((effects) => enqueueWith(effects, undefined), patienceMs);
  return {
    jobs,
    enqueue: async (effects, tx) => {
      await (tx === undefined ? enqueueTogether(effects) : enqueueWith(effects, tx));
      for (const kind of new Set(effects.map((effect) => effect.kind))) for (const told of listeners) told(kind);
    },
    fetch: async <Data extends object>(effect: EffectKind<Data>, batchSize: number) =>
      (await boss.fetch<Data>(queueOf(effect), { batchSize })).map(({ id, data, retryCount }) => ({
        ...{ id, retryCount },
        data: named(data),
      })),
    touch: async (effect, job) => {
      // What the library answers has this, though its types do not say so.
      const { affected } = (await boss.touch(queueOf(effect), job)) as { readonly affected?: number };
      return affected !== 0;
    },
    complete: async (effect, done) => {
      if (done.length > 0) await boss.complete(queueOf(effect), [...done]);
    },
    retryLater: async (effect, failed, reason) => {
      if (failed.length > 0) await boss.fail(queueOf(effect), [...failed], { reason });
    },
    bury: async (effect, failed, reason) => {
      await boss.send(deadLetters, { queue: queueOf(effect), reason, data: failed.data });
      await boss.complete(queueOf(effect), failed);
    },
    deadLetters: async (programId) =>
      (await readDeadLetters(boss)).filter(({ data }) => programId === undefined || programOf(data) === programId),
    tryAgain: async (programId, id) => {
      const letter = (await readDeadLetters(boss, id))[0];
      const effect = letter?.data as Effect | undefined;
      const isKnown = jobs.some((job) => job.effect.kind === effect?.kind);
      if (effect === undefined || !isKnown || programOf(effect) !== programId) return false;
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

// Effects from before there was more than one platform do not name theirs.
const named = <Data extends object>(data: Data): Data =>
  'store' in data ? { ...data, store: { platform: 'shopify', ...(data.store as object) } } : data;

type JobOf = (kind: string) => Job;

const jobsByKind = (jobs: readonly Job[]): JobOf => {
  const byKind = new Map(jobs.map((job) => [job.effect.kind, job]));
  return (kind) => {
    const job = byKind.get(kind);
    if (job === undefined) throw new Error(`No job does "${kind}".`);
    return job;
  };
};

/** One statement per kind of effect, inside the caller's transaction when there is one. */
const enqueue =
  (boss: PgBoss, jobOf: JobOf, place: QueuePlace['kind']) =>
  async (effects: readonly Effect[], tx: Tx | undefined): Promise<void> => {
    const db: { db?: Db } = tx === undefined ? {} : { db: fromPrisma(tx) };
    for (const kind of new Set(effects.map((effect) => effect.kind))) {
      const job = jobOf(kind);
      const asked = effects.filter((effect) => effect.kind === kind);
      if (job.raises !== undefined) await raiseWaiting(db.db ?? boss.getDb(), job, job.raises, asked);
      await boss.insert(job.queue, rowsOf(job, asked, place), db);
    }
  };

// One job waits for each key, however often it was asked for; it has to see the greatest of what it was asked with.
const raiseWaiting = async (db: Db, job: Job, field: string, effects: readonly Effect[]): Promise<void> => {
  await db.executeSql(
    `UPDATE pgboss.job j SET data = jsonb_set(j.data, ARRAY[$3::text], to_jsonb(a.asked))
     FROM (SELECT key, max(asked) AS asked FROM jsonb_to_recordset($2::text::jsonb) AS r(key text, asked bigint)
       GROUP BY key) a
     WHERE j.name = $1 AND j.state = 'created' AND j.singleton_key = a.key
       AND (j.data ->> $3::text)::bigint < a.asked`,
    [
      job.queue,
      JSON.stringify(effects.map((effect) => ({ key: job.key?.(effect), asked: numberIn(effect, field) }))),
      field,
    ],
  );
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
