import type { Redemption } from '~/core/redemptions/states';
import { balanceOf } from '~/core/ledger/balance';
import { applyPlan } from '~/core/ledger/plan';
import { repayDebts } from '~/core/ledger/repay';
import type { Balance } from '~/core/ledger/types';
import { asId, isUuid, type EntryId, type MemberId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { Database } from '~/db/database';
import { entriesOf, type EntryView } from '~/db/entries';
import { loadLedgers } from '~/db/ledger';
import { findMember } from '~/db/memberLists';
import { ordersOf, type OrderListItem } from '~/db/orders';
import { redemptionsOf } from '~/db/redemptions';
import type { Store } from '~/db/stores';
import type { CustomerCard, Platform } from '~/platforms/platform';

export type { EntryView };

/** Everything about one member on one page. */
export type MemberPage = {
  readonly memberId: MemberId;
  readonly card: CustomerCard | null;
  readonly createdAt: Instant;
  readonly balance: Balance;
  readonly entries: readonly EntryView[];
  readonly nextEntry: EntryId | null;
  readonly orders: readonly OrderListItem[];
  readonly redemptions: readonly Redemption[];
};

const pageSize = 30;

/** null when the program has no such member. */
export const memberPage = async (
  { prisma }: Pick<Database, 'prisma'>,
  platform: Pick<Platform, 'readCustomers'>,
  store: Store,
  id: string,
  before: string | null,
  now: Instant,
): Promise<MemberPage | null> => {
  const { programId } = store;
  const member = isUuid(id) ? await findMember(prisma, programId, asId<MemberId>(id)) : null;
  if (member === null) return null;
  const { memberId } = member;
  const [loaded] = await loadLedgers(prisma, [{ programId, memberId }]);
  const open = loaded === undefined ? { memberId, slices: [], debts: [] } : applyPlan(loaded.open, repayDebts(loaded.open, now));
  const from = before !== null && isUuid(before) ? asId<EntryId>(before) : null;
  const entries = await entriesOf(prisma, programId, memberId, from, pageSize + 1);
  const mine = member.customers.filter(({ storeId }) => storeId === store.storeId).map(({ customerId }) => customerId);
  const cards = await platform.readCustomers(mine);
  return {
    memberId,
    card: cards.ok ? (cards.value[0] ?? null) : null,
    createdAt: member.createdAt,
    balance: balanceOf(open, now),
    entries: entries.slice(0, pageSize),
    nextEntry: entries.length > pageSize ? (entries[pageSize - 1]?.id ?? null) : null,
    orders: await ordersOf(prisma, programId, memberId, 20),
    redemptions: await redemptionsOf(prisma, programId, memberId, 20),
  };
};
