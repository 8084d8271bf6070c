import { instant, type Instant } from '~/core/values/instant';
import { auditLedger, type Violation } from '~/db/audit';
import type { Database } from '~/db/database';
import { findingsOf, unratedOf, type OrderFinding, type UnratedCurrency } from '~/db/orders';
import { reconciliationsOf, type Reconciliation } from '~/db/reconciliations';
import type { Store } from '~/db/stores';
import { unreadableOf, type UnreadableView } from '~/db/unreadable';

const runsShown = 14;
const findingsShown = 20;
const unratedDays = 60;

/** Whether the ledger adds up, and what the comparisons with the shop's orders found. */
export type HealthPage = {
  readonly violations: readonly Violation[];
  readonly runs: readonly Reconciliation[];
  readonly findings: readonly OrderFinding[];
  readonly unread: readonly UnreadableView[];
  /** Of the last 60 days. */
  readonly unrated: readonly UnratedCurrency[];
};

export const healthPage = async ({ prisma }: Pick<Database, 'prisma'>, { programId, storeId }: Store, now: Instant): Promise<HealthPage> => ({
  violations: await auditLedger(prisma, programId, now),
  runs: await reconciliationsOf(prisma, programId, storeId, runsShown),
  unread: await unreadableOf(prisma, programId, storeId, findingsShown),
  findings: await findingsOf(prisma, { programId, storeId }, findingsShown),
  unrated: await unratedOf(prisma, { programId, storeId }, instant(now - unratedDays * 86_400_000)),
});
