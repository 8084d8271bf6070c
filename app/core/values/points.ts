import { invariant } from './result';

declare const pointsBrand: unique symbol;

/** A whole number of points, safe to hold as a JavaScript number; negative only where an entry is signed. */
export type Points = number & { readonly [pointsBrand]: true };

/** Brands a whole number as points. Throws on fractions and on numbers that are not exact. */
export const points = (value: number): Points => {
  // The sentence is only made where it is needed: points are made by the million.
  if (!Number.isSafeInteger(value)) invariant(false, `points must be a safe whole number, not ${value}`);
  // -0 would survive arithmetic and then differ from 0 in canonical JSON and Object.is.
  return (value === 0 ? 0 : value) as Points;
};

export const zeroPoints: Points = points(0);
