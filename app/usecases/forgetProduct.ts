import type { PlatformId } from '~/core/values/ids';
import { forgetProducts } from '~/db/productFacts';
import type { Deps, StoreRef } from './deps';

/**
 * A product changed: what is known of it is read again when an order needs it. Orders that froze it keep what they saw.
 */
export const forgetProduct = (
  deps: Pick<Deps, 'database'>,
  { programId, storeId }: StoreRef,
  productId: PlatformId,
): Promise<void> => forgetProducts(deps.database.prisma, { programId, storeId, productId });
