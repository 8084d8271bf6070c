import type { PlatformId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { MemberId } from '~/core/values/ids';
import { inTransaction } from '~/db/inTransaction';
import { customerIdentity, emailIdentity, ensureMembers, memberOfIdentity } from '~/db/members';
import type { Deps, StoreRef } from './deps';
import { mergeMembers } from './mergeMembers';

/**
 * An account with a verified e-mail appeared: what a guest with that e-mail earned is now the account's. Does nothing
 * when there is no such guest.
 */
export const claimGuest = async (deps: Deps, store: StoreRef, customerId: PlatformId, emailHash: string, now: Instant): Promise<void> => {
  const { programId, storeId } = store;
  const guest = await memberOfIdentity(deps.database.prisma, emailIdentity(programId, emailHash));
  if (guest === null) return;
  const identity = customerIdentity(programId, storeId, customerId);
  await inTransaction(deps.database, (tx) => ensureMembers(tx, [{ identity, memberId: deps.newId<MemberId>() }], now));
  const account = await memberOfIdentity(deps.database.prisma, identity);
  if (account === null || account === guest) return;
  await mergeMembers(deps, programId, guest, account, { kind: 'system' }, now);
};

/** Two customers were merged on the platform: their members merge, and late messages for the old one land on the new one. */
export const mergeCustomers = async (deps: Deps, store: StoreRef, gone: PlatformId, kept: PlatformId, now: Instant): Promise<void> => {
  const { programId, storeId } = store;
  const identities = [gone, kept].map((customerId) => customerIdentity(programId, storeId, customerId));
  await inTransaction(deps.database, (tx) =>
    ensureMembers(
      tx,
      identities.map((identity) => ({ identity, memberId: deps.newId<MemberId>() })),
      now,
    ),
  );
  const [from, to] = await Promise.all(identities.map((identity) => memberOfIdentity(deps.database.prisma, identity)));
  if (from == null || to == null || from === to) return;
  await mergeMembers(deps, programId, from, to, { kind: 'system' }, now);
};
