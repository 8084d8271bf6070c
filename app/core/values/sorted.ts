/**
 * Puts an item where it belongs in a list that is sorted by a number, behind those of the same number, and answers
 * where that is. Nearly everything comes in order, so the place is looked for from the end.
 */
export const insertSorted = <Item>(items: Item[], item: Item, numberOf: (one: Item) => number): number => {
  let place = items.length;
  while (place > 0) {
    const before = items[place - 1];
    if (before === undefined || numberOf(before) <= numberOf(item)) break;
    place -= 1;
  }
  items.splice(place, 0, item);
  return place;
};

/** Takes the items off the front of a sorted list whose number is not above a limit. */
export const takeUpTo = <Item>(items: Item[], limit: number, numberOf: (one: Item) => number): readonly Item[] => {
  const behind = items.findIndex((item) => numberOf(item) > limit);
  return items.splice(0, behind === -1 ? items.length : behind);
};
