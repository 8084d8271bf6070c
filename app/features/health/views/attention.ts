import type { ProgramDocument } from '~/core/program/document';
import { restingAt, type Resting } from '~/core/program/resting';
import { leastPoints, rewardsOffered } from '~/core/rewards/section';
import { largeWorth } from '~/core/program/pointValue';
import { thingsInForce, thingsNamed, type ThingsNamed } from '~/core/program/thingsNamed';
import { instant, type Instant } from '~/core/values/instant';
import { auditsOf } from '~/features/health/db/audits';
import type { Database } from '~/db/database';
import { draftOf } from '~/db/drafts';
import { highestBalance, pointsByHand } from '~/db/figures';
import { followerStates } from '~/db/followers';
import { currenciesBeside } from '~/db/orderLists';
import { reconciliationsOf } from '~/db/reconciliations';
import type { Store } from '~/db/stores';
import { countUnreadable } from '~/db/unreadable';
import { privacyAttention } from '~/views/privacyRequests';

/** What a merchant should look at, of what happens without anybody asking. */
export type Attention = {
  /** What did not add up when the ledger was checked last. */
  readonly violations: number;
  /** Points that the last comparison with the shop's orders put right. */
  readonly drift: number;
  /** A draft that was to publish itself at a time did not. */
  readonly notPublished: boolean;
  /** Messages of the shop that could not be read. */
  readonly unread: number;
  /** Parts that follow what happens to members, and fail now. */
  readonly followers: number;
  /** Requests in the name of the law that are not done, and those of them near their deadline or beyond it. */
  readonly privacyOpen: number;
  readonly privacyUrgent: number;
  /**
   * Points that staff and files gave in the last seven days, when they make the liability jump, and what they may cost.
   */
  readonly jump: { readonly points: number; readonly worthMinor: number } | null;
  /** Members have nothing to spend points on: no reward is on offer, or none that anybody can afford. */
  readonly rewards: { readonly least: number | null; readonly most: number } | null;
  /** What of the program does nothing at the moment. */
  readonly resting: readonly Resting[];
  /** Currencies in which members ordered in the last 60 days, and in which the program gives nothing. */
  readonly unrated: readonly string[];
  /** What rules and rewards that are on name of the shop: whether it is there still, the page asks the shop. */
  readonly named: ThingsNamed;
};

const dayMs = 86_400_000;
const weekMs = 7 * dayMs;
const unratedMs = 60 * dayMs;
// Of what members held before.
const jumpPercent = 10;

const jumpOf = async (
  prisma: Database['prisma'],
  store: Store,
  document: ProgramDocument,
  now: Instant,
): Promise<Attention['jump']> => {
  const { byHand, held } = await pointsByHand(prisma, store.programId, instant(now - weekMs));
  const worthMinor = byHand > 0 ? largeWorth(document, byHand, store.currency) : null;
  return worthMinor === null || byHand * 100 < (held - byHand) * jumpPercent ? null : { points: byHand, worthMinor };
};

const rewardsOf = async (
  prisma: Database['prisma'],
  store: Store,
  document: ProgramDocument,
): Promise<Attention['rewards']> => {
  if (document.earning.rates.length === 0) return null;
  const least = leastPoints(rewardsOffered(document.rewards, store.currency));
  const most = await highestBalance(prisma, store.programId);
  return most === null || (least !== null && most >= least) ? null : { least, most };
};

const unratedIn = async (
  prisma: Database['prisma'],
  store: Store,
  { earning: { rates } }: ProgramDocument,
  now: Instant,
): Promise<readonly string[]> => {
  const since = instant(now - unratedMs);
  return rates.length === 0
    ? []
    : currenciesBeside(
        prisma,
        store,
        rates.map(({ currency }) => currency),
        since,
      );
};

/** Everything that needs attention in a shop's program now. */
export const attention = async (
  database: Pick<Database, 'prisma'>,
  store: Store,
  document: ProgramDocument,
  now: Instant,
): Promise<Attention> => {
  const { prisma } = database;
  const { programId, storeId } = store;
  const audits = await auditsOf(prisma, programId, 2);
  const [run] = await reconciliationsOf(prisma, programId, storeId, 1);
  return {
    violations: audits.find(({ finishedAt }) => finishedAt !== null)?.violations.length ?? 0,
    drift: run?.drift ?? 0,
    notPublished: ((await draftOf(prisma, programId))?.failure ?? null) !== null,
    unread: await countUnreadable(prisma, programId, storeId),
    followers: (await followerStates(prisma)).filter(({ attempts }) => attempts > 0).length,
    ...(await privacyAttention(database, store, now)),
    jump: await jumpOf(prisma, store, document, now),
    rewards: await rewardsOf(prisma, store, document),
    resting: restingAt(document, now),
    unrated: await unratedIn(prisma, store, document, now),
    named: thingsNamed(thingsInForce(document)),
  };
};
