import { labelFact } from '~/core/evaluation/labels';
import type { PlatformId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { ok, type Result } from '~/core/values/result';
import { labelledCustomers } from '~/db/customers';
import { customerIdentity } from '~/core/orders/owner';
import { memberOfIdentity } from '~/db/identities';
import type { Reconciliation } from '~/db/reconciliations';
import type { PlatformFailure } from '~/platforms/platform';
import type { Deps, StoreRef } from '../deps';
import { addLabels, labelsDiffer } from '../readLabels';
import { settleLabels } from '../settleOrders';
import { readGrounds } from '../readGrounds';
import { hasLabels } from '~/core/settlement/grounds';

/** How many customers' labels were put right, and where the next page begins; null: that was the last one. */
export type ComparedLabels = { readonly mended: number; readonly next: string | null };

/**
 * Compares the labels that the store shows of one page of customers with ours: what a lost message would have told
 * counts from now on (rules §2.9). Customers whose labels nobody asked for yet are left out, and all of them where no
 * rule asks.
 */
export const compareLabels = async (
  deps: Deps,
  store: StoreRef,
  { from, to, cursor }: Pick<Reconciliation, 'from' | 'to' | 'cursor'>,
  now: Instant,
): Promise<Result<ComparedLabels, PlatformFailure>> => {
  const { programId } = store;
  const { grounds } = await readGrounds(deps, [programId], [], now);
  if (!hasLabels(grounds, programId)) return ok({ mended: 0, next: null });
  const page = await deps.platformOf(store).listLabels({ from, to }, cursor);
  if (!page.ok) return page;
  const shown = new Map(page.value.customers.map(({ customerId, labels }) => [customerId, labels]));
  const known = await labelledCustomers(deps.database.prisma, store, [...shown.keys()]);
  const wrong = [...known]
    .filter(([customerId, facts]) => labelsDiffer(facts, shown.get(customerId) ?? [], now))
    .map(([customerId]) => customerId);
  for (const customerId of wrong) await mend(deps, store, customerId, shown.get(customerId) ?? [], now);
  return ok({ mended: wrong.length, next: page.value.next });
};

const mend = async (
  deps: Deps,
  store: StoreRef,
  customerId: PlatformId,
  labels: readonly string[],
  now: Instant,
): Promise<void> => {
  const { programId, storeId } = store;
  await addLabels(deps.database, [{ programId, storeId, customerId }], () => labelFact('read', labels, now));
  const memberId = await memberOfIdentity(deps.database.prisma, customerIdentity(programId, storeId, customerId));
  if (memberId !== null) await settleLabels(deps, { programId, memberId, since: now }, now);
};
