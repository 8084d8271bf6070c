import { backBy, type Redemption } from '~/core/redemptions/states';
import { balanceOf } from '~/core/ledger/balance';
import { ledgerAt } from '~/core/ledger/repay';
import type { Balance } from '~/core/ledger/types';
import { memberBalance } from '~/core/storefront/memberSummary';
import type { MemberSummary } from '~/core/storefront/summary';
import type { LocalizedText } from '~/core/values/text';
import type { TierChange } from '~/core/tiers/clock';
import { asId, isUuid, type EntryId, type MemberId, type ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { Database } from '~/db/database';
import { entriesOf, type EntryView } from '~/db/entries';
import { loadLedgers } from '~/db/ledger';
import { findMember, survivorOf } from '~/db/memberLists';
import { tierOf } from '~/db/members';
import { currentProgram } from '~/db/programs';
import { tierChangesOf } from '~/db/tiers';
import { ordersOf, type OrderListItem } from '~/db/orderLists';
import { redemptionsOf, type RedemptionRecord } from '~/db/redemptions';
import { storesOf, type Store } from '~/db/stores';
import type { CustomerCard, Platform } from '~/platforms/platform';

export type { EntryView };

/** Everything about one member on one page. */
export type MemberPage = {
  readonly memberId: MemberId;
  readonly card: CustomerCard | null;
  /** The shop could not be asked for the name. */
  readonly nameMissing: boolean;
  /** The member that this one was merged into: what it had is there. null: it was not. */
  readonly mergedInto: MemberId | null;
  readonly createdAt: Instant;
  readonly balance: Balance;
  readonly entries: readonly EntryView[];
  readonly nextEntry: EntryId | null;
  readonly orders: readonly OrderListItem[];
  /** `backBy`: when the points of one that has ended unused are back at the latest. */
  readonly redemptions: readonly (Redemption & Pick<RedemptionRecord, 'grant'> & { readonly backBy: Instant })[];
  /** null: the program has no tiers. `changes`: the newest first. */
  readonly tiers: {
    readonly current: string | null;
    readonly levels: readonly { readonly id: string; readonly name: LocalizedText }[];
    /** In which the tiers count spend. */
    readonly currency: string;
    readonly changes: readonly TierChange[];
  } | null;
  /** Points that lapse next, and the last local day on which they can be spent. */
  readonly expiring: MemberSummary['expiring'];
};

const pageSize = 30;

const tiersOf = async (
  prisma: Database['prisma'],
  { programId }: Store,
  memberId: MemberId,
): Promise<MemberPage['tiers']> => {
  const tiers = (await currentProgram(prisma, programId))?.document.tiers ?? null;
  if (tiers === null) return null;
  return {
    current: await tierOf(prisma, programId, memberId),
    levels: tiers.levels.map(({ id, name }) => ({ id, name })),
    currency: tiers.currency,
    changes: await tierChangesOf(prisma, programId, memberId, 10),
  };
};

/** A member, with the entries before another one; null when the program has no such member. */
export const memberPage = async (
  { prisma }: Pick<Database, 'prisma'>,
  platform: Pick<Platform, 'readCustomers'>,
  store: Store,
  { id, before }: { readonly id: string; readonly before: string | null },
  now: Instant,
): Promise<MemberPage | null> => {
  const { programId } = store;
  const member = isUuid(id) ? await findMember(prisma, programId, asId<MemberId>(id)) : null;
  if (member === null) return null;
  const { memberId } = member;
  const from = before !== null && isUuid(before) ? asId<EntryId>(before) : null;
  const mine = member.customers.filter(({ storeId }) => storeId === store.storeId).map(({ customerId }) => customerId);
  const [[loaded], entries, cards, orders, redemptions, tiers] = await Promise.all([
    loadLedgers(prisma, [{ programId, memberId }]),
    entriesOf(prisma, programId, memberId, from, pageSize + 1),
    platform.readCustomers(mine),
    ordersOf(prisma, programId, memberId, 20),
    redemptionsOf(prisma, programId, memberId, 20),
    tiersOf(prisma, store, memberId),
  ]);
  const open = loaded === undefined ? { memberId, slices: [], debts: [] } : ledgerAt(loaded.open, now);
  return {
    memberId,
    card: cards.ok ? (cards.value[0] ?? null) : null,
    nameMissing: !cards.ok,
    mergedInto: await survivorOf(prisma, programId, memberId),
    createdAt: member.createdAt,
    balance: balanceOf(open, now),
    entries: entries.slice(0, pageSize),
    nextEntry: entries.length > pageSize ? (entries[pageSize - 1]?.id ?? null) : null,
    orders,
    redemptions: await withReturns(prisma, programId, redemptions),
    tiers,
    expiring: memberBalance(open, [], store, now).expiring,
  };
};

// How long points wait is each store's own.
const withReturns = async (
  prisma: Database['prisma'],
  programId: ProgramId,
  redemptions: readonly RedemptionRecord[],
): Promise<MemberPage['redemptions']> => {
  const stores = redemptions.length === 0 ? [] : await storesOf(prisma, programId);
  const minutesOf = new Map(stores.map(({ storeId, codeHoldMinutes }) => [storeId, codeHoldMinutes]));
  return redemptions.map((one) => ({ ...one, backBy: backBy(one, minutesOf.get(one.storeId) ?? 0) }));
};
