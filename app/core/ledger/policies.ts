import { z } from 'zod';
import type { Instant } from '../values/instant';

/** What the program document says about points once they are there: how long they live, and what a refund does. */
export const policiesSchema = z.strictObject({
  /** What happens to points that a refund claims and the member has spent. */
  clawback: z.enum(['debt', 'clamp']),
  /** Points spent on an order come back when it is refunded. */
  returnSpentPoints: z.boolean(),
  expiry: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('none') }),
    z.strictObject({
      kind: z.literal('after_months'),
      months: z.int().min(1).max(120),
      endOfMonth: z.boolean(),
    }),
    z.strictObject({ kind: z.literal('inactivity_months'), months: z.int().min(1).max(120) }),
    /** All points end with one local day: a collection that runs for a season. */
    z.strictObject({ kind: z.literal('on_date'), day: z.iso.date() }),
  ]),
  /** A lot never lapses before this many times 24 hours after it became available. */
  minimumLifeDays: z.int().min(0).max(365),
  /** Points that come back to a lapsed lot live to the end of this local day after. */
  graceDays: z.int().min(1).max(90),
  /** Days before points lapse on which the member is warned, the earliest first. */
  warningDays: z.array(z.int().min(1).max(180)).max(5).default([30, 7]),
  /** Days after an order's instant from which on its context does not change any more. */
  contextFinalDays: z.int().min(0).max(365).default(30),
  /** What the program may cost, in basis points of what members spend: above it the editor warns. null: nobody said. */
  marginBasisPoints: z.int().min(1).max(10_000).nullable().default(null),
});

export type Policies = z.infer<typeof policiesSchema>;

/** What the ledger reads of a program document. Local days are those of the program's time zone. */
export type LedgerDocument = { readonly policies: Policies; readonly timeZone: string };

const dayMs = 86_400_000;

/**
 * Whether what was decided at a moment stays as it is: the context of an order so many days after the order's instant,
 * a tier's entry award so many days after the tier was reached (rules §2.9).
 */
export const isFinal = (decidedAt: Instant, { policies }: Pick<LedgerDocument, 'policies'>, now: Instant): boolean =>
  now >= decidedAt + policies.contextFinalDays * dayMs;

/**
 * By what a code on an order without a context is judged: such an order is older than the program and
 * cannot have been paid with points, but a code is only a text.
 */
export const policiesWithoutProgram: Policies = {
  clawback: 'debt',
  returnSpentPoints: true,
  expiry: { kind: 'none' },
  minimumLifeDays: 0,
  graceDays: 7,
  warningDays: [],
  contextFinalDays: 30,
  marginBasisPoints: null,
};
