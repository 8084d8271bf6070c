import type { MemberId, PlatformId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { accountsElsewhere } from '~/db/accounts';
import { inTransaction } from '~/db/inTransaction';
import { customerIdentity, emailIdentity } from '~/core/orders/owner';
import { customersOf, forgetIdentity, memberOfIdentity } from '~/db/identities';
import type { Deps, StoreRef } from './deps';
import { enrolMembers } from './enrolMembers';
import { mergeMembers } from './mergeMembers';

/**
 * What a guest with an account's verified e-mail earned is the account's, whichever became known first; customers of
 * several stores of the program who have it are one member.
 */
export const claimGuest = async (
  deps: Deps,
  store: StoreRef,
  customerId: PlatformId,
  emailHash: string,
  now: Instant,
): Promise<void> => {
  const { programId, storeId } = store;
  const { prisma } = deps.database;
  const holder = await memberOfIdentity(prisma, emailIdentity(programId, emailHash));
  if (holder !== null) await claimFrom(deps, store, { customerId, emailHash }, holder, now);
  const account = await memberOfIdentity(prisma, customerIdentity(programId, storeId, customerId));
  if (account === null) return; // a member from the first order on
  for (const elsewhere of await accountsElsewhere(prisma, programId, storeId, emailHash)) {
    const member = await memberOfIdentity(prisma, customerIdentity(programId, elsewhere.storeId, elsewhere.customerId));
    if (member !== null && !(await isAnother(deps, store, customerId, member)))
      await becomeOne(deps, store, customerId, member, now);
  }
};

const claimFrom = async (
  deps: Deps,
  store: StoreRef,
  { customerId, emailHash }: { readonly customerId: PlatformId; readonly emailHash: string },
  holder: MemberId,
  now: Instant,
): Promise<void> => {
  const { programId, storeId } = store;
  if (await isAnother(deps, store, customerId, holder)) {
    // Another account of this shop had the address before. What it claimed stays its own; from now on the address is
    // this one's.
    await inTransaction(deps.database, (tx) => forgetIdentity(tx, emailIdentity(programId, emailHash)));
    return;
  }
  await inTransaction(deps.database, (tx) =>
    enrolMembers(deps, tx, [customerIdentity(programId, storeId, customerId)], now),
  );
  await becomeOne(deps, store, customerId, holder, now);
};

/** Whether a member is known by another customer of the store: then it is somebody else. */
const isAnother = async (
  deps: Deps,
  { programId, storeId }: StoreRef,
  customerId: PlatformId,
  member: MemberId,
): Promise<boolean> => {
  const ofStore = (await customersOf(deps.database.prisma, programId, member)).filter((one) => one.storeId === storeId);
  return ofStore.length > 0 && ofStore.every((one) => one.customerId !== customerId);
};

const becomeOne = async (
  deps: Deps,
  { programId, storeId }: StoreRef,
  customerId: PlatformId,
  other: MemberId,
  now: Instant,
): Promise<void> => {
  const account = await memberOfIdentity(deps.database.prisma, customerIdentity(programId, storeId, customerId));
  if (account === null || account === other) return;
  await mergeMembers(deps, programId, { from: other, to: account }, { kind: 'system' }, now);
};
