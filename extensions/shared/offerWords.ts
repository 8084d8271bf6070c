import type { ProgramSummary } from './answers';
import type { Host } from './host';
import type { Offer } from './offers';
import { moneyIn, pointsIn, say } from './words';

/** What a reward costs, and the sum it gives if it is one. */
export const costOf = (host: Host, program: ProgramSummary, { reward }: Offer): string => {
  const isFixed = reward.min_points === reward.max_points;
  const points = pointsIn(host, program, isFixed ? reward.min_points : reward.step_points);
  const copay = reward.copay_minor ?? 0;
  if (copay > 0) return `${points} + ${moneyIn(host, program, copay)}`;
  if (reward.step_amount_minor === null) return points;
  const amount = moneyIn(host, program, reward.step_amount_minor);
  return isFixed ? `${points} · ${amount}` : say(host, 'rewards.per_step', { amount, points });
};

/** Why an offer cannot be taken; empty: it can. */
export const refusalText = (host: Host, program: ProgramSummary, { reward, refusal }: Offer): string => {
  if (refusal === null) return '';
  if ('text' in refusal) return refusal.text;
  const isMinimum = refusal.cart === 'minimum' || refusal.cart === 'minimum_of_these';
  const minor = isMinimum ? reward.minimum_subtotal_minor : reward.min_amount_minor;
  const amount = minor === null ? '' : moneyIn(host, program, minor);
  return say(host, `rewards.${refusal.cart}`, { amount });
};

/** Why none of several offers can be taken, if it is one reason, which is said once then. Empty: there are several. */
export const sharedRefusal = (host: Host, program: ProgramSummary, offers: readonly Offer[]): string => {
  const [reason = '', ...others] = new Set(offers.map((offer) => refusalText(host, program, offer)));
  return offers.length > 1 && others.length === 0 ? reason : '';
};
