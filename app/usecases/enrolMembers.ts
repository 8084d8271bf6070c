import type { MemberId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { Tx } from '~/db/inTransaction';
import type { Identity } from '~/core/orders/owner';
import { ensureMembers } from '~/db/identities';
import type { OrderKey } from '~/core/values/keys';
import { refOf, type Deps } from './deps';
import { claimGuestLater } from './effects/claimGuest';

/**
 * Makes a member for everybody who has none yet. Who turns out to be the same person as an account that became known
 * earlier (a guest with its verified e-mail, its customer in another store) is claimed for it, by a job. `orders`:
 * because of which somebody becomes a member; those of somebody who was erased make nobody a member again, and who is
 * only named by an address in orders that are known to be a customer's, becomes none either.
 */
export const enrolMembers = async (
  deps: Pick<Deps, 'newId' | 'enqueue'>,
  tx: Tx,
  identities: readonly (Identity & { readonly orders?: readonly OrderKey[] })[],
  now: Instant,
): Promise<void> => {
  const wanted = identities.map(({ orders = [], ...identity }) => ({
    identity,
    orders,
    memberId: deps.newId<MemberId>(),
  }));
  const accounts = await ensureMembers(tx, wanted, now);
  if (accounts.length === 0) return;
  const claims = accounts.map(({ customerId, emailHash, ...store }) =>
    claimGuestLater.of({ store: refOf(store), customerId, emailHash }),
  );
  await deps.enqueue(claims, tx);
};
