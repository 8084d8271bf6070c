import { compareOrders } from '../evaluation/facts';
import { renewedSince, type MemberBook } from '../ledger/memberBook';
import { standsOn } from '../orders/winner';
import { takeBackAward } from '../tiers/entryAwards';
import type { EntryId, MemberId } from '../values/ids';
import type { MemberKey } from '../values/keys';
import { invariant } from '../values/result';
import type { DerivedTier } from './derive';
import type { Evaluation } from './evaluate';
import { openBook } from './ledgers';
import { settleOne, type Outcome } from './post';
import type { CheckpointToWrite, LoadedLedger, SpentRedemption, TierState } from './records';
import type { Sight } from './see';

/** What was read for posting an evaluation: what it and `ledgersNeeded` asked for. */
export type Loaded = {
  /** Redemptions whose codes are on the orders. */
  readonly redemptions: readonly SpentRedemption[];
  readonly ledgers: readonly LoadedLedger[];
  /** What sweeps took of the lots of entry awards and did not give back, by the awards' keys. */
  readonly expiredOfAwards: ReadonlyMap<string, number>;
};

/** What is to be written. */
export type Settlement = {
  readonly outcomes: readonly Outcome[];
  readonly tiers: readonly TierState[];
  readonly checkpoints: readonly CheckpointToWrite[];
  /** Members whose further orders are to be settled in transactions of their own. */
  readonly unfinished: readonly MemberKey[];
  /** The ledgers of all concerned, with everything that was posted. */
  readonly book: MemberBook;
};

/**
 * The third step of settling: posts what orders are worth by now less what was posted for them, uses and returns of
 * codes, and the entry awards of tiers. In the order in which the orders were placed, whatever came first.
 */
export const settle = (sight: Sight, evaluation: Evaluation, loaded: Loaded, newId: () => EntryId): Settlement => {
  const ledgers = new Map<MemberId, LoadedLedger>(loaded.ledgers.map((ledger) => [ledger.memberId, ledger]));
  const book = openBook(sight, ledgers, newId);
  const inTime = [...evaluation.orders].sort((a, b) => compareOrders(standsOn(a.kept), standsOn(b.kept)));
  const posting = { grounds: sight.grounds, redemptions: [...loaded.redemptions], ledgers, book, newId };
  const outcomes = inTime.map((order) => settleOne(order, posting));
  for (const { memberId, plan } of evaluation.tiers)
    if (plan !== null) book.post(memberId, renewedSince(plan, memberId, book));
  const tiers = evaluation.tiers.map((tier) => takeBackUndue(sight, tier, loaded.expiredOfAwards, book, newId));
  const { checkpoints, unfinished } = evaluation;
  return { outcomes, tiers, checkpoints, unfinished, book };
};

/**
 * Entry awards of tiers that were never reached, as is known by now, are taken back; after what is due has been paid.
 */
const takeBackUndue = (
  { grounds, momentOf }: Sight,
  tier: DerivedTier,
  expired: ReadonlyMap<string, number>,
  book: MemberBook,
  newId: () => EntryId,
): TierState => {
  const { programId, memberId, undue } = tier;
  const versions = grounds.versions.get(programId) ?? [];
  const policy = versions.at(-1)?.document.policies.clawback ?? 'debt';
  const taken = undue.map((award) => {
    const open = book.openOf(memberId);
    invariant(open !== null, 'a award is taken back from a ledger that was not loaded');
    const terms = { expired: expired.get(award.key) ?? 0, policy };
    const back = takeBackAward(open, award, versions, terms, { id: newId(), now: momentOf(tier) });
    book.post(memberId, back.plan);
    return back.award;
  });
  return { ...tier, awards: [...tier.awards, ...taken] };
};
