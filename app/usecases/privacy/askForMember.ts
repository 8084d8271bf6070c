import type { MemberId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { ok, refuse, type Result } from '~/core/values/result';
import { findMember } from '~/db/memberLists';
import type { Store } from '~/db/stores';
import { uuidv7 } from '~/process/uuid';
import type { Deps } from '../deps';
import { receivePrivacyRequest } from './receiveRequest';

/** What staff asks for in the name of a customer: a file with everything that is held, or its erasure. */
export type MemberAsk = 'data_request' | 'customer_redact';

export type MemberAskRefusal =
  | { readonly kind: 'unknown_member' }
  /** A guest has no account: nobody can say who it is. */
  | { readonly kind: 'no_customer' }
  /** Who it is stands in the shop only, and the shop did not answer. */
  | { readonly kind: 'shop_away' };

/**
 * Keeps what staff asks for in the name of a customer of this store, as if the platform had asked: the same deadline,
 * job and proof. Asked for again under the same wish, it is one request.
 */
export const askForMember = async (
  deps: Pick<Deps, 'database' | 'secrets' | 'enqueue' | 'platformOf'>,
  store: Store,
  { memberId, ask, wish }: { readonly memberId: MemberId; readonly ask: MemberAsk; readonly wish: string },
  now: Instant,
): Promise<Result<null, MemberAskRefusal>> => {
  const member = await findMember(deps.database.prisma, store.programId, memberId);
  if (member === null) return refuse({ kind: 'unknown_member' });
  const here = member.customers.filter(({ storeId }) => storeId === store.storeId).map(({ customerId }) => customerId);
  const [first] = here;
  if (first === undefined) return refuse({ kind: 'no_customer' });
  const cards = await deps.platformOf(store).readCustomers(here);
  if (!cards.ok) return refuse({ kind: 'shop_away' });
  // Of customers that were merged in the shop one is left there; the others are found by the member.
  const { customerId, email } = cards.value[0] ?? { customerId: first, email: null };
  const request = {
    ...{ platform: store.platform, domain: store.domain, webhookId: `staff:${store.storeId}:${wish}` },
    ask: { kind: ask, customerId, email, orderIds: [] },
  };
  await receivePrivacyRequest(deps, request, uuidv7(), now);
  return ok(null);
};
