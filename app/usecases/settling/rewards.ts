import type { MemberBook } from '~/core/ledger/memberBook';
import { takeBackReward } from '~/core/tiers/entryAwards';
import type { EntryId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { invariant } from '~/core/values/result';
import type { Tx } from '~/db/inTransaction';
import type { MemberKey } from '~/db/ledger';
import { expiredOfRewards, type TierState } from '~/db/tiers';
import type { Deps } from '../deps';
import type { Derivation } from './derive';
import type { Grounds } from './evaluate';

/**
 * Entry rewards of tiers that were never reached, as is known by now, are taken back; after what is due has been paid.
 */
export const takeBackRewards = async (
  deps: Pick<Deps, 'newId'>,
  tx: Tx,
  tiers: Derivation['tiers'],
  grounds: Grounds,
  momentOf: (member: MemberKey) => Instant,
  book: MemberBook,
): Promise<readonly TierState[]> => {
  const settled: TierState[] = [];
  for (const tier of tiers) {
    const { programId, memberId, undue } = tier;
    const versions = grounds.versions.get(programId) ?? [];
    const keys = undue.map(({ key }) => key);
    const expired = keys.length === 0 ? new Map<string, number>() : await expiredOfRewards(tx, programId, keys);
    const taken = undue.map((reward) => {
      const open = book.openOf(memberId);
      invariant(open !== null, 'a reward is taken back from a ledger that was not loaded');
      const policy = versions.at(-1)?.document.policies.clawback ?? 'debt';
      const back = takeBackReward(
        open,
        reward,
        versions,
        { expired: expired.get(reward.key) ?? 0, policy },
        momentOf(tier),
        deps.newId<EntryId>(),
      );
      book.post(memberId, back.plan);
      return back.reward;
    });
    settled.push({ ...tier, rewards: [...tier.rewards, ...taken] });
  }
  return settled;
};
