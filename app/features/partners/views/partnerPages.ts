import type { PartnerItem } from '~/core/rewards/partners';
import { noStock, type PoolStock } from '~/core/rewards/stock';
import { instant, type Instant } from '~/core/values/instant';
import { localClockOf } from '~/core/values/zone';
import { stocksOf } from '~/db/poolCodes';
import type { Store } from '~/db/stores';
import type { Deps } from '~/usecases/deps';
import { poolOfItem } from '../core/pools';
import { orderCounts, type OrderCounts } from '../db/partnerOrders';
import { findPartner, partnersOf, type PartnerKind, type PartnerRecord } from '../db/partners';
import { partnerOf } from '../usecases/partnerOf';

type PageDeps = Pick<Deps, 'database' | 'secrets' | 'partnerAt'>;
type OfStore = Pick<Store, 'programId' | 'timeZone'>;

/** A partner as pages see it: never its secret. */
export type PartnerCard = {
  readonly id: string;
  readonly name: string;
  readonly kind: PartnerKind;
  readonly address: string;
  readonly orders: OrderCounts;
};

/** An item of its catalogue. `free`: so many codes are left; null: the partner knows. */
export type ListedItem = PartnerItem & { readonly free: number | null };

/** A partner with its catalogue; `items` null: it does not answer. */
export type PartnerPage = { readonly partner: PartnerCard; readonly items: readonly ListedItem[] | null };

/** What became of a wish on its page: what was wrong (nothing: it is done), and how many a file brought. */
export type PartnerAnswer = {
  readonly intent: 'set_up' | 'catalogue' | 'codes' | 'remove';
  readonly problems: readonly string[];
  readonly count: number;
};

const cardOf = (record: PartnerRecord, counts: ReadonlyMap<string, OrderCounts>): PartnerCard => ({
  id: record.partnerId,
  name: record.name,
  kind: record.kind,
  address: record.address ?? '',
  orders: counts.get(record.partnerId) ?? { open: 0, delivered: 0 },
});

/** The partners of a program, and how the orders there stand. */
export const partnersPage = async (
  { database: { prisma } }: Pick<Deps, 'database'>,
  { programId }: OfStore,
): Promise<readonly PartnerCard[]> => {
  const counts = await orderCounts(prisma, programId);
  return (await partnersOf(prisma, programId)).map((record) => cardOf(record, counts));
};

/** One partner with its catalogue as it is now; null: there is none. */
export const partnerPage = async (
  deps: PageDeps,
  store: OfStore,
  partnerId: string,
  now: Instant,
): Promise<PartnerPage | null> => {
  const { programId, timeZone } = store;
  const { prisma } = deps.database;
  const record = await findPartner(prisma, { programId, partnerId });
  if (record === null) return null;
  const partner = cardOf(record, await orderCounts(prisma, programId));
  const catalogue = await partnerOf(deps, record, timeZone, now).catalogue();
  if (!catalogue.ok) return { partner, items: null };
  if (record.kind === 'http') return { partner, items: catalogue.value.map((item) => ({ ...item, free: null })) };
  const stocks = await stocksIn(deps, store, partnerId, catalogue.value, now);
  const items = catalogue.value.map((item) => ({
    ...item,
    free: (stocks.get(poolOfItem(partnerId, item.itemId)) ?? noStock).free,
  }));
  return { partner, items };
};

const stocksIn = (
  { database }: PageDeps,
  { programId, timeZone }: OfStore,
  partnerId: string,
  items: readonly PartnerItem[],
  now: Instant,
): Promise<ReadonlyMap<string, PoolStock>> =>
  stocksOf(
    database.prisma,
    programId,
    items.map(({ itemId }) => poolOfItem(partnerId, itemId)),
    { today: localClockOf(now, timeZone).isoDate, since: instant(now) },
  );

/** What a reward can be of: every partner with its catalogue; `items` null: it does not answer now. */
export const partnerItems = (
  deps: PageDeps,
  { programId, timeZone }: OfStore,
  now: Instant,
): Promise<readonly { readonly id: string; readonly name: string; readonly items: readonly PartnerItem[] | null }[]> =>
  partnersOf(deps.database.prisma, programId).then((records) =>
    Promise.all(
      records.map(async (record) => {
        const catalogue = await partnerOf(deps, record, timeZone, now).catalogue();
        return { id: record.partnerId, name: record.name, items: catalogue.ok ? catalogue.value : null };
      }),
    ),
  );
