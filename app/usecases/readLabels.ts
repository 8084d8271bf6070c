import { addLabelFact, allLabelsAt, areLabelsRead, labelFact, type LabelFact } from '~/core/evaluation/labels';
import type { PlatformId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { inTransaction } from '~/db/inTransaction';
import type { CustomerKey } from '~/core/values/keys';
import { lockCustomers, writeCustomers } from '~/db/customers';
import type { Deps, StoreRef } from './deps';

type LabelDeps = Pick<Deps, 'database' | 'platformOf'>;

/**
 * Adds what became known of customers' labels, wherever in time it belongs; `factsOf` is asked for each customer that
 * is named.
 */
export const addLabels = async (
  database: Deps['database'],
  keys: readonly CustomerKey[],
  factOf: (customer: CustomerKey, known: readonly LabelFact[]) => LabelFact | null,
): Promise<void> => {
  await inTransaction(database, async (tx) => {
    const changed = (await lockCustomers(tx, keys)).flatMap((customer) => {
      const fact = factOf(customer, customer.labels);
      const labels = fact === null ? customer.labels : addLabelFact(customer.labels, fact);
      return labels === customer.labels ? [] : [{ ...customer, labels, areLabelsRead: areLabelsRead(labels) }];
    });
    await writeCustomers(tx, changed);
  });
};

/**
 * Reads all labels of customers of one store, and notes them as of now. Customers that the platform does not know (any
 * more) have none. False: the platform cannot be asked.
 */
export const readLabels = async (
  deps: LabelDeps,
  store: StoreRef,
  customerIds: readonly PlatformId[],
  now: Instant,
): Promise<boolean> => {
  if (customerIds.length === 0) return true;
  const read = await deps.platformOf(store).readLabels(customerIds);
  if (!read.ok) return false;
  const keys = customerIds.map((customerId) => ({ programId: store.programId, storeId: store.storeId, customerId }));
  await addLabels(deps.database, keys, ({ customerId }) => labelFact('read', read.value.get(customerId) ?? [], now));
  return true;
};

/** Whether the labels that a store shows of a customer are others than those that our facts say stand now. */
export const labelsDiffer = (known: readonly LabelFact[], shown: readonly string[], now: Instant): boolean => {
  const theirs = labelFact('read', shown, now).labels;
  const ours = allLabelsAt(known, now);
  return ours.length !== theirs.length || ours.some((label, index) => label !== theirs[index]);
};
