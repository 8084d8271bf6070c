import type { Slice } from '~/core/ledger/types';
import type { TierChange } from '~/core/tiers/clock';
import { asId, type EntryId, type MemberId, type PlatformId, type ProgramId, type StoreId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { points } from '~/core/values/points';
import { toView, type EntryView } from './entries';
import type { Tx } from './inTransaction';
import type { OrderRecord } from '~/core/settlement/records';
import { ordersOfProgram } from './orders';
import { toRecord as toRedemption, type RedemptionRecord } from './redemptions';

/** Whole tables of one program, for exports and reports of small houses. */
type Client = Pick<Tx, 'member' | 'entry' | 'lot' | 'redemption' | '$queryRawUnsafe'>;

export type ReportMember = {
  readonly memberId: MemberId;
  readonly tier: string | null;
  readonly mergedInto: MemberId | null;
  readonly customers: readonly { readonly storeId: StoreId; readonly customerId: PlatformId }[];
  readonly isGuest: boolean;
  readonly changes: readonly TierChange[];
};

export const allMembers = async (client: Client, programId: ProgramId): Promise<readonly ReportMember[]> =>
  (
    await client.member.findMany({
      where: { programId },
      orderBy: { id: 'asc' },
      select: { id: true, tier: true, mergedInto: true, identities: true, tierChanges: { orderBy: { n: 'asc' } } },
    })
  ).map((row) => ({
    memberId: asId<MemberId>(row.id),
    tier: row.tier,
    mergedInto: row.mergedInto === null ? null : asId<MemberId>(row.mergedInto),
    customers: row.identities
      .filter(({ kind }) => kind === 'customer')
      .map(({ scope, value }) => ({ storeId: asId<StoreId>(scope), customerId: asId<PlatformId>(value) })),
    isGuest: row.identities.some(({ kind }) => kind === 'email'),
    changes: row.tierChanges.map(({ at, tierId, cause }) => ({
      at: instant(at.getTime()),
      tierId,
      cause: cause as TierChange['cause'],
    })),
  }));

export type ReportEntry = EntryView & { readonly key: string };

export const allEntries = async (client: Client, programId: ProgramId): Promise<readonly ReportEntry[]> =>
  (await client.entry.findMany({ where: { programId }, orderBy: { id: 'asc' } })).map((row) => ({
    ...toView(row),
    key: row.key,
  }));

export type ReportLot = Slice & { readonly memberId: MemberId };

export const allLots = async (client: Client, programId: ProgramId): Promise<readonly ReportLot[]> =>
  (
    await client.lot.findMany({ where: { programId }, orderBy: [{ openedAt: 'asc' }, { id: 'asc' }, { slice: 'asc' }] })
  ).map((row) => ({
    memberId: asId<MemberId>(row.memberId),
    lotId: asId<EntryId>(row.id),
    slice: row.slice,
    size: points(Number(row.size)),
    remaining: points(Number(row.remaining)),
    originOrder:
      row.originStoreId === null || row.originOrderId === null
        ? null
        : { storeId: asId<StoreId>(row.originStoreId), orderId: asId<PlatformId>(row.originOrderId) },
    openedAt: instant(row.openedAt.getTime()),
    availableAt: instant(row.availableAt.getTime()),
    expiresAt: row.expiresAt === null ? null : instant(row.expiresAt.getTime()),
    key: row.key,
  }));

export const allRedemptions = async (client: Client, programId: ProgramId): Promise<readonly RedemptionRecord[]> =>
  (await client.redemption.findMany({ where: { programId }, orderBy: { heldAt: 'asc' } })).map(toRedemption);

export const allOrders = (client: Client, programId: ProgramId): Promise<readonly OrderRecord[]> =>
  ordersOfProgram(client, programId);
