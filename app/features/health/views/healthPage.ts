import { instant, type Instant } from '~/core/values/instant';
import { auditsOf, type Audit } from '~/features/health/db/audits';
import type { Database } from '~/db/database';
import { followerStates, isHeldUp, type FollowerState } from '~/db/followers';
import { findingsOf, unratedOf, type OrderFinding, type UnratedCurrency } from '~/db/orderLists';
import { reconciliationsOf, type Reconciliation } from '~/db/reconciliations';
import type { Store } from '~/db/stores';
import { unreadableOf, type UnreadableView } from '~/db/unreadable';
import { askedOrderOf } from '~/usecases/keepUnreadable';
import { privacyRequests, type PrivacyView } from '~/views/privacyRequests';

const runsShown = 14;
const findingsShown = 20;
const unratedDays = 60;

/** A message that could not be read; `canTry`: it is there to be read again. */
export type UnreadMessage = Pick<UnreadableView, 'id' | 'topic' | 'reason' | 'receivedAt' | 'bytes'> & {
  readonly canTry: boolean;
};

const unreadMessage = ({ webhookId, hasBody, ...message }: UnreadableView): UnreadMessage => ({
  ...message,
  canTry: hasBody || askedOrderOf(webhookId) !== null,
});

/** Whether the ledger adds up, and what the comparisons with the shop's orders found. */
export type HealthPage = {
  /** The last check of the ledger that ended; null: none yet. */
  readonly audit: Audit | null;
  readonly isAuditing: boolean;
  readonly runs: readonly Reconciliation[];
  readonly findings: readonly OrderFinding[];
  readonly unread: readonly UnreadMessage[];
  /** Of the last 60 days. */
  readonly unrated: readonly UnratedCurrency[];
  readonly privacy: readonly PrivacyView[];
  /** Those who follow what happens to members, and fail or missed something. */
  readonly followers: readonly FollowerState[];
};

export const healthPage = async (
  database: Pick<Database, 'prisma'>,
  store: Store,
  now: Instant,
): Promise<HealthPage> => {
  const { prisma } = database;
  const { programId, storeId } = store;
  return {
    ...(await lastAudit(prisma, programId)),
    runs: await reconciliationsOf(prisma, programId, storeId, runsShown),
    unread: (await unreadableOf(prisma, programId, storeId, findingsShown)).map(unreadMessage),
    findings: await findingsOf(prisma, { programId, storeId }, findingsShown),
    unrated: await unratedOf(prisma, { programId, storeId }, instant(now - unratedDays * 86_400_000)),
    privacy: await privacyRequests(database, store, now),
    followers: (await followerStates(prisma)).filter(isHeldUp),
  };
};

const lastAudit = async (
  prisma: Database['prisma'],
  programId: Store['programId'],
): Promise<Pick<HealthPage, 'audit' | 'isAuditing'>> => {
  const audits = await auditsOf(prisma, programId, 2);
  return {
    audit: audits.find(({ finishedAt }) => finishedAt !== null) ?? null,
    isAuditing: audits[0]?.finishedAt === null,
  };
};
