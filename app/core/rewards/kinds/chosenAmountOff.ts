import { z } from 'zod';
import { problem } from '../../values/fields';
import { minorUnits, wholePoints } from '../../values/fields';
import { minorPerUnit, ordinaryUnit } from '../../values/money';
import { ok, refuse } from '../../values/result';
import { checkMoneyOff, conditionsOf, partFor, remainingOf, tooMuch } from '../cart';
import { unconditional } from '../conditions';
import { codeFields, combinesWith } from '../fields';
import type { RewardKindOf } from '../kind';
import { linesChosen, rewardLines } from '../lines';

const schema = z
  .strictObject({
    kind: z.literal('chosen_amount_off'),
    ...codeFields,
    combinesWith,
    lines: rewardLines,
    stepPoints: wholePoints,
    stepAmountMinor: minorUnits,
    minPoints: wholePoints,
    maxPoints: wholePoints,
  })
  .refine((reward) => reward.minPoints % reward.stepPoints === 0 && reward.maxPoints % reward.stepPoints === 0, {
    message: 'the smallest and the largest choice must be whole steps',
    params: problem({ kind: 'not_whole_steps' }),
    path: ['stepPoints'],
  })
  .refine((reward) => reward.minPoints <= reward.maxPoints, {
    message: 'the smallest choice must not exceed the largest',
    params: problem({ kind: 'crossed' }),
    path: ['minPoints'],
  })
  .superRefine(linesChosen);

export type ChosenAmountOff = z.infer<typeof schema>;

/**
 * An amount of the shopper's choice, in whole steps: every `stepPoints` are worth `stepAmountMinor`, from `minPoints`
 * to `maxPoints`. Never more points than the cart needs: a wish beyond what is left to pay is cut to the fewest steps
 * that cover it. Where there is one choice only it is a fixed discount: nothing of it may be lost.
 */
export const chosenAmountOff = {
  kind: 'chosen_amount_off',
  schema,
  model: (currency) => ({
    kind: 'chosen_amount_off',
    name: {
      en: 'Discount of your choice',
      it: 'Sconto a tua scelta',
      de: 'Rabatt nach Wahl',
      fr: 'Remise de votre choix',
      es: 'Descuento a tu elección',
    },
    enabled: false,
    ...unconditional,
    minimumSubtotalMinor: null,
    lines: null,
    validDays: 30,
    combinesWith: { orderDiscounts: false, productDiscounts: true, shippingDiscounts: true },
    stepPoints: 20,
    stepAmountMinor: ordinaryUnit(currency),
    minPoints: 20,
    maxPoints: 2000,
    currency,
  }),
  grants: ['amount_off'],
  quote: (reward, wish) => {
    const { minPoints: min, maxPoints: max, stepPoints: step, stepAmountMinor, currency } = reward;
    if (wish.points === null) return refuse({ kind: 'points_missing' });
    if (wish.points < min || wish.points > max || wish.points % step !== 0) {
      return refuse({ kind: 'points_out_of_range', min, max, step });
    }
    const part = partFor(reward, wish.cart);
    if (!part.ok) return part;
    const cart = part.value;
    const refusal = checkMoneyOff(reward, cart);
    if (refusal !== null) return refuse(refusal);
    const wished = wish.points / step;
    const wishedMinor = wished * stepAmountMinor;
    if (min === max && cart !== null && wishedMinor > remainingOf(cart)) return refuse(tooMuch(reward, wishedMinor));
    const needed = cart === null ? wished : Math.ceil(remainingOf(cart) / stepAmountMinor);
    const steps = Math.min(wished, needed);
    if (cart !== null && steps * step < min) {
      if (reward.lines !== null) return refuse(tooMuch(reward, (min / step) * stepAmountMinor));
      return refuse({ kind: 'cart_needs_less', subtotalMinor: cart.subtotalMinor, currency });
    }
    const amountMinor = steps * stepAmountMinor;
    return ok({
      points: steps * step,
      grant: { kind: 'amount_off', amountMinor, currency, ...conditionsOf(reward) },
    });
  },
  days: ({ validDays }) => validDays,
  worth: ({ stepAmountMinor, stepPoints }) => ({ amountMinor: stepAmountMinor, points: stepPoints }),
  storefront: ({ minPoints, maxPoints, stepPoints, stepAmountMinor, lines }) => {
    // One choice only is a fixed price, and one step.
    const steps = minPoints === maxPoints ? minPoints / stepPoints : 1;
    return {
      apply: 'code',
      takes_off: lines === null ? 'order' : 'product',
      min_points: minPoints,
      max_points: maxPoints,
      step_points: stepPoints * steps,
      step_amount_minor: stepAmountMinor * steps,
    };
  },
  numbers: ({ stepAmountMinor, stepPoints, minPoints, maxPoints, currency }) => {
    const stepAmount = stepAmountMinor / minorPerUnit(currency);
    return [stepAmount, stepPoints, minPoints, maxPoints, (maxPoints / stepPoints) * stepAmount];
  },
} as const satisfies RewardKindOf<ChosenAmountOff>;
