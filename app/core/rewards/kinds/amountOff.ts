import { z } from 'zod';
import { minorUnits, wholePoints } from '../../values/fields';
import { minorPerUnit, ordinaryUnit } from '../../values/money';
import { ok, refuse } from '../../values/result';
import type { LocalizedText } from '../../values/text';
import { checkMoneyOff, conditionsOf, partFor, remainingOf, tooMuch } from '../cart';
import { unconditional } from '../conditions';
import { codeFields, combinesWith } from '../fields';
import type { RewardKindOf } from '../kind';
import { linesChosen, rewardLines } from '../lines';
import { perTongue, type Tongue } from '../../values/text';

const schema = z
  .strictObject({
    kind: z.literal('amount_off'),
    ...codeFields,
    combinesWith,
    lines: rewardLines,
    points: wholePoints,
    amountMinor: minorUnits,
  })
  .superRefine(linesChosen);

export type AmountOff = z.infer<typeof schema>;

/** A fixed price in points for a fixed amount off. Points that are named must be that price. */
export const amountOff = {
  kind: 'amount_off',
  schema,
  model: (currency) => ({
    kind: 'amount_off',
    name: nameOfAmount(5 * ordinaryUnit(currency), currency),
    enabled: false,
    ...unconditional,
    minimumSubtotalMinor: null,
    lines: null,
    validDays: 30,
    combinesWith: { orderDiscounts: false, productDiscounts: true, shippingDiscounts: true },
    points: 100,
    amountMinor: 5 * ordinaryUnit(currency),
    currency,
  }),
  grants: ['amount_off'],
  quote: (reward, wish) => {
    const { points, amountMinor, currency } = reward;
    if (wish.points !== null && wish.points !== points) return refuse({ kind: 'other_price', points });
    const part = partFor(reward, wish.cart);
    if (!part.ok) return part;
    const cart = part.value;
    const refusal = checkMoneyOff(reward, cart);
    if (refusal !== null) return refuse(refusal);
    if (cart !== null && amountMinor > remainingOf(cart)) return refuse(tooMuch(reward, amountMinor));
    return ok({ points, grant: { kind: 'amount_off', amountMinor, currency, ...conditionsOf(reward) } });
  },
  days: ({ validDays }) => validDays,
  worth: ({ amountMinor, points }) => ({ amountMinor, points }),
  storefront: ({ points, amountMinor, lines }) => ({
    apply: 'code',
    takes_off: lines === null ? 'order' : 'product',
    min_points: points,
    max_points: points,
    step_points: points,
    step_amount_minor: amountMinor,
  }),
  numbers: ({ amountMinor, points, currency }) => [amountMinor / minorPerUnit(currency), points],
} as const satisfies RewardKindOf<AmountOff>;

const around: Readonly<Record<Tongue, (amount: string) => string>> = {
  en: (amount) => `${amount} off`,
  it: (amount) => `Buono da ${amount}`,
  de: (amount) => `${amount} Rabatt`,
  fr: (amount) => `Remise de ${amount}`,
  es: (amount) => `Descuento de ${amount}`,
};

/** What a fixed discount is called until the merchant names it: by its amount, "Buono da 5 €", in every language. */
export const nameOfAmount = (amountMinor: number, currency: string): LocalizedText => {
  const amount = (language: string): string =>
    new Intl.NumberFormat(language, {
      style: 'currency',
      currency,
      trailingZeroDisplay: 'stripIfInteger',
      useGrouping: 'always',
    }).format(amountMinor / minorPerUnit(currency));
  return perTongue((language) => around[language](amount(language)));
};

/**
 * The same reward with another amount: names that nobody has edited follow it. While the amount cannot be read (NaN)
 * they wait.
 */
export const withAmount = (reward: AmountOff, amountMinor: number): AmountOff => {
  if (!Number.isSafeInteger(amountMinor) || amountMinor <= 0) return { ...reward, amountMinor };
  const generated = nameOfAmount(amountMinor, reward.currency);
  return {
    ...reward,
    amountMinor,
    name: perTongue((language) =>
      isUnedited(language, reward.name[language]) ? generated[language] : reward.name[language],
    ),
  };
};

// Our words around an amount, whichever: the one before may have been half typed.
const isUnedited = (language: Tongue, name: string): boolean => {
  const [before = '', after = ''] = around[language]('|').split('|');
  const amount = name.slice(before.length, name.length - after.length);
  return name.startsWith(before) && name.endsWith(after) && /^\D{0,4}\d[\d.,\s]*\D{0,4}$/.test(amount);
};
