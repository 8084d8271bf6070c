import type { TierDocument, TierLevel } from './section';

/** The customer tag by which the shop's own tools know a tier, such as `tier:gold`. */
export const tierTag = (tierId: string): string => `tier:${tierId}`;

/**
 * Which tags a member's customer gets and loses: one per tier of the program, of which at most one is worn, and those
 * of the tiers' perks.
 */
export const tierTags = (
  document: Pick<TierDocument, 'tiers'> | null,
  tierId: string | null,
): { readonly add: readonly string[]; readonly remove: readonly string[] } => {
  const levels = document?.tiers?.levels ?? [];
  const add = levels.filter(({ id }) => id === tierId).flatMap(tagsOf);
  const others = levels.filter(({ id }) => id !== tierId).flatMap(tagsOf);
  return { add, remove: [...new Set(others)].filter((tag) => !add.includes(tag)) };
};

const tagsOf = ({ id, perks }: TierLevel): readonly string[] => [
  tierTag(id),
  ...perks.flatMap((perk) => (perk.kind === 'priority_support' ? [perk.tag] : [])),
];
