import { setTimeout as sleep } from 'node:timers/promises';
import type { Prisma } from '@prisma/client';
import type { Database } from './database';

/** The client of an open transaction. Inside one, only it is used: the outer client would wait for itself on PGlite. */
export type Tx = Prisma.TransactionClient;

const maxWaitMs = 15_000;
const timeoutMs = 20_000;
const attemptsMax = 6;

// Serialisation failure, deadlock, lock not available; Prisma's own: transaction not started or closed, write conflict.
const retried: ReadonlySet<string> = new Set(['40001', '40P01', '55P03', 'P2028', 'P2034']);

/**
 * Runs work in one transaction and again, after a jittered pause, when the database asked for it.
 * The work must be repeatable: it reads what it needs through `tx` and makes no network call.
 * `alsoRetry` names further SQL states, such as 23505 where the loser of a race must read the winner.
 */
export const inTransaction = async <Answer>(
  database: Pick<Database, 'prisma'>,
  work: (tx: Tx) => Promise<Answer>,
  alsoRetry: readonly string[] = [],
): Promise<Answer> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await database.prisma.$transaction(work, { maxWait: maxWaitMs, timeout: timeoutMs });
    } catch (error) {
      const states = statesOf(error);
      const again = states.some((state) => retried.has(state) || alsoRetry.includes(state));
      if (!again || attempt >= attemptsMax) throw error;
      await sleep(Math.random() * 20 * 2 ** attempt);
    }
  }
};

/**
 * Whether the database refused the data of a statement (SQL's class 22: no such character, number out of range, text
 * that is no JSON …; 54: too large or too deep): the same statement will always be refused. Prisma's own codes say the
 * same before it asks.
 */
export const isAboutData = (error: unknown): boolean =>
  statesOf(error).some((state) => /^(22|54)[0-9A-Z]{3}$|^(P2000|P2020|P2033)$/.test(state));

/**
 * Every code an error carries: Prisma's own, and the SQL state, which sits in `cause.code` on PGlite
 * and in `cause.originalCode` on a server, some levels down.
 */
export const statesOf = (error: unknown): readonly string[] => {
  const found: string[] = [];
  let level: unknown = error;
  for (let depth = 0; depth < 6 && typeof level === 'object' && level !== null; depth += 1) {
    const { code, originalCode, meta, cause } = level as {
      code?: unknown;
      originalCode?: unknown;
      meta?: { code?: unknown; driverAdapterError?: unknown };
      cause?: unknown;
    };
    for (const value of [code, originalCode, meta?.code]) if (typeof value === 'string') found.push(value);
    level = cause ?? meta?.driverAdapterError;
  }
  return found;
};

const awayStates = /^(08|57P|53)|^(ECONN\w+|EPIPE|ETIMEDOUT|P1\d{3}|P2024|P2028|P2034|40001|40P01|55P03|57014)$/;
// The driver says these without a code; Prisma hides one of them behind a general one.
const awayWords = new RegExp(
  [
    'timeout exceeded when trying to connect',
    'Connection terminated',
    "Can't reach database server",
    'connection error and is not queryable',
  ].join('|'),
);

/**
 * Whether work failed because of the database and not because of what was to be written: connection trouble, shutdown,
 * too many connections, waits that came to their end, and the states that were retried in vain.
 */
export const isDatabaseAway = (error: unknown): boolean =>
  statesOf(error).some((state) => awayStates.test(state)) || (error instanceof Error && awayWords.test(error.message));
