import type { LedgerWhy } from '../ledger/why';
import type { RedemptionWhy } from '../redemptions/why';
import type { TierWhy } from '../tiers/why';

/**
 * Why an entry exists: each room says it of the entries that it writes. Stored with it, put in words by the surfaces.
 */
export type Why = LedgerWhy | RedemptionWhy | TierWhy;

/**
 * A reason as the member may read it: who of the staff it was, what staff noted for itself, and the words with which
 * the platform refused a code (they are for the merchant, in the platform's language) stay inside.
 */
export const whyForMember = (why: Why): Why => {
  if (why.kind === 'adjustment') return { v: why.v, kind: why.kind, reason: why.reason };
  return why.kind === 'release' && why.because !== 'not_done' ? { ...why, words: null } : why;
};
