import { instant, type Instant } from '~/core/values/instant';
import { accountEmailOf, writeAccountEmail } from '~/db/accounts';
import { lockCustomers, writeCustomers } from '~/db/customers';
import { inTransaction } from '~/db/inTransaction';
import type { CustomerMessage } from '~/platforms/message';
import { claimGuest } from './claimGuest';
import type { Deps, StoreRef } from './deps';

/**
 * Notes which verified e-mail an account has, and claims what guests with it earned. Messages come in any order: the
 * newest by its own time counts, a deletion is final (rules §2.10). Of two of one second the one that knows an address
 * counts.
 */
export const noteCustomer = async (
  deps: Deps,
  store: StoreRef,
  message: CustomerMessage,
  now: Instant,
): Promise<void> => {
  const { programId, storeId } = store;
  const key = { programId, storeId, customerId: message.customerId };
  const stands = await inTransaction(deps.database, async (tx): Promise<boolean> => {
    const [customer] = await lockCustomers(tx, [key]);
    if (customer === undefined || customer.isDeleted) return false;
    const toldAt = message.toldAt ?? now;
    if (!message.isDeleted && customer.toldAt !== null) {
      if (toldAt < customer.toldAt) return false;
      // As (rules §2.10) of two states of an order: who knows less does not win, and the same two end the same in any
      // order.
      const known = await accountEmailOf(tx, key);
      if (toldAt === customer.toldAt && known !== null && (message.emailHash === null || message.emailHash < known))
        return false;
    }
    await writeCustomers(tx, [
      { ...customer, toldAt: instant(Math.max(toldAt, customer.toldAt ?? toldAt)), isDeleted: message.isDeleted },
    ]);
    await writeAccountEmail(tx, key, message.emailHash, now);
    return true;
  });
  if (stands && message.emailHash !== null) await claimGuest(deps, store, message.customerId, message.emailHash, now);
};
