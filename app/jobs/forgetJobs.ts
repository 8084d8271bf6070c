import type { ForgetJobs } from '~/usecases/privacy/runRequest';
import { deadLetters } from './deadLetters';

type Sql = { readonly executeSql: (sql: string, values?: unknown[]) => Promise<{ rows: unknown[] }> };

// Wherever in a job's data: a dead letter holds the job that failed.
const namesPerson = `jsonb_path_exists(data,
  '$.** ? (@.customerId == $known[*] || @.gone == $known[*] || @.kept == $known[*] || @.emailHash == $known[*])',
  $2::text::jsonb)
  AND jsonb_path_exists(data, '$.**.storeId ? (@ == $store)', $2::text::jsonb)`;
const namesStore = `jsonb_path_exists(data, '$.** ? (@.storeId == $store || @.programId == $program)',
  $2::text::jsonb)`;

/**
 * Takes jobs off the queue that name a person, or belong to a store or to a whole program. Of a person those that are
 * done or were given up go; what still has to be done is counted. Of a store everything goes that nobody works on right
 * now.
 */
export const forgetJobs =
  (db: Sql): ForgetJobs =>
  async (of) => {
    const isPerson = 'customers' in of;
    const words = isPerson
      ? { known: [...of.customers, ...of.hashes], store: of.storeId }
      : { store: of.storeId, program: of.whole ? of.programId : null };
    const condition = isPerson ? namesPerson : namesStore;
    const values = [deadLetters, JSON.stringify(words)];
    const goes = isPerson
      ? `(name = $1 OR state NOT IN ('created', 'retry', 'active'))`
      : `($1::text IS NOT NULL AND state <> 'active')`;
    await db.executeSql(`DELETE FROM pgboss.job WHERE ${goes} AND ${condition}`, values);
    const { rows } = await db.executeSql(
      `SELECT count(*)::int AS waiting FROM pgboss.job WHERE name <> $1 AND ${condition}`,
      values,
    );
    const [row] = rows as { waiting: number }[];
    return { waiting: row?.waiting ?? 0 };
  };
