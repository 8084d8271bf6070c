import { z } from 'zod';
import type { PlatformId } from '../values/ids';
import { oneMissing, productsMost, thingIds } from './fields';

const schema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('product'), productIds: thingIds(productsMost) }),
  z.strictObject({ kind: z.literal('collection'), collectionIds: thingIds() }),
]);

/** The lines that a reward takes something off, where it is not the whole cart: of some products or collections. */
export type RewardLines = z.infer<typeof schema>;

/** A field of rewards that take money off. null: the whole cart. */
export const rewardLines = schema.nullable().default(null);

/** A line of a cart, as far as it is asked whether a reward is for it. */
export type LineOfCart = {
  /** null: it has none that anybody knows. */
  readonly productId: PlatformId | null;
  /** The collections that it is in; left out: nobody knows. */
  readonly collections?: readonly string[] | undefined;
};

/** What lines are chosen by. */
export const idsOf = (lines: RewardLines): readonly string[] =>
  lines.kind === 'product' ? lines.productIds : lines.collectionIds;

/** Whether a reward for some lines is for this one. Where nobody knows, it is: the shop decides at the checkout. */
export const isAmong = (lines: RewardLines | null, { productId, collections }: LineOfCart): boolean => {
  if (lines === null) return true;
  if (productId === null) return false;
  if (lines.kind === 'product') return lines.productIds.includes(productId);
  return collections === undefined || collections.some((id) => lines.collectionIds.includes(id));
};

type WithLines = { readonly enabled: boolean; readonly lines: RewardLines | null };

/** A rule of the schema: what is on offer for some lines says which. */
export const linesChosen = ({ enabled, lines }: WithLines, context: z.RefinementCtx): void => {
  if (!enabled || lines === null || idsOf(lines).length > 0) return;
  context.addIssue({
    code: 'custom',
    path: ['lines', lines.kind === 'product' ? 'productIds' : 'collectionIds'],
    ...oneMissing,
  });
};
