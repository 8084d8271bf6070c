import type { MemberSummary, OfferedReward, ProgramSummary } from './answers';
import type { Host } from './host';
import { moneyIn, textIn } from './words';

/** What a code that a member holds is for: the name of its reward, and the sum or the product if it was chosen. */
export const codeName = (
  host: Host,
  program: ProgramSummary,
  rewards: readonly OfferedReward[],
  { reward_id: id, amount_minor: amount, variant_id: variant, code }: MemberSummary['codes'][number],
): string => {
  const reward = program.rewards.find((one) => one.id === id);
  if (reward === undefined) return code;
  const name = textIn(host, reward.name);
  const items = rewards.find((one) => one.id === id)?.items ?? [];
  const item = items.length > 1 ? items.find((one) => one.variant === variant) : undefined;
  if (item !== undefined) return `${name} · ${item.name}`;
  // Where the price is fixed the merchant's name says what it is for.
  const isChosen = reward.min_points !== reward.max_points;
  return isChosen && amount !== null ? `${name} · ${moneyIn(host, program, amount)}` : name;
};
