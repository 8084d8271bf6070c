import type { EntryId, PlatformId, RedemptionId, StoreId } from '../values/ids';
import { canonicalJson } from '../values/canonicalJson';
import type { Entry } from './types';

/** Business keys: unique in the program, so that nothing is ever posted twice. */
export const entryKey = {
  order: (store: StoreId, order: PlatformId, seq: number): string => `order:${store}:${order}:${seq}`,
  return: (store: StoreId, order: PlatformId, seq: number): string => `return:${store}:${order}:${seq}`,
  redeem: (redemption: RedemptionId): string => `redeem:${redemption}`,
  late: (redemption: RedemptionId): string => `redeem:${redemption}:late`,
  release: (redemption: RedemptionId): string => `release:${redemption}`,
  expire: (lot: EntryId, slice: number): string => `expire:${lot}:${slice}`,
} as const;

/** What two entries of one key must have in common to be the same entry; hashed with SHA-256 by the shell. */
export const fingerprintInput = ({ kind, memberId, points, concerns }: Pick<Entry, 'kind' | 'memberId' | 'points' | 'concerns'>): string =>
  canonicalJson({ kind, member: memberId, points, concerns });
