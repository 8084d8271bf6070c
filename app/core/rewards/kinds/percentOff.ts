import { z } from 'zod';
import { minorUnits, problem, wholePoints } from '../../values/fields';
import { minorPerUnit } from '../../values/money';
import { mulDiv } from '../../values/ratio';
import { ok, refuse, type Result } from '../../values/result';
import { checkMoneyOff, conditionsOf, partFor, remainingOf, tooMuch } from '../cart';
import { unconditional } from '../conditions';
import { codeFields, combinesWith } from '../fields';
import type { RewardKindOf } from '../kind';
import { linesChosen, rewardLines } from '../lines';
import type { QuoteRefusal, RewardQuote, WishCart } from '../quote';

const schema = z
  .strictObject({
    kind: z.literal('percent_off'),
    ...codeFields,
    combinesWith,
    lines: rewardLines,
    points: wholePoints,
    /** 100 is one percent. */
    basisPoints: z.int().min(100).max(10_000),
    /** The most it takes off; null: no limit. */
    capMinor: minorUnits.nullable().default(null),
  })
  .superRefine(linesChosen)
  .refine(({ lines, capMinor }) => lines === null || capMinor === null, {
    message: 'a limit works for the whole cart only',
    path: ['capMinor'],
    params: problem({ kind: 'cap_with_lines' }),
  });

export type PercentOff = z.infer<typeof schema>;

/**
 * A fixed price in points for a part of the cart. Platforms know no limit of a percentage. With one, the code is made
 * for the cart as it is: the amount that the percentage gives there, up to the limit, for carts of at least the size
 * that earns it. A larger cart gets no more, a smaller one nothing, and naming a wrong size gains nothing.
 */
export const percentOff = {
  kind: 'percent_off',
  schema,
  model: (currency) => ({
    kind: 'percent_off',
    name: { en: '10% off', it: 'Sconto del 10%', de: '10 % Rabatt', fr: 'Remise de 10 %', es: '10 % de descuento' },
    enabled: false,
    ...unconditional,
    minimumSubtotalMinor: null,
    lines: null,
    validDays: 30,
    combinesWith: { orderDiscounts: false, productDiscounts: true, shippingDiscounts: true },
    points: 200,
    basisPoints: 1000,
    capMinor: null,
    currency,
  }),
  grants: ['percent_off', 'amount_off'],
  quote: (reward, wish) => {
    const { points, basisPoints, capMinor, currency } = reward;
    if (wish.points !== null && wish.points !== points) return refuse({ kind: 'other_price', points });
    const part = partFor(reward, wish.cart);
    if (!part.ok) return part;
    const refusal = checkMoneyOff(reward, part.value);
    if (refusal !== null) return refuse(refusal);
    if (capMinor !== null) return cappedFor(reward, capMinor, part.value);
    return ok({ points, grant: { kind: 'percent_off', basisPoints, currency, ...conditionsOf(reward) } });
  },
  days: ({ validDays }) => validDays,
  // What a percentage is worth depends on the cart.
  worth: () => null,
  storefront: ({ points, capMinor, lines }) => ({
    apply: 'code',
    ...(capMinor === null ? {} : { needs_cart: true }),
    takes_off: lines === null ? 'order' : 'product',
    min_points: points,
    max_points: points,
    step_points: points,
    step_amount_minor: null,
  }),
  numbers: ({ points, basisPoints, capMinor, currency }) => [
    points,
    basisPoints / 100,
    (capMinor ?? 0) / minorPerUnit(currency),
  ],
} as const satisfies RewardKindOf<PercentOff>;

const whole = 10_000;

const cappedFor = (reward: PercentOff, capMinor: number, cart: WishCart | null): Result<RewardQuote, QuoteRefusal> => {
  const { points, basisPoints, currency, combinesWith } = reward;
  if (cart === null) return refuse({ kind: 'cart_needed' });
  const amountMinor = Math.min(mulDiv(cart.subtotalMinor, basisPoints, whole, 'floor'), capMinor);
  if (amountMinor <= 0) return refuse({ kind: 'cart_empty' });
  if (amountMinor > remainingOf(cart)) return refuse(tooMuch(reward, amountMinor));
  const earnedFrom = mulDiv(amountMinor, whole, basisPoints, 'ceil');
  const minimumSubtotalMinor = Math.max(reward.minimumSubtotalMinor ?? 0, earnedFrom);
  return ok({ points, grant: { kind: 'amount_off', amountMinor, currency, minimumSubtotalMinor, combinesWith } });
};
