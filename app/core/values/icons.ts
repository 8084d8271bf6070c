/** The small pictures that a program and its tiers may wear. */
export const icons = ['star', 'heart', 'crown', 'diamond', 'leaf', 'flame', 'medal', 'rocket'] as const;
export type Icon = (typeof icons)[number];
