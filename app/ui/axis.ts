/**
 * The marks of an axis from 0 to a round number at or above the highest value, in 2 to 5 equal steps of 1, 2 or 5 times
 * a power of ten. Values are whole numbers.
 */
export const axisOf = (highest: number): readonly number[] => {
  const rough = Math.max(1, highest / 4);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((one) => one >= rough) ?? 10 * power;
  const count = Math.max(2, Math.ceil(highest / step));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
};
