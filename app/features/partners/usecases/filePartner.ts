import { noStock } from '~/core/rewards/stock';
import type { ProgramId, RedemptionId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { ok, refuse, type Result } from '~/core/values/result';
import { localClockOf } from '~/core/values/zone';
import { inTransaction } from '~/db/inTransaction';
import { lockRedemption } from '~/db/spentRedemptions';
import { codesOf, giveCode, hasGiven, lockFreeCode, stocksOf } from '~/db/poolCodes';
import type { Partner, PartnerOrder } from '~/platforms/partner';
import type { PlatformFailure } from '~/platforms/platform';
import type { Deps } from '~/usecases/deps';
import { linkFor } from '../core/catalogueFile';
import { poolOfItem } from '../core/pools';
import { findOrder } from '../db/partnerOrders';
import { itemsOf, type PartnerKey } from '../db/partners';

type FileDeps = Pick<Deps, 'database' | 'secrets'>;

const soldOut = 'No code of this item is left.';

/**
 * A partner whose catalogue and codes the merchant uploads. An order takes the code that ends soonest, once, and is
 * delivered with it.
 */
export const filePartner = (
  deps: FileDeps,
  { programId, partnerId, timeZone }: PartnerKey & { readonly timeZone: string },
  now: Instant,
): Partner => {
  const { prisma } = deps.database;
  const key = { programId, partnerId };
  const today = localClockOf(now, timeZone).isoDate;
  return {
    catalogue: async () => ok((await itemsOf(prisma, key)).map(({ itemId, name, cost }) => ({ itemId, name, cost }))),
    quote: async (itemId) => {
      const item = (await itemsOf(prisma, key)).find((one) => one.itemId === itemId);
      if (item === undefined) return ok(null);
      const pool = poolOfItem(partnerId, itemId);
      const stock = (await stocksOf(prisma, programId, [pool], { today, since: instant(now) })).get(pool) ?? noStock;
      return ok({ cost: item.cost, available: stock.free > 0, needsEmail: false });
    },
    place: (order) => place(deps, key, order, today, now),
    status: async (reference) => {
      const code = await codeOf(deps, programId, reference);
      if (code === null) return ok({ kind: 'unknown' });
      const order = await findOrder(prisma, programId, reference);
      const item = (await itemsOf(prisma, key)).find(({ itemId }) => itemId === order?.itemId);
      return ok({ kind: 'delivered', code, link: item?.link == null ? null : linkFor(item.link, code) });
    },
  };
};

const place = (
  { database }: FileDeps,
  { programId, partnerId }: PartnerKey,
  { reference, itemId }: PartnerOrder,
  today: string,
  now: Instant,
): Promise<Result<null, PlatformFailure>> =>
  inTransaction(
    database,
    async (tx) => {
      // Of an order that is placed twice at the same time the second would find the last code put aside: sold out.
      await lockRedemption(tx, programId, reference);
      if (await hasGiven(tx, programId, reference)) return ok(null);
      const pool = { programId, poolId: poolOfItem(partnerId, itemId) };
      const free = await lockFreeCode(tx, pool, today);
      if (free === null) return refuse({ kind: 'refused', reasons: [soldOut] });
      await giveCode(tx, pool, free, reference, now);
      return ok(null);
    },
    ['23505'],
  );

const codeOf = async (
  { database, secrets }: FileDeps,
  programId: ProgramId,
  reference: RedemptionId,
): Promise<string | null> => {
  const sealed = (await codesOf(database.prisma, programId, [reference])).get(reference);
  return sealed === undefined ? null : secrets.decrypt(sealed);
};
