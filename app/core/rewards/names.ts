import { minorPerUnit } from '../values/money';
import { hasCode, kindOf, type Reward } from './section';

/**
 * A number in a reward's name that is none of the reward's own (amounts, points, days): the name promises what the
 * reward does not give. null when there is none.
 */
export const foreignNumber = (reward: Reward, name: string): string | null => {
  const ofCode = hasCode(reward)
    ? [(reward.minimumSubtotalMinor ?? 0) / minorPerUnit(reward.currency), reward.validDays]
    : [];
  const known = new Set([...kindOf(reward).numbers(reward), ...ofCode]);
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
