import type { MemberSummary, ProgramSummary } from './answers';
import type { Host } from './host';
import { moneyIn, textIn } from './words';

/** What a code that a member holds is for: the name of its reward, and the sum if it is one. */
export const codeName = (
  host: Host,
  program: ProgramSummary,
  { reward_id: id, amount_minor: amount, code }: MemberSummary['codes'][number],
): string => {
  const reward = program.rewards.find((one) => one.id === id);
  const name = reward === undefined ? code : textIn(host, reward.name);
  return amount === null ? name : `${name} · ${moneyIn(host, program, amount)}`;
};
