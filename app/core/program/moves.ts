/** Who was moved, each with somebody behind it now; as few as explain the new order. */
export const moves = (before: readonly string[], after: readonly string[]): readonly (readonly [string, string])[] => {
  const common = after.filter((name) => before.includes(name));
  const staying = longestRise(common.map((name) => before.indexOf(name))).map((place) => before[place]);
  return common.flatMap((name, index) => {
    if (staying.includes(name)) return [];
    const [previous, next] = [common[index - 1], common[index + 1]];
    if (next !== undefined) return [[name, next] as const];
    return previous === undefined ? [] : [[previous, name] as const];
  });
};

// Quadratic: a list has at most 200 members.
const longestRise = (places: readonly number[]): readonly number[] => {
  const best: (readonly number[])[] = [];
  places.forEach((place, index) => {
    const before = best
      .slice(0, index)
      .filter((rise) => (rise.at(-1) ?? -1) < place)
      .reduce<readonly number[]>((longest, rise) => (rise.length > longest.length ? rise : longest), []);
    best.push([...before, place]);
  });
  return best.reduce<readonly number[]>((longest, rise) => (rise.length > longest.length ? rise : longest), []);
};
