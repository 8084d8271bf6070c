import type { EntryId, MemberId, PlatformId, RedemptionId, StoreId } from '../values/ids';
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
  revive: (lot: EntryId, slice: number): string => `revive:${lot}:${slice}`,
  adjust: (clientId: string): string => `adjust:${clientId}`,
  merge: (from: MemberId, to: MemberId, side: 'from' | 'to'): string => `merge:${from}:${to}:${side}`,
  tier: (member: MemberId, tier: string, period: string): string => `tier:${member}:${tier}:${period}`,
  import: (batch: string, line: number): string => `import:${batch}:${line}`,
  wing: (wing: string, key: string): string => `wing:${wing}:${key}`,
  importUndone: (batch: string, member: MemberId): string => `import:${batch}:undo:${member}`,
} as const;

/** What two entries of one key must have in common to be the same entry; hashed with SHA-256 by the shell. */
export const fingerprintInput = ({
  kind,
  memberId,
  points,
  concerns,
}: Pick<Entry, 'kind' | 'memberId' | 'points' | 'concerns'>): string =>
  canonicalJson({ kind, member: memberId, points, concerns });
