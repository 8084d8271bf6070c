import type { ProgramDocument } from '~/core/program/document';
import { unmetCondition, type ConditionRefusal } from '~/core/rewards/conditions';
import type { Reward } from '~/core/rewards/section';
import type { MemberKey } from '~/core/values/keys';
import type { Instant } from '~/core/values/instant';
import type { LocalizedText } from '~/core/values/text';
import type { Tx } from '~/db/inTransaction';
import { readAsker } from './readAsker';

/** Why a member may not take a reward; tiers by their names. */
export type UnmetReward =
  | Exclude<ConditionRefusal, { readonly kind: 'other_tier' }>
  | { readonly kind: 'other_tier'; readonly tiers: readonly LocalizedText[] };

/** The condition of a reward that keeps a member (null: nobody's yet) from it; null when none does. */
export const unmetReward = async (
  tx: Tx,
  { member, labels }: { readonly member: MemberKey | null; readonly labels: readonly string[] },
  reward: Reward,
  document: ProgramDocument,
  now: Instant,
): Promise<UnmetReward | null> => {
  const asker = await readAsker(tx, member, reward, document, labels);
  const unmet = unmetCondition(reward, asker, document.timeZone, now);
  if (unmet?.kind !== 'other_tier') return unmet;
  const levels = document.tiers?.levels ?? [];
  return { kind: 'other_tier', tiers: levels.filter(({ id }) => unmet.tierIds.includes(id)).map(({ name }) => name) };
};
