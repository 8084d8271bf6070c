import type { TierDocument } from './section';

/** The customer tag by which the shop's own tools know a tier, such as `tier:gold`. */
export const tierTag = (tierId: string): string => `tier:${tierId}`;

/** Which tags a member's customer gets and loses: one per tier of the program, of which at most one is worn. */
export const tierTags = (
  document: Pick<TierDocument, 'tiers'> | null,
  tierId: string | null,
): { readonly add: readonly string[]; readonly remove: readonly string[] } => {
  const levels = document?.tiers?.levels ?? [];
  return {
    add: levels.filter(({ id }) => id === tierId).map(({ id }) => tierTag(id)),
    remove: levels.filter(({ id }) => id !== tierId).map(({ id }) => tierTag(id)),
  };
};
