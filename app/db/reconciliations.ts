import type { Reconciliation as Row } from '@prisma/client';
import { asId, type ProgramId, type StoreId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { sqlInstant, sqlInstantOrNull } from './json';
import type { Tx } from './inTransaction';
import { platformNameOf, type Store } from './stores';

/** An order that differed: why, and what it had in points before and after it was settled. */
export type Drift = {
  readonly order: string;
  readonly cause: 'missing' | 'stale';
  readonly before: number;
  readonly after: number;
};

/** One comparison of a store's orders with ours. */
export type Reconciliation = {
  readonly programId: ProgramId;
  readonly storeId: StoreId;
  readonly id: string;
  readonly state: 'running' | 'done' | 'failed';
  readonly from: Instant | null;
  readonly to: Instant;
  /** What is compared now: orders first, then the labels of customers, then the marks of tiers. */
  readonly subject: 'orders' | 'labels' | 'marks';
  readonly cursor: string | null;
  /** Orders seen so far. */
  readonly seen: number;
  /** Orders we did not know, and orders of which we knew an older state. */
  readonly missing: number;
  readonly stale: number;
  /** Customers whose labels were put right. */
  readonly labels: number;
  /** Customers whose mark of a tier was not as it should be. */
  readonly marks: number;
  /** Points that settling them changed, in absolute terms. */
  readonly drift: number;
  readonly failure: string | null;
  /** The first of them. */
  readonly findings: readonly Drift[];
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
};

type Client = Pick<Tx, 'reconciliation'>;

const toReconciliation = (row: Row): Reconciliation => ({
  programId: asId<ProgramId>(row.programId),
  storeId: asId<StoreId>(row.storeId),
  id: row.id,
  state: row.state as Reconciliation['state'],
  from: row.fromAt === null ? null : instant(row.fromAt.getTime()),
  to: instant(row.toAt.getTime()),
  subject: row.subject as Reconciliation['subject'],
  cursor: row.cursor,
  seen: row.seen,
  missing: row.missing,
  stale: row.stale,
  labels: row.labels,
  marks: row.marks,
  drift: Number(row.drift),
  failure: row.failure,
  findings: row.findings as unknown as readonly Drift[],
  startedAt: instant(row.startedAt.getTime()),
  finishedAt: row.finishedAt === null ? null : instant(row.finishedAt.getTime()),
});

export const insertReconciliation = async (
  client: Client,
  run: Pick<Reconciliation, 'programId' | 'storeId' | 'id' | 'from' | 'to' | 'startedAt'>,
): Promise<void> => {
  const { from, to, startedAt, ...key } = run;
  await client.reconciliation.create({
    data: {
      ...key,
      state: 'running',
      fromAt: sqlInstantOrNull(from),
      toAt: sqlInstant(to),
      startedAt: sqlInstant(startedAt),
    },
  });
};

export const findReconciliation = async (
  client: Client,
  programId: ProgramId,
  id: string,
): Promise<Reconciliation | null> => {
  const row = await client.reconciliation.findUnique({ where: { programId_id: { programId, id } } });
  return row === null ? null : toReconciliation(row);
};

/** The newest comparisons of a store first. */
export const reconciliationsOf = async (
  client: Client,
  programId: ProgramId,
  storeId: StoreId,
  limit: number,
): Promise<readonly Reconciliation[]> =>
  (
    await client.reconciliation.findMany({ where: { programId, storeId }, orderBy: { startedAt: 'desc' }, take: limit })
  ).map(toReconciliation);

export const updateReconciliation = async (
  client: Client,
  { programId, id }: Pick<Reconciliation, 'programId' | 'id'>,
  change: Partial<
    Pick<
      Reconciliation,
      | 'state'
      | 'subject'
      | 'cursor'
      | 'seen'
      | 'missing'
      | 'stale'
      | 'labels'
      | 'marks'
      | 'drift'
      | 'failure'
      | 'findings'
    >
  > & {
    readonly finishedAt?: Instant;
  },
): Promise<void> => {
  const { finishedAt, findings, ...plain } = change;
  await client.reconciliation.update({
    where: { programId_id: { programId, id } },
    data: {
      ...plain,
      ...(findings === undefined ? {} : { findings: findings as unknown as object[] }),
      ...(finishedAt === undefined ? {} : { finishedAt: sqlInstant(finishedAt) }),
    },
  });
};

/**
 * Stores whose orders were not compared since a moment, or whose comparison did not end; those installed since are left
 * out.
 */
export const storesToReconcile = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  since: Instant,
  limit: number,
): Promise<readonly Pick<Store, 'programId' | 'storeId' | 'platform' | 'domain'>[]> =>
  (
    await client.$queryRawUnsafe<{ program_id: string; id: string; platform: string; domain: string }[]>(
      `SELECT s.program_id::text, s.id::text, s.platform, s.domain FROM store s JOIN program p ON p.id = s.program_id
        AND p.current_version IS NOT NULL
       WHERE s.uninstalled_at IS NULL AND s.installed_at < $1::text::timestamptz
         AND NOT EXISTS (SELECT FROM reconciliation r WHERE (r.program_id, r.store_id) = (s.program_id, s.id)
           AND r.started_at >= $1::text::timestamptz)
       LIMIT $2::int`,
      sqlInstant(since),
      limit,
    )
  ).map((row) => ({
    programId: asId<ProgramId>(row.program_id),
    storeId: asId<StoreId>(row.id),
    platform: platformNameOf(row.platform),
    domain: row.domain,
  }));
