import { isMadeElsewhere, lifecycleOf, type Lifecycle, type RewardGrant } from '../rewards/grants';
import type { MemberId, PlatformId, RedemptionId, StoreId } from '../values/ids';
import { instant, type Instant } from '../values/instant';
import { invariant } from '../values/result';
import { endOfLocalDayAfter } from '../values/zone';

/**
 * `held`: the points are reserved, the code is being made. `issued`: the code can be used; or staff has to do it.
 * `expiring`, `cancelling`: the code's life has ended, its use is being read back.
 * `used`, `released`, `used_late`: done (a released code may still turn up on an order).
 */
export type RedemptionState = 'held' | 'issued' | 'expiring' | 'cancelling' | 'used' | 'released' | 'used_late';

type Steps = Readonly<Partial<Record<RedemptionState, readonly RedemptionState[]>>>;

// What is not named ends there.
const steps: Readonly<Record<Lifecycle, Steps>> = {
  code: {
    held: ['issued', 'used', 'released'],
    issued: ['expiring', 'cancelling', 'used'],
    expiring: ['used', 'released'],
    cancelling: ['used', 'released'],
    released: ['used_late'],
  },
  final: { held: ['used', 'released'] },
  staff: { held: ['issued', 'released'], issued: ['used', 'released'] },
};

/** Whether a redemption may go from one state to another, by how its grant lives. */
export const mayFollow = (lifecycle: Lifecycle, from: RedemptionState, to: RedemptionState): boolean =>
  steps[lifecycle][from]?.includes(to) ?? false;

type Standing = { readonly state: RedemptionState; readonly grant: RewardGrant };

/** The same for a redemption whose grant is known. */
export const mayReach = ({ state, grant }: Standing, to: RedemptionState): boolean =>
  mayFollow(lifecycleOf[grant.kind], state, to);

/** Whether staff may put it on their list again after it was marked as done: only what they do themselves. */
export const mayReopen = ({ state, grant }: Standing): boolean => grant.kind === 'experience' && state === 'used';

/**
 * What a redemption begins as. While the platform or a partner is asked its points are held; what the merchant gives is
 * given with them, or waits for staff.
 */
export const firstState = (grant: RewardGrant): RedemptionState => {
  if (isMadeElsewhere(grant)) return 'held';
  return lifecycleOf[grant.kind] === 'staff' ? 'issued' : 'used';
};

/** A redemption as the rules see it. */
export type Redemption = {
  readonly id: RedemptionId;
  readonly memberId: MemberId;
  readonly storeId: StoreId;
  /** Who asked for it at the store; null: a member without an account there, or somebody who was erased. */
  readonly customerId: PlatformId | null;
  readonly state: RedemptionState;
  readonly rewardId: string;
  readonly points: number;
  /** The sum of money it is worth; null where it is none, as with free shipping. */
  readonly amountMinor: number | null;
  readonly currency: string | null;
  /** null: what it turned into needs no code. */
  readonly code: string | null;
  readonly programVersion: number;
  readonly heldAt: Instant;
  readonly issuedAt: Instant | null;
  /** When a code can be used no more, or staff should have done it; of what has no end, when it was given. */
  readonly endsAt: Instant;
  readonly endedAt: Instant | null;
  readonly usedOrderId: PlatformId | null;
  readonly returned: number;
};

/** The code of a redemption whose grant has one (lifecycle `code`). */
export const codeOf = ({ code }: Pick<Redemption, 'code'>): string => {
  invariant(code !== null, 'a redemption without a code is asked for it');
  return code;
};

const minuteMs = 60_000;

/**
 * Points are released so many minutes after the code's end at the earliest, as the shop says: an order with it may
 * still be on its way.
 */
export const earliestRelease = (end: Instant, holdMinutes: number): Instant => instant(end + holdMinutes * minuteMs);

/**
 * When the points of a code that has ended are back: from the earliest release on a job looks, so a minute later at the
 * latest.
 */
export const backBy = ({ endedAt, endsAt }: Pick<Redemption, 'endedAt' | 'endsAt'>, holdMinutes: number): Instant =>
  instant(Math.ceil(earliestRelease(endedAt ?? endsAt, holdMinutes) / minuteMs) * minuteMs + minuteMs);

/** A code can be used to the end of the local day that lies so many days after. */
export const codeEnd = (heldAt: Instant, validDays: number, zone: string): Instant =>
  endOfLocalDayAfter(heldAt, validDays, zone);

/** What a code seen on an order makes of its redemption; null when nothing changes. */
export const stateOnUse = (state: RedemptionState): 'used' | 'used_late' | null => {
  switch (state) {
    case 'held':
    case 'issued':
    case 'expiring':
    case 'cancelling':
      return 'used';
    case 'released':
      return 'used_late';
    case 'used':
    case 'used_late':
      return null;
  }
};
