/** So many orders say something; fewer are chance. */
export const ordersEnough = 200;
const usualShare = 3_000;
const wholeBasis = 10_000;

/** With which chance members are played to take a reward, in basis points; `seenAt`: in so many orders (null: none). */
export type Share = { readonly basisPoints: number; readonly seenAt: number | null };

/** The shop's own share, if enough orders were seen; else three in ten. */
export const shareOf = ({ could, did }: { readonly could: number; readonly did: number }): Share =>
  could < ordersEnough
    ? { basisPoints: usualShare, seenAt: null }
    : { basisPoints: Math.round((did / could) * wholeBasis), seenAt: could };
