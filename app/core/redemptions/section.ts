import { z } from 'zod';
import { localClockOf } from '../values/zone';
import type { Instant } from '../values/instant';

/** What the program document says about redeeming as a whole. */
export const redeemingSchema = z
  .strictObject({
    /** No reward is given; codes that are there already stay good. */
    paused: z.boolean(),
    /** The last local day, in the program's zone, on which rewards are given; null: no end. */
    lastDay: z.iso.date().nullable(),
  })
  .default({ paused: false, lastDay: null });

export type Redeeming = z.infer<typeof redeemingSchema>;

export type RedeemingRefusal =
  { readonly kind: 'redeeming_paused' } | { readonly kind: 'redeeming_over'; readonly to: string };

/** Why no reward is given at a moment; null: they are. */
export const closedAt = ({ paused, lastDay }: Redeeming, zone: string, now: Instant): RedeemingRefusal | null => {
  if (paused) return { kind: 'redeeming_paused' };
  return lastDay !== null && localClockOf(now, zone).isoDate > lastDay ? { kind: 'redeeming_over', to: lastDay } : null;
};
