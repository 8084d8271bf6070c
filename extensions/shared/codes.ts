import type { MemberSummary, ProgramSummary } from './answers';
import type { Host } from './host';
import { moneyIn, textIn } from './words';

/** What a code that a member holds is for: the name of its reward, and the sum if it was chosen. */
export const codeName = (
  host: Host,
  program: ProgramSummary,
  { reward_id: id, amount_minor: amount, code }: MemberSummary['codes'][number],
): string => {
  const reward = program.rewards.find((one) => one.id === id);
  if (reward === undefined) return code;
  const name = textIn(host, reward.name);
  // Where the price is fixed the merchant's name says what it is for.
  const isChosen = reward.min_points !== reward.max_points;
  return isChosen && amount !== null ? `${name} · ${moneyIn(host, program, amount)}` : name;
};
