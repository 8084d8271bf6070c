import { asId, type ProgramId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import type { Violation } from './audit';
import { sqlInstant } from '~/db/json';
import type { Tx } from '~/db/inTransaction';

/** One check of a program's whole ledger; null `finishedAt`: it runs, or stopped half-way and is taken up again. */
export type Audit = {
  readonly programId: ProgramId;
  readonly id: string;
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
  /** How many entries the ledger had. */
  readonly entries: number;
  readonly violations: readonly Violation[];
};

type Client = Pick<Tx, 'audit'>;

/** The newest checks first. */
export const auditsOf = async (client: Client, programId: ProgramId, limit: number): Promise<readonly Audit[]> =>
  (
    await client.audit.findMany({ where: { programId }, orderBy: [{ startedAt: 'desc' }, { id: 'desc' }], take: limit })
  ).map((row) => ({
    programId,
    id: row.id,
    startedAt: instant(row.startedAt.getTime()),
    finishedAt: row.finishedAt === null ? null : instant(row.finishedAt.getTime()),
    entries: Number(row.entries),
    violations: row.violations as unknown as readonly Violation[],
  }));

export const insertAudit = async (
  client: Client,
  { programId, id, startedAt }: Pick<Audit, 'programId' | 'id' | 'startedAt'>,
): Promise<void> => {
  await client.audit.create({ data: { programId, id, startedAt: sqlInstant(startedAt) } });
};

/** Writes what a check found. One that ended already stays as it is. */
export const endAudit = async (
  client: Client,
  { programId, id }: Pick<Audit, 'programId' | 'id'>,
  found: Pick<Audit, 'entries' | 'violations'>,
  now: Instant,
): Promise<void> => {
  const data = {
    entries: found.entries,
    violations: found.violations as unknown as object[],
    finishedAt: sqlInstant(now),
  };
  await client.audit.updateMany({ where: { programId, id, finishedAt: null }, data });
};

/** Forgets a program's checks from before a moment. */
export const forgetAudits = async (client: Client, programId: ProgramId, before: Instant): Promise<void> => {
  await client.audit.deleteMany({ where: { programId, startedAt: { lt: sqlInstant(before) } } });
};

/** Programs in force whose ledger was not checked since a moment. */
export const programsToAudit = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  since: Instant,
  limit: number,
): Promise<readonly ProgramId[]> =>
  (
    await client.$queryRawUnsafe<{ id: string }[]>(
      `SELECT p.id::text FROM program p WHERE p.current_version IS NOT NULL
         AND NOT EXISTS (SELECT FROM audit a WHERE a.program_id = p.id AND a.started_at >= $1::text::timestamptz)
       LIMIT $2::int`,
      sqlInstant(since),
      limit,
    )
  ).map(({ id }) => asId<ProgramId>(id));

export const countEntries = (client: Pick<Tx, 'entry'>, programId: ProgramId): Promise<number> =>
  client.entry.count({ where: { programId } });
