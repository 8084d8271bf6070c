import type { ProgramDocument } from './document';

type Naming = Pick<ProgramDocument, 'earning' | 'rewards'>;
type Group = 'tier' | 'segment';

type Named = {
  readonly path: readonly (string | number)[];
  readonly kind: Group;
  readonly ids: readonly string[];
};

/** Where rules and rewards name tiers and segments of the document. */
export const namedIds = ({ earning, rewards }: Naming): readonly Named[] => [
  ...earning.bonuses.flatMap(({ conditions }, bonus) =>
    conditions.flatMap((condition, index): readonly Named[] => {
      const path = ['earning', 'bonuses', bonus, 'conditions', index];
      if (condition.kind === 'tier') return [{ path: [...path, 'tierIds'], kind: 'tier', ids: condition.tierIds }];
      if (condition.kind === 'segment')
        return [{ path: [...path, 'segmentIds'], kind: 'segment', ids: condition.segmentIds }];
      return [];
    }),
  ),
  ...rewards.flatMap(({ tierIds, segmentIds }, index): readonly Named[] => [
    { path: ['rewards', index, 'tierIds'], kind: 'tier', ids: tierIds },
    { path: ['rewards', index, 'segmentIds'], kind: 'segment', ids: segmentIds },
  ]),
];

/** Rules and rewards that name a tier or a segment: it cannot go away as long as they do. */
export type Namers = {
  readonly bonuses: readonly ProgramDocument['earning']['bonuses'][number][];
  readonly rewards: readonly ProgramDocument['rewards'][number][];
};

/** Which bonus rules and rewards name one of these tiers or segments. */
export const namersOf = (document: Naming, kind: Group, ids: readonly string[]): Namers => {
  const paths = namedIds(document)
    .filter((named) => named.kind === kind && named.ids.some((id) => ids.includes(id)))
    .map(({ path }) => path);
  return {
    bonuses: document.earning.bonuses.filter((_, index) =>
      paths.some((path) => path[1] === 'bonuses' && path[2] === index),
    ),
    rewards: document.rewards.filter((_, index) => paths.some((path) => path[0] === 'rewards' && path[1] === index)),
  };
};
