import type { Instant } from '~/core/values/instant';
import { auditLedger, type Violation } from '~/db/audit';
import type { Database } from '~/db/database';
import { reconciliationsOf, type Reconciliation } from '~/db/reconciliations';
import type { Store } from '~/db/stores';

const runsShown = 14;

/** Whether the ledger adds up, and what the comparisons with the shop's orders found. */
export type HealthPage = { readonly violations: readonly Violation[]; readonly runs: readonly Reconciliation[] };

export const healthPage = async ({ prisma }: Pick<Database, 'prisma'>, { programId, storeId }: Store, now: Instant): Promise<HealthPage> => ({
  violations: await auditLedger(prisma, programId, now),
  runs: await reconciliationsOf(prisma, programId, storeId, runsShown),
});
