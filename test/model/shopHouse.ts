import { randomUUID } from 'node:crypto';
import { asId, type MemberId, type PlatformId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { customerIdentity } from '~/core/orders/owner';
import { memberOfIdentity } from '~/db/identities';
import { adjustPoints } from '~/usecases/adjustPoints';
import { cancelRedemption } from '~/usecases/cancelRedemption';
import { mergeCustomers } from '~/usecases/mergeCustomers';
import { matureMembers } from '~/usecases/matureMembers';
import { reconcileStore, startReconciliation } from '~/usecases/reconcileStore';
import { redeemReward } from '~/usecases/redeemReward';
import { finishRedemptions } from '~/usecases/finishRedemption';
import type { Tenant } from 'test/support/world';
import type { House } from './house';

const customerId = (customer: number): PlatformId => asId<PlatformId>(String(customer));

/** The use cases on a database, with a shop in memory. */
export const shopHouse = ({ deps, store, shop, settle, balance, audit }: Tenant): House => {
  const { prisma } = deps.database;
  const { programId, storeId } = store;
  const memberOf = (customer: number): Promise<MemberId | null> =>
    memberOfIdentity(prisma, customerIdentity(programId, storeId, customerId(customer)));
  const whereOf = async (customer: number) => ({ programId, memberId: (await memberOf(customer)) ?? randomUUID() });
  return {
    place: shop.place,
    codes: shop.codes,
    settle,
    tick: async (now) => {
      await finishRedemptions(deps, now);
      await matureMembers(deps, now);
    },
    redeem: async (redemptionId, customer, points, now) => {
      const wish = { redemptionId, customerId: customerId(customer), rewardId: 'as-you-like', points, cart: null };
      const redeemed = await redeemReward(deps, store, wish, now);
      return redeemed.ok ? redeemed.value.code : null;
    },
    giveBack: async (id, customer, now) => void (await cancelRedemption(deps, store, customerId(customer), id, now)),
    adjust: async (customer, points, now) => {
      const memberId = await memberOf(customer);
      if (memberId === null) return false;
      const adjustment = {
        clientId: randomUUID(),
        memberId,
        points,
        reason: 'model',
        actor: { kind: 'system' as const },
        by: 'model',
      };
      return (await adjustPoints(deps, programId, adjustment, now)).ok;
    },
    merge: (gone, kept, now) => mergeCustomers(deps, store, { gone: customerId(gone), kept: customerId(kept) }, now),
    reconcile: async (now) => {
      const id = await startReconciliation(deps, store, randomUUID(), now);
      await reconcileStore(deps, store, id, now);
    },
    audit,
    stateOf: async (id) =>
      (await prisma.redemption.findUniqueOrThrow({ where: { programId_id: { programId, id } } })).state as Awaited<
        ReturnType<House['stateOf']>
      >,
    sumsOf: async (customer) => {
      const entries = await prisma.entry.findMany({
        where: await whereOf(customer),
        select: { kind: true, key: true, points: true, forgiven: true },
      });
      const sum = (values: readonly bigint[]): number => Number(values.reduce((all, one) => all + one, 0n));
      return {
        points: sum(entries.map(({ points }) => points)),
        forgiven: sum(entries.map(({ forgiven }) => forgiven)),
        expired:
          0 -
          sum(
            entries
              .filter(({ kind, key }) => kind === 'expire' || key.startsWith('revive:'))
              .map(({ points }) => points),
          ),
      };
    },
    activitiesOf: async (customer) => {
      const entries = await prisma.entry.findMany({
        where: { ...(await whereOf(customer)), kind: { in: ['award', 'bonus', 'referral', 'redeem'] } },
      });
      return entries.map(({ occurredAt }) => instant(occurredAt.getTime()));
    },
    lotsOf: async (customer) =>
      (await prisma.lot.findMany({ where: await whereOf(customer) })).map((lot) => ({
        openedAt: instant(lot.openedAt.getTime()),
        availableAt: instant(lot.availableAt.getTime()),
        expiresAt: lot.expiresAt === null ? null : instant(lot.expiresAt.getTime()),
        ofOrder: lot.originOrderId !== null,
        slice: lot.slice,
        remaining: Number(lot.remaining),
      })),
    available: async (customer, now) => (await balance(now, String(customer))).available,
  };
};
