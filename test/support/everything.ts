import type { World } from './world';

/**
 * The whole database as text, a line a row, the queue's jobs included: what must not be found must not be found
 * anywhere.
 */
export const everything = async ({ database }: Pick<World, 'database'>): Promise<readonly string[]> => {
  const { prisma } = database;
  const tables = await prisma.$queryRawUnsafe<{ name: string }[]>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema IN ('public', 'pgboss') AND table_name NOT LIKE '\\_prisma%'
       ORDER BY 1`,
  );
  const lines: string[] = [];
  for (const { name } of tables) {
    const rows = await prisma.$queryRawUnsafe<{ text: string }[]>(`SELECT to_jsonb(t)::text AS text FROM ${name} t`);
    lines.push(...rows.map(({ text }) => `${name} ${text}`));
  }
  return lines;
};

/** The tables in which a word is found. */
export const whereFound = async (
  world: Pick<World, 'database'>,
  words: readonly string[],
): Promise<readonly string[]> =>
  (await everything(world))
    .filter((text) => words.some((word) => text.includes(word)))
    .map((text) => text.slice(0, 200));
