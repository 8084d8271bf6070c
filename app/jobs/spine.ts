import type { EntryId } from '~/core/values/ids';
import { forgetDrafts } from '~/usecases/drafts/forgetDrafts';
import { publishedAtOnce, publishScheduled } from '~/usecases/drafts/publishScheduled';
import { forgetCallers } from '~/usecases/forgetCallers';
import { forgetUnreadable } from '~/usecases/keepUnreadable';
import { matureMembers, maturedAtOnce } from '~/usecases/matureMembers';
import { runOpenRequests } from '~/usecases/privacy/runRequest';
import { reconcileDaily } from '~/usecases/reconcileStore';
import { requalifiedAtOnce, requalifyMembers } from '~/usecases/requalifyMembers';
import { carriedOutAtOnce, carryOutTransfers } from '~/usecases/transfers/carryOutTransfer';
import { finishedAtOnce, finishRedemptions } from '~/usecases/finishRedemption';
import type { Job, Sweep } from './job';
import { claimGuestJob } from './kinds/claimGuest';
import { forgetProductJob } from './kinds/forgetProduct';
import { mergeCustomersJob } from './kinds/mergeCustomers';
import { noteCustomerJob } from './kinds/noteCustomer';
import { noteLabelsJob } from './kinds/noteLabels';
import { publishMemberJob } from './kinds/publishMember';
import { publishProgramJob } from './kinds/publishProgram';
import { readOrderJob } from './kinds/readOrder';
import { reconcileStoreJob } from './kinds/reconcileStore';
import { runPrivacyJob } from './kinds/runPrivacy';
import { settleMemberJob } from './kinds/settleMember';
import { settleOrderJob } from './kinds/settleOrder';

/** The jobs of the spine; wings bring their own. */
export const spineJobs: readonly Job[] = [
  settleOrderJob,
  readOrderJob,
  settleMemberJob,
  noteCustomerJob,
  noteLabelsJob,
  claimGuestJob,
  mergeCustomersJob,
  forgetProductJob,
  publishMemberJob,
  publishProgramJob,
  reconcileStoreJob,
  runPrivacyJob,
];

const seldomMs = 600_000;

/** What the clock brings about in the spine, in the order in which a tick does it. */
export const spineSweeps: readonly Sweep[] = [
  {
    name: 'publish scheduled drafts',
    everyMs: 0,
    atOnce: publishedAtOnce,
    inReplay: false,
    step: ({ deps, clock }) => publishScheduled(deps, clock()),
  },
  {
    name: 'finish redemptions',
    everyMs: 0,
    atOnce: finishedAtOnce,
    inReplay: true,
    step: ({ deps, clock }) => finishRedemptions(deps, clock()),
  },
  {
    name: 'carry out transfers',
    everyMs: 0,
    atOnce: carriedOutAtOnce,
    inReplay: true,
    step: ({ deps, clock }) => carryOutTransfers(deps, clock()),
  },
  {
    name: 'mature members',
    everyMs: 0,
    atOnce: maturedAtOnce,
    inReplay: true,
    step: ({ deps, clock }) => matureMembers(deps, clock()),
  },
  {
    name: 'requalify members',
    everyMs: 0,
    atOnce: requalifiedAtOnce,
    inReplay: true,
    step: ({ deps, clock }) => requalifyMembers(deps, clock()),
  },
  {
    name: 'forget unreadable deliveries',
    everyMs: seldomMs,
    atOnce: null,
    inReplay: false,
    step: ({ deps, clock }) => forgetUnreadable(deps, clock()).then(() => 0),
  },
  {
    name: 'forget replaced drafts',
    everyMs: seldomMs,
    atOnce: null,
    inReplay: false,
    step: ({ deps, clock }) => forgetDrafts(deps, clock()),
  },
  {
    name: 'forget callers',
    everyMs: seldomMs,
    atOnce: null,
    inReplay: false,
    step: ({ deps, clock }) => forgetCallers(deps, clock()).then(() => 0),
  },
  {
    name: 'carry out open privacy requests',
    everyMs: seldomMs,
    atOnce: null,
    inReplay: false,
    step: async ({ deps, clock }) => (await runOpenRequests(deps, clock())).length,
  },
  {
    name: 'reconcile stores once a day',
    everyMs: 0,
    atOnce: null,
    inReplay: false,
    step: ({ deps, clock }) => reconcileDaily(deps, () => deps.newId<EntryId>(), clock()),
  },
];
