import { minorPerUnit } from '../values/money';
import type { LocalizedText } from '../values/text';
import type { Reward } from './document';

const tongues = ['en', 'it', 'de', 'fr', 'es'] as const;

const around: Readonly<Record<(typeof tongues)[number], (amount: string) => string>> = {
  en: (amount) => `${amount} off`,
  it: (amount) => `Buono da ${amount}`,
  de: (amount) => `${amount} Rabatt`,
  fr: (amount) => `Remise de ${amount}`,
  es: (amount) => `Descuento de ${amount}`,
};

const perTongue = (text: (language: (typeof tongues)[number]) => string): LocalizedText => ({
  en: text('en'),
  it: text('it'),
  de: text('de'),
  fr: text('fr'),
  es: text('es'),
});

/** What a fixed discount is called until the merchant names it: by its amount, "Buono da 5 €", in every language. */
export const nameOfAmount = (amountMinor: number, currency: string): LocalizedText => {
  const amount = (language: string): string =>
    new Intl.NumberFormat(language, { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' }).format(
      amountMinor / minorPerUnit(currency),
    );
  return perTongue((language) => around[language](amount(language)));
};

/**
 * The same reward with another amount: names that nobody has edited follow it. While the amount cannot be read (NaN)
 * they wait.
 */
export const withAmount = (reward: Extract<Reward, { kind: 'amount_off' }>, amountMinor: number): typeof reward => {
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
const isUnedited = (language: (typeof tongues)[number], name: string): boolean => {
  const [before = '', after = ''] = around[language]('|').split('|');
  const amount = name.slice(before.length, name.length - after.length);
  return name.startsWith(before) && name.endsWith(after) && /^\D{0,4}\d[\d.,\s]*\D{0,4}$/.test(amount);
};

/**
 * A number in a reward's name that is none of the reward's own (amounts, points, days): the name promises what the
 * reward does not give. null when there is none.
 */
export const foreignNumber = (reward: Reward, name: string): string | null => {
  const unit = minorPerUnit(reward.currency);
  const own: readonly number[] =
    reward.kind === 'amount_off'
      ? [reward.amountMinor / unit, reward.points]
      : [
          reward.stepAmountMinor / unit,
          reward.stepPoints,
          reward.minPoints,
          reward.maxPoints,
          (reward.maxPoints / reward.stepPoints) * (reward.stepAmountMinor / unit),
        ];
  const known = new Set([...own, (reward.minimumSubtotalMinor ?? 0) / unit, reward.validDays]);
  return (
    (name.match(/\d+(?:[.,'’\s]\d+)*/g) ?? []).find((text) => !readings(text).some((value) => known.has(value))) ?? null
  );
};

// "1.000" is a thousand or one, by language: either may be meant.
const readings = (text: string): readonly number[] => {
  const plain = text.replace(/['’\s]/g, '');
  return [
    Number(plain.replace(/[.,]/g, '')),
    Number(plain.replace(',', '.')),
    Number(plain.replace(/\./g, '').replace(',', '.')),
    Number(plain.replace(/,/g, '')),
  ];
};
