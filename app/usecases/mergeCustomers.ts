import type { PlatformId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { lockCustomers, writeCustomers } from '~/db/customers';
import { inTransaction } from '~/db/inTransaction';
import { customerIdentity } from '~/core/orders/owner';
import { memberOfIdentity } from '~/db/identities';
import type { Deps, StoreRef } from './deps';
import { enrolMembers } from './enrolMembers';
import { mergeMembers } from './mergeMembers';
import { readLabels } from './readLabels';

/** Which customer became which other one, and when; left out: just now. */
export type CustomersMerged = {
  readonly gone: PlatformId;
  readonly kept: PlatformId;
  readonly at?: Instant | undefined;
};

/**
 * Two customers were merged on the platform: their members merge, and late messages for the old one land on the new
 * one. The labels of the old one count until the merge (`at`, else now), those of the new one are read.
 */
export const mergeCustomers = async (
  deps: Deps,
  store: StoreRef,
  { gone, kept, at }: CustomersMerged,
  now: Instant,
): Promise<void> => {
  const { programId, storeId } = store;
  await endLabels(deps, store, { gone, kept }, at ?? now, now);
  const identities = [gone, kept].map((customerId) => customerIdentity(programId, storeId, customerId));
  await inTransaction(deps.database, (tx) => enrolMembers(deps, tx, identities, now));
  const [from, to] = await Promise.all(identities.map((identity) => memberOfIdentity(deps.database.prisma, identity)));
  if (from == null || to == null || from === to) return;
  await mergeMembers(deps, programId, { from, to }, { kind: 'system' }, now);
};

const endLabels = async (
  deps: Deps,
  store: StoreRef,
  { gone, kept }: CustomersMerged,
  at: Instant,
  now: Instant,
): Promise<void> => {
  const { programId, storeId } = store;
  const areRead = await inTransaction(deps.database, async (tx): Promise<boolean> => {
    const customers = await lockCustomers(
      tx,
      [gone, kept].map((customerId) => ({ programId, storeId, customerId })),
    );
    const ended = customers.filter(
      ({ customerId, labelsUntil }) => customerId === gone && gone !== kept && labelsUntil === null,
    );
    await writeCustomers(
      tx,
      ended.map((customer) => ({ ...customer, labelsUntil: at })),
    );
    return customers.some(({ areLabelsRead }) => areLabelsRead);
  });
  // Where rules ask for labels, what the customer that is left carries from now on is read, not guessed.
  if (areRead && !(await readLabels(deps, store, [kept], now)))
    throw new Error('The labels of a merged customer could not be read.');
};
