import type { Api } from '@shopify/ui-extensions/purchase.checkout.reductions.render-after';
import { numberOf } from '../../shared/cart';

type Changing = Pick<Api, 'lines' | 'discountCodes' | 'applyCartLinesChange' | 'applyDiscountCodeChange'>;
type Line = Api['lines']['value'][number];

const isSame = (a: string, b: string): boolean => a.toUpperCase() === b.toUpperCase();
const isOf =
  (code: string) =>
  ({ attributes }: Line): boolean =>
    attributes.some(({ key, value }) => key === '_fidelio' && value === code);

/** Whether a variant is in the order already: one unit of it is paid for, so that none has to be added. */
export const hasVariant = ({ lines }: Pick<Changing, 'lines'>, variant: string): boolean =>
  lines.value.some(({ merchandise }) => numberOf(merchandise.id) === variant);

/** Sees to it that a code's product is in the order. false: Shopify does not take it. */
const bring = async (api: Changing, variant: string, code: string): Promise<boolean> => {
  if (hasVariant(api, variant)) return true;
  const added = await api.applyCartLinesChange({
    type: 'addCartLine',
    merchandiseId: `gid://shopify/ProductVariant/${variant}`,
    quantity: 1,
    attributes: [{ key: '_fidelio', value: code }],
  });
  return added.type === 'success';
};

/** Takes the product that came with a code out of the order. false: it is still there. */
const takeProductOut = async (api: Changing, code: string): Promise<boolean> => {
  // Ids of lines change with every change of the order: it is looked for now.
  const line = api.lines.value.find(isOf(code));
  if (line === undefined) return true;
  const removed = await api.applyCartLinesChange({ type: 'removeCartLine', id: line.id, quantity: line.quantity });
  return removed.type === 'success';
};

/** How putting a code into the order ended. `product left`: refused, and its product is still in the order. */
export type Applied = 'applied' | 'refused' | 'product left';

/** Puts a code into the order, with its product if it has one. Refused, the product that was brought goes, too. */
export const putIn = async (api: Changing, code: string, variant: string | null): Promise<Applied> => {
  if (variant !== null && !(await bring(api, variant, code).catch(() => false))) return 'refused';
  const applied = await api
    .applyDiscountCodeChange({ type: 'addDiscountCode', code })
    .catch(() => ({ type: 'error' as const }));
  if (applied.type === 'success') return 'applied';
  return (await takeProductOut(api, code).catch(() => false)) ? 'refused' : 'product left';
};

/** Takes a code out of the order, and the product that came with it. false: it is still there as it was. */
export const takeOut = async (api: Changing, code: string): Promise<boolean> => {
  const isIn = (): boolean => api.discountCodes.value.some((one) => isSame(one.code, code));
  const variant = api.lines.value.find(isOf(code))?.merchandise.id;
  if (!(await takeProductOut(api, code))) return false;
  // A code without its product may be gone with it.
  if (!isIn()) return true;
  const removed = await api.applyDiscountCodeChange({ type: 'removeDiscountCode', code });
  if (removed.type === 'success') return true;
  if (variant !== undefined) await bring(api, numberOf(variant), code);
  return false;
};
