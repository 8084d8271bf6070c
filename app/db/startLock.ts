import pg from 'pg';
import { connectMs } from './serverPool';

// Any number that no other program uses for its lock on this database. Not the migrations' own: they run inside.
const lockNumber = 7_246_201_127;
const waitMaxMs = 600_000;

/**
 * Does what a start has to do as the owner of the tables, one process at a time: migrations, the queue's own tables and
 * the rights on both are read and changed together, and several of them at once fail in the catalogue. The lock is held
 * by a transaction of a connection of its own (a pooler in transaction mode keeps that one together), until `work` is
 * done or this process is gone.
 */
export const underStartLock = async <Answer>(
  url: string,
  work: (owner: pg.Client) => Promise<Answer>,
): Promise<Answer> => {
  const [guard, owner] = [connection(url), connection(url)];
  try {
    await guard.connect();
    await owner.connect();
    await guard.query(
      `BEGIN; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL lock_timeout = ${waitMaxMs}`,
    );
    await guard.query(`SELECT pg_advisory_xact_lock(${lockNumber})`).catch((error: unknown) => {
      if ((error as { code?: string }).code !== '55P03') throw error;
      throw new Error(
        `Another process has been preparing this database for ${waitMaxMs / 60_000} minutes. ` +
          'Stop it, or wait and start again.',
      );
    });
    return await work(owner);
  } finally {
    await owner.end().catch(() => undefined);
    await guard.end().catch(() => undefined);
  }
};

const connection = (connectionString: string): pg.Client => {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: connectMs });
  client.on('error', () => undefined); // the statement under way hears of it, too
  return client;
};
