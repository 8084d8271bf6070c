import type { SoldThing } from '~/views/soldThings';

/** Reads what the shop says of variants; throws when there is no answer. */
export type ReadSold = (variantIds: readonly string[]) => Promise<readonly SoldThing[]>;

export const readSold: ReadSold = async (variantIds) => {
  const answer = await fetch(`/app/sold?${new URLSearchParams({ variant: variantIds.join(',') }).toString()}`);
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as readonly SoldThing[];
};
