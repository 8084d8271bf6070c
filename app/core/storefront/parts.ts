/** The parts of the storefront that a merchant places in the shop's pages, in the order in which they are offered. */
export const storefrontParts = ['launcher', 'rewards', 'points', 'page', 'balance', 'nudge', 'history'] as const;
export type StorefrontPartName = (typeof storefrontParts)[number];

/** Without these, shoppers do not see the program, or cannot spend points where they shop. */
export const neededParts: readonly StorefrontPartName[] = ['launcher', 'rewards'];
