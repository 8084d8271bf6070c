import type { Reward, RewardOf } from '~/core/rewards/section';
import { isLow, lateDays, noStock, warningStock, type PoolStock } from '~/core/rewards/stock';
import { instant, type Instant } from '~/core/values/instant';
import type { LocalizedText } from '~/core/values/text';
import { localClockOf } from '~/core/values/zone';
import type { Database } from '~/db/database';
import { draftOf } from '~/db/drafts';
import { currentProgram } from '~/db/programs';
import { stocksOf } from '~/db/poolCodes';
import type { Store } from '~/db/stores';

type OfStore = Pick<Store, 'programId' | 'timeZone'>;

const dayMs = 86_400_000;

const stocks = ({ prisma }: Pick<Database, 'prisma'>, store: OfStore, pools: readonly string[], now: Instant) =>
  stocksOf(prisma, store.programId, pools, {
    today: localClockOf(now, store.timeZone).isoDate,
    since: instant(now - lateDays * dayMs),
  });

/** How one pool stands. */
export const poolStock = async (
  database: Pick<Database, 'prisma'>,
  store: OfStore,
  poolId: string,
  now: Instant,
): Promise<PoolStock> => (await stocks(database, store, [poolId], now)).get(poolId) ?? noStock;

/** A pool with the names of the rewards that give from it: of the draft, where there is one, as its page says them. */
export const poolPage = async (
  database: Pick<Database, 'prisma'>,
  store: OfStore,
  poolId: string,
  now: Instant,
): Promise<{ readonly stock: PoolStock; readonly names: readonly LocalizedText[] }> => {
  const { document } =
    (await draftOf(database.prisma, store.programId)) ?? (await currentProgram(database.prisma, store.programId)) ?? {};
  const rewards = document?.rewards.filter(givesCodes).filter((reward) => reward.poolId === poolId) ?? [];
  return { stock: await poolStock(database, store, poolId, now), names: rewards.map(({ name }) => name) };
};

/** A reward on offer whose codes run out: so many are left, and below so many it is told. */
export type LowPool = {
  readonly poolId: string;
  readonly name: LocalizedText;
  readonly free: number;
  readonly warnsBelow: number;
};

const givesCodes = (reward: Reward): reward is RewardOf<'pool_code'> => reward.kind === 'pool_code';
const isOnOffer = (reward: Reward): reward is RewardOf<'pool_code'> => givesCodes(reward) && reward.enabled;

/** The rewards on offer of which few codes are left, in the order of the program. */
export const lowPools = async (
  database: Pick<Database, 'prisma'>,
  store: OfStore,
  now: Instant,
): Promise<readonly LowPool[]> => {
  const program = await currentProgram(database.prisma, store.programId);
  const rewards = program?.document.rewards.filter(isOnOffer) ?? [];
  if (rewards.length === 0) return [];
  const pools = [...new Set(rewards.map(({ poolId }) => poolId))];
  const known = await stocks(database, store, pools, now);
  return rewards.flatMap(({ poolId, name, warnAt }) => {
    const stock = known.get(poolId) ?? noStock;
    return isLow(stock, warnAt) ? [{ poolId, name, free: stock.free, warnsBelow: warningStock(stock, warnAt) }] : [];
  });
};
