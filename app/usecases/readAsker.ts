import { segmentsOf } from '~/core/earning/entitlement';
import type { ProgramDocument } from '~/core/program/document';
import { countsAll, type RewardAsker } from '~/core/rewards/conditions';
import type { Reward } from '~/core/rewards/section';
import type { MemberKey } from '~/core/values/keys';
import type { Tx } from '~/db/inTransaction';
import { tierOf } from '~/db/members';
import { takenAt, takenInTotal } from '~/db/takenRewards';

/**
 * What the conditions of a reward ask of a member, who is locked where it matters (null: not a member yet); what they
 * do not ask is not read.
 * `labels`: the tags that the shop has of the customer now, in lower case.
 */
export const readAsker = async (
  tx: Tx,
  member: MemberKey | null,
  reward: Reward,
  document: ProgramDocument,
  labels: readonly string[],
): Promise<RewardAsker> => {
  if (member === null) return { tier: null, segments: segmentsOf(labels, document), takenAt: [], takenInTotal: 0 };
  const { programId, memberId } = member;
  const asked = { programId, rewardId: reward.id };
  const { perMember } = reward.limits;
  return {
    tier: reward.tierIds.length === 0 ? null : await tierOf(tx, programId, memberId),
    segments: segmentsOf(labels, document),
    takenAt: perMember === null ? [] : await takenAt(tx, asked, memberId, perMember.count),
    takenInTotal: countsAll(reward) ? await takenInTotal(tx, asked) : 0,
  };
};
