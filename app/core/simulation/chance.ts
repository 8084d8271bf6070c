/**
 * A number from 0 to below 1 that depends on a text alone: the same draw for the same member and order, whatever
 * program is played. FNV-1a with the finish of MurmurHash3, so that neighbours in text lie apart.
 */
export const chanceOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
};
