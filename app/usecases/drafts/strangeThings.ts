import { thingsNamed, type ThingsNamed } from '~/core/program/thingsNamed';
import type { ProgramDocument } from '~/core/program/document';
import { asId, type PlatformId, type ProgramId } from '~/core/values/ids';
import { ok, type Result } from '~/core/values/result';
import { storesOf, type Store } from '~/db/stores';
import type { PlatformFailure, ThingKind } from '~/platforms/platform';
import type { Deps } from '../deps';

/**
 * What a document names that no store of the program has: products, collections and variants that none of its shops
 * knows, and stores that are not its own. Every shop is asked only for what the ones before it do not have.
 */
export const strangeThings = async (
  deps: Pick<Deps, 'database' | 'platformOf'>,
  programId: ProgramId,
  document: ProgramDocument,
): Promise<Result<ThingsNamed, PlatformFailure>> => {
  const named = thingsNamed(document);
  const stores = await storesOf(deps.database.prisma, programId);
  const shops = stores.filter(({ uninstalledAt }) => uninstalledAt === null);
  const product = await unknownIn(deps, shops, 'product', named.product);
  if (!product.ok) return product;
  const collection = await unknownIn(deps, shops, 'collection', named.collection);
  if (!collection.ok) return collection;
  const variant = await unknownIn(deps, shops, 'variant', named.variant);
  if (!variant.ok) return variant;
  const store = named.store.filter((id) => !stores.some(({ storeId }) => storeId === id));
  return ok({ product: product.value, collection: collection.value, variant: variant.value, store });
};

const unknownIn = async (
  deps: Pick<Deps, 'platformOf'>,
  shops: readonly Store[],
  kind: ThingKind,
  ids: readonly string[],
): Promise<Result<readonly string[], PlatformFailure>> => {
  let unknown = ids;
  for (const shop of shops) {
    if (unknown.length === 0) break;
    const read = await deps.platformOf(shop).readThings(kind, unknown.map(asId<PlatformId>));
    if (!read.ok) return read;
    const known = new Set<string>(read.value.map(({ id }) => id));
    unknown = unknown.filter((id) => !known.has(id));
  }
  return ok(unknown);
};
