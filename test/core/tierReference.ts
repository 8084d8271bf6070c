import type { Contribution } from '~/core/tiers/metric';
import type { TierDocument, Tiers } from '~/core/tiers/section';
import type { TierOverride } from '~/core/tiers/clock';
import { keptUntil, leavesAt } from '~/core/tiers/windows';
import { instant, type Instant } from '~/core/values/instant';
import type { Version } from '~/core/values/version';

/**
 * A member's tier as rules §5 say it, with no thought of speed: at every moment at which anything may change,
 * everything is added up again. Answers the tier at each of the moments asked (oldest first), where an order counts
 * from being asked about.
 */
export const referenceTiers = (
  versions: readonly Version<Pick<TierDocument, 'tiers'>>[],
  overrides: readonly TierOverride[],
  orders: readonly Contribution[],
  zone: string,
  asked: readonly Instant[],
): readonly (string | null)[] => {
  const inForce = (moment: Instant): Tiers | null =>
    (versions.findLast(({ publishedAt }) => publishedAt <= moment) ?? versions[0])?.document.tiers ?? null;
  const metric = (tiers: Tiers, moment: Instant): number =>
    orders.reduce((sum, order) => {
      const leaves = leavesAt(order.instant, tiers, zone);
      if (leaves !== null && moment >= leaves) return sum;
      if (tiers.metric === 'spend' && order.currency !== tiers.currency) return sum;
      const step = order.steps.findLast(({ at }) => at <= moment);
      return step === undefined
        ? sum
        : sum + (tiers.metric === 'spend' ? step.spendMinor : tiers.metric === 'points' ? step.points : step.orders);
    }, 0);
  const held = new Map<string, { reached: boolean; until: Instant | null }>();
  const isHeld = (id: string, moment: Instant): boolean => {
    const state = held.get(id);
    return state !== undefined && (state.reached || state.until === null || moment < state.until);
  };
  let earned: string | null = null;
  const judge = (moment: Instant): void => {
    const tiers = inForce(moment);
    if (tiers === null) return void (earned = null);
    const sum = metric(tiers, moment);
    for (const { id, threshold } of tiers.levels) {
      if (threshold !== null && sum >= threshold) held.set(id, { reached: true, until: null });
      else if (held.get(id)?.reached === true) held.set(id, { reached: false, until: keptUntil(moment, tiers, zone) });
    }
    const best = tiers.levels.findLastIndex(({ id }) => isHeld(id, moment));
    const was = tiers.levels.findIndex(({ id }) => id === earned);
    // One level at a time, each for a period of its own; where nothing is kept there is none.
    const until = keptUntil(moment, tiers, zone);
    const level = tiers.levels[was - 1];
    if (tiers.requalify === 'one_level' && was - 1 > best && level !== undefined && until !== moment) {
      held.set(level.id, { reached: false, until });
      earned = level.id;
    } else earned = tiers.levels[best]?.id ?? null;
  };
  const fixed = [
    ...asked,
    ...versions.map(({ publishedAt }) => publishedAt),
    ...orders.flatMap(({ steps }) => steps.map(({ at }) => at)),
    ...orders.flatMap((order) =>
      versions.flatMap(({ document: { tiers } }) =>
        tiers === null ? [] : (leavesAt(order.instant, tiers, zone) ?? []),
      ),
    ),
  ];
  const end = asked.at(-1) ?? instant(0);
  const answers = new Map<Instant, string | null>();
  for (let moment = next(fixed, held, instant(-8.64e15)); moment <= end; moment = next(fixed, held, moment)) {
    judge(moment);
    const override = overrides.findLast(({ from, until }) => from <= moment && (until === null || moment < until));
    answers.set(moment, override === undefined ? earned : override.tierId);
  }
  return asked.map((moment) => answers.get(moment) ?? null);
};

const next = (
  fixed: readonly Instant[],
  held: ReadonlyMap<string, { readonly reached: boolean; readonly until: Instant | null }>,
  after: Instant,
): Instant => {
  const ends = [...held.values()].flatMap(({ reached, until }) => (reached || until === null ? [] : [until]));
  return instant(
    [...fixed, ...ends].reduce((first, moment) => (moment > after && moment < first ? moment : first), 8.64e15),
  );
};
