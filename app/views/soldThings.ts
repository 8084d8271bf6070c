import type { ProductFacts } from '~/core/earning/conditions/condition';
import { isPlatformId, type PlatformId } from '~/core/values/ids';
import { ok, type Result } from '~/core/values/result';
import type { Platform, PlatformFailure } from '~/platforms/platform';

/** What the shop says of a variant that somebody puts into an order to try rules with. */
export type SoldThing = {
  readonly variantId: PlatformId;
  readonly productId: PlatformId;
  readonly vendor: string | null;
  readonly priceMinor: number;
  /** What rules may ask of its product. */
  readonly facts: ProductFacts | null;
};

/** So many lines may be thought up at once. */
const thingsMax = 20;

/** Which variants an address asks for ("?variant=41,42"); null: it makes no sense, or asks for too many. */
export const soldAsked = (parameters: URLSearchParams): readonly PlatformId[] | null => {
  const ids = (parameters.get('variant') ?? '').split(',').filter((id) => id !== '');
  return ids.length <= thingsMax && ids.every(isPlatformId) ? ids : null;
};

/** Asks the shop what variants cost and what rules may ask of their products; those that are gone are left out. */
export const soldThings = async (
  platform: Pick<Platform, 'readVariants' | 'readProducts'>,
  ids: readonly PlatformId[],
): Promise<Result<readonly SoldThing[], PlatformFailure>> => {
  if (ids.length === 0) return ok([]);
  const sold = await platform.readVariants(ids);
  if (!sold.ok) return sold;
  const variants = [...sold.value.values()];
  const products = await platform.readProducts([...new Set(variants.map(({ productId }) => productId))]);
  if (!products.ok) return products;
  return ok(
    variants.map(({ variantId, productId, vendor, priceMinor }) => {
      const facts = products.value.get(productId) ?? null;
      return { variantId, productId, vendor, priceMinor, facts };
    }),
  );
};
