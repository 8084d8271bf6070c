import { instant, type Instant } from '../values/instant';
import type { TierLevel, Tiers } from './section';
import { keptUntil } from './windows';

/** How a member has a level: it is reached now, or it was and is kept to a moment (null: for ever). */
export type Held = { readonly reached: boolean; readonly until: Instant | null };

/** The levels that a member has or had, by their ids. */
export type HeldLevels = Map<string, Held>;

/** Where a member stands among the levels of tiers. */
export type Standing = {
  /** The level that the member has by now; null: none. */
  readonly level: TierLevel | null;
  /** Levels above the one before that were reached: none where the member did not rise. */
  readonly risenTo: readonly TierLevel[];
};

/**
 * Where a member stands by tiers at a moment, with what the metric comes to then (`sum`) and the level that the member
 * had (rules §5). Notes in `held` what was reached and what is kept.
 */
export const standingBy = (
  tiers: Tiers,
  held: HeldLevels,
  before: string | null,
  { moment, sum }: { readonly moment: Instant; readonly sum: number },
  zone: string,
): Standing => {
  const { levels } = tiers;
  for (const { id, threshold } of levels) {
    if (threshold !== null && sum >= threshold) held.set(id, { reached: true, until: null });
    else if (held.get(id)?.reached === true) held.set(id, { reached: false, until: keptUntil(moment, tiers, zone) });
  }
  const best = levels.findLastIndex(({ id }) => isHeld(held.get(id), moment));
  const was = levels.findIndex(({ id }) => id === before);
  const next = falling(tiers, held, was, best, { moment, zone });
  const risenTo = levels
    .slice(was + 1, Math.max(was, next) + 1)
    .filter(({ threshold, id }) => threshold !== null && held.get(id)?.reached === true);
  return { level: levels[next] ?? null, risenTo };
};

const isHeld = (state: Held | undefined, moment: Instant): boolean =>
  state !== undefined && (state.reached || state.until === null || moment < state.until);

// Falling one level only: that level is held for a period of its own, as if it had been reached until now. Where
// nothing is kept there is no such period, and every level falls at once.
const falling = (
  tiers: Tiers,
  held: HeldLevels,
  was: number,
  best: number,
  { moment, zone }: { readonly moment: Instant; readonly zone: string },
): number => {
  const level = tiers.levels[was - 1];
  if (tiers.requalify !== 'one_level' || was - 1 <= best || level === undefined) return best;
  const period = keptUntil(moment, tiers, zone);
  if (period !== null && period <= moment) return best;
  held.set(level.id, { reached: false, until: period });
  return was - 1;
};

/** The first moment after another at which a level is not kept any more; null: none. */
export const endsAfter = (held: HeldLevels, after: Instant): Instant | null => {
  let first: number = Infinity;
  for (const { reached, until } of held.values())
    if (!reached && until !== null && until > after && until < first) first = until;
  return first === Infinity ? null : instant(first);
};
