import type { TierLevel, Tiers } from './section';

/** Tiers, and the levels among them that only stay because staff gave them. */
export type WithGivenLevels = { readonly tiers: Tiers | null; readonly kept: readonly TierLevel[] };

/**
 * The tiers of a document that takes the place of another one, with those levels of before that it does not have and
 * that staff gave to members (`given`: their ids). What staff gave is a word to a member, and a file knows nothing of
 * it. Orders do not reach such a level any more: only staff gives it. It stands where it stood, above what was below.
 */
export const withGivenLevels = (
  next: Tiers | null,
  before: Tiers | null,
  given: ReadonlySet<string>,
): WithGivenLevels => {
  const levels = [...(next?.levels ?? [])];
  const kept: TierLevel[] = [];
  for (const [place, level] of (before?.levels ?? []).entries()) {
    if (!given.has(level.id) || levels.some(({ id }) => id === level.id)) continue;
    const below = new Set(before?.levels.slice(0, place).map(({ id }) => id));
    const stays = { ...level, threshold: null, entryPoints: null };
    levels.splice(levels.findLastIndex(({ id }) => below.has(id)) + 1, 0, stays);
    kept.push(stays);
  }
  const around = next ?? before;
  return { tiers: around === null || kept.length === 0 ? next : { ...around, levels }, kept };
};
