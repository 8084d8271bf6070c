import pg from 'pg';

/** How long a new connection may take. */
export const connectMs = 3000;
/** How long a statement may wait for a connection that is free: who asked has had an answer by then. */
const queueMs = 10_000;
const statementMs = 60_000;
const lockMs = 15_000;
/**
 * Silence on a connection that is at work: longer than any statement may take, so the server or the way to it is gone.
 */
const silenceMs = 75_000;

/** A wait on the database that came to its end; the code is one of those that mean "not now". */
const overdue = (message: string): Error => Object.assign(new Error(message), { code: 'ETIMEDOUT' });

class QuickClient extends pg.Client {
  constructor(config: pg.ClientConfig) {
    super({ ...config, connectionTimeoutMillis: connectMs, keepAlive: true });
  }
}

/**
 * Connections of the application to a server, under its role, each wait with an end: connecting, waiting for a free
 * one, a lock, a statement, and a server that does not answer at all. A connection that may change what only grows (the
 * role was lost on the way, as behind a pooler) is refused with a sentence.
 */
export const openPool = (connectionString: string, role: string, max: number): pg.Pool => {
  const limits = [
    `-c statement_timeout=${statementMs}`,
    `-c lock_timeout=${lockMs}`,
    `-c idle_in_transaction_session_timeout=${statementMs}`,
  ].join(' ');
  const pool = new pg.Pool({
    connectionString,
    max,
    options: `-c role=${role} ${limits}`,
    connectionTimeoutMillis: queueMs,
    Client: QuickClient,
    verify: (client: pg.PoolClient, done: (error?: Error) => void) => {
      endSilence(client);
      checkRole(client, role).then(
        () => done(),
        (error: unknown) => done(error as Error),
      );
    },
  } as unknown as pg.PoolConfig);
  pool.on('error', () => undefined); // an idle connection ended: the next statement takes another one
  return pool;
};

/** Statements for a library that wants to run its own; of several in one text all rows, one after the other. */
export const executeOn =
  (target: Pick<pg.Pool, 'query'> | Pick<pg.Client, 'query'>) =>
  async (sql: string, values?: readonly unknown[]): Promise<{ rows: unknown[] }> => {
    const answer = (await target.query(sql, values === undefined ? undefined : [...values])) as
      pg.QueryResult | pg.QueryResult[];
    return { rows: Array.isArray(answer) ? answer.flatMap(({ rows }) => rows as unknown[]) : answer.rows };
  };

/** Throws one sentence when connections of the pool cannot be made, or do not work under the role. */
export const checkPool = async (pool: pg.Pool): Promise<void> => {
  try {
    await pool.query('SELECT 1');
  } catch (error) {
    if (!/unsupported startup parameter/.test(String(error))) throw error;
    throw new Error(
      'The pooler in DATABASE_URL refuses the startup option by which the app works under its own role ' +
        `(${String((error as Error).message)}). Name the server itself, or a pooler that passes "options" on.`,
    );
  }
};

const checkRole = async (client: pg.PoolClient, role: string): Promise<void> => {
  const { rows } = await client.query<{ name: string; may: boolean }>(
    `SELECT current_user::text AS name, has_table_privilege('entry', 'UPDATE')
      OR has_table_privilege('entry', 'DELETE') AS may`,
  );
  const [found] = rows;
  if (found?.name === role && !found.may) return;
  throw new Error(
    `The app would work as "${found?.name ?? ''}", who may change ledger entries, and not as "${role}": ` +
      'the startup option that names the role was lost, as behind a pooler that ignores it. ' +
      'Name the server itself in DATABASE_URL, or a pooler that passes "options" on.',
  );
};

const endSilence = (client: pg.PoolClient): void => {
  const { stream } = (
    client as unknown as {
      connection: {
        stream: NodeJS.Socket & { setTimeout: (ms: number, then: () => void) => void; destroy: (error: Error) => void };
      };
    }
  ).connection;
  stream.setTimeout(silenceMs, () =>
    stream.destroy(overdue(`The database has been silent for ${silenceMs / 1000} s.`)),
  );
};
