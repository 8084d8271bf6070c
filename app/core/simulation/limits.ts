import { limitForAll } from '../rewards/conditions';
import type { Reward } from '../rewards/section';
import type { MemberId } from '../values/ids';
import type { Instant } from '../values/instant';
import type { TakenReward } from './behaviour';

/** How often a member gets rewards that ran out, by their ids. A reward that is not there did not run out. */
export type Grants = ReadonlyMap<string, number>;

/** Nothing ran out. */
export const noGrants: Grants = new Map();

/** The rewards of one version that are limited for all members together, while the members are played one by one. */
export type Limits = {
  /**
   * Writes down what a member took, in place of what was written before. Answers whether any of it is limited for all:
   * who took nothing of that is played the same, whatever runs out.
   */
  readonly note: (memberId: MemberId, taken: readonly TakenReward[]) => boolean;
  /**
   * Finds the reward that runs out next, and grants it to those who took it first. Answers the members who took more of
   * it than that: they have to be played again, and noted. null: nothing more runs out.
   */
  readonly runOut: () => ReadonlySet<MemberId> | null;
  readonly grantsOf: (memberId: MemberId) => Grants;
};

type Taking = { readonly memberId: MemberId; readonly at: Instant };

/**
 * Counts what all members took of limited rewards in the order of time (of one moment in the order of the members'
 * ids), as a shop would have given it. Up to the moment at which the first reward runs out, everybody is played as if
 * none did; from there on only those who took more of it are played otherwise; and so on with the next one. `share`:
 * which part of the members is played (above 0, to 1); so much of each limit is for them, one at least.
 */
export const openLimits = (rewards: readonly Reward[], share = 1): Limits => {
  const totals = new Map(
    rewards.flatMap((reward) => {
      const total = reward.enabled ? limitForAll(reward) : null;
      return total === null ? [] : [[reward.id, Math.max(1, Math.round(total * share))] as const];
    }),
  );
  const notes = new Map<MemberId, readonly TakenReward[]>();
  const granted = new Map<string, ReadonlyMap<MemberId, number>>();

  const takingsOf = (rewardId: string): readonly Taking[] =>
    [...notes]
      .flatMap(([memberId, taken]) =>
        taken.flatMap((one) => (one.rewardId === rewardId ? [{ memberId, at: one.at }] : [])),
      )
      .sort(compareTakings);
  return {
    note: (memberId, taken) => {
      const limited = taken.filter(({ rewardId }) => totals.has(rewardId));
      if (limited.length > 0) notes.set(memberId, limited);
      else notes.delete(memberId);
      return limited.length > 0;
    },
    runOut: () => {
      const over = [...totals]
        .filter(([rewardId]) => !granted.has(rewardId))
        .flatMap(([rewardId, total]) => {
          const takings = takingsOf(rewardId);
          const [first] = takings.slice(total);
          return first === undefined ? [] : [{ rewardId, first, given: takings.slice(0, total), takings }];
        });
      const [next] = over.sort((a, b) => compareTakings(a.first, b.first));
      if (next === undefined) return null;
      granted.set(next.rewardId, countByMember(next.given));
      return new Set(next.takings.slice(next.given.length).map(({ memberId }) => memberId));
    },
    grantsOf: (memberId) => {
      if (granted.size === 0) return noGrants;
      return new Map([...granted].map(([rewardId, members]) => [rewardId, members.get(memberId) ?? 0]));
    },
  };
};

const compareTakings = (a: Taking, b: Taking): number =>
  a.at - b.at || (a.memberId < b.memberId ? -1 : a.memberId > b.memberId ? 1 : 0);

const countByMember = (takings: readonly Taking[]): ReadonlyMap<MemberId, number> => {
  const counts = new Map<MemberId, number>();
  for (const { memberId } of takings) counts.set(memberId, (counts.get(memberId) ?? 0) + 1);
  return counts;
};
