import type { MemberId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { eraseRows, withoutNothing, type Counts } from '~/db/eraseCustomer';
import { deleteStore, endRedemptionsOf, forgetShop, hasOtherStore, membersOnlyOf } from '~/db/eraseStore';
import { inTransaction } from '~/db/inTransaction';
import {
  addProof,
  forgetRequestFile,
  markRequestDone,
  requestsWithContent,
  type PrivacyRequest,
} from '~/db/privacyRequests';
import type { Deps } from '../deps';
import { releaseRedemption } from '../releaseRedemption';

type Place = NonNullable<PrivacyRequest['place']>;
const membersAtOnce = 500;

/**
 * Erases everything of a store, and with its last store the whole program, ledger included. First nothing leads to the
 * shop any more, then its rows go, some thousands at a time: stopped half-way, it goes on where it was. In a program
 * with other stores the ledger stays; members who were known by this store only are not recognised any more. Answers
 * whether the whole program went.
 */
export const eraseShop = async (
  deps: Deps,
  place: Place | null,
  request: PrivacyRequest,
  domain: string,
  now: Instant,
): Promise<{ readonly whole: boolean }> => {
  const { prisma } = deps.database;
  const note = (counts: Counts): Promise<void> => addProof(prisma, request.id, withoutNothing(counts));
  const whole = place !== null && !(await hasOtherStore(prisma, place));
  if (place !== null && !whole) await giveBack(deps, place, now);
  await inTransaction(deps.database, async (tx) =>
    addProof(tx, request.id, withoutNothing(await forgetShop(tx, domain))),
  );
  if (place !== null && !whole) await forgetMembers(deps, place, note);
  if (place !== null) for await (const counts of deleteStore(prisma, deps.tables, place, whole)) await note(counts);
  await closeOthers(deps, request, now);
  return { whole };
};

// Points that are held for codes of the store: its members may be another store's, too.
const giveBack = async (deps: Deps, place: Place, now: Instant): Promise<void> => {
  for (const id of await endRedemptionsOf(deps.database.prisma, place, now)) {
    await releaseRedemption(deps, place.programId, id, { because: 'cancelled', words: null }, now);
  }
};

const forgetMembers = async (deps: Deps, place: Place, note: (counts: Counts) => Promise<void>): Promise<void> => {
  let after: MemberId | null = null;
  for (;;) {
    const members: readonly MemberId[] = await membersOnlyOf(deps.database.prisma, place, after, membersAtOnce);
    if (members.length === 0) return;
    await note(
      await inTransaction(deps.database, (tx) =>
        eraseRows(tx, deps.tables, { ...place, members, customers: [], hashes: [] }),
      ),
    );
    after = members.at(-1) ?? null;
  }
};

// What else the shop's requests hold is about its customers, of whom nothing is left.
const closeOthers = async ({ database }: Deps, request: PrivacyRequest, now: Instant): Promise<void> => {
  for (const other of await requestsWithContent(database.prisma, request.shopHash)) {
    if (other.id === request.id) continue;
    await markRequestDone(database.prisma, other.id, now);
    await forgetRequestFile(database.prisma, other.id);
  }
};
