import type { MemberId, PlatformId, RedemptionId, StoreId } from '../values/ids';
import { instant, type Instant } from '../values/instant';
import { endOfLocalDayAfter } from '../values/zone';

/**
 * `held`: the points are reserved, the code is being made. `issued`: the code can be used.
 * `expiring`, `cancelling`: the code's life has ended, its use is being read back.
 * `used`, `released`, `used_late`: done (a released code may still turn up on an order).
 */
export type RedemptionState = 'held' | 'issued' | 'expiring' | 'cancelling' | 'used' | 'released' | 'used_late';

const followers: Readonly<Record<RedemptionState, readonly RedemptionState[]>> = {
  held: ['issued', 'used', 'released'],
  issued: ['expiring', 'cancelling', 'used'],
  expiring: ['used', 'released'],
  cancelling: ['used', 'released'],
  released: ['used_late'],
  used: [],
  used_late: [],
};

export const mayFollow = (from: RedemptionState, to: RedemptionState): boolean => followers[from].includes(to);

/** A redemption as the rules see it. */
export type Redemption = {
  readonly id: RedemptionId;
  readonly memberId: MemberId;
  readonly storeId: StoreId;
  readonly customerId: PlatformId;
  readonly state: RedemptionState;
  readonly rewardId: string;
  readonly points: number;
  readonly amountMinor: number;
  readonly currency: string;
  readonly code: string;
  readonly programVersion: number;
  readonly heldAt: Instant;
  readonly issuedAt: Instant | null;
  readonly endsAt: Instant;
  readonly endedAt: Instant | null;
  readonly usedOrderId: PlatformId | null;
  readonly returned: number;
};

const releaseAfterMs = 3_600_000;
const minuteMs = 60_000;

/** Points are released an hour after the code's end at the earliest: an order with it may still be on its way. */
export const earliestRelease = (end: Instant): Instant => instant(end + releaseAfterMs);

/**
 * When the points of a code that has ended are back: from the earliest release on a job looks, so a minute later at the
 * latest.
 */
export const backBy = ({ endedAt, endsAt }: Pick<Redemption, 'endedAt' | 'endsAt'>): Instant =>
  instant(Math.ceil(earliestRelease(endedAt ?? endsAt) / minuteMs) * minuteMs + minuteMs);

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
