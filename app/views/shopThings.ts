import { z } from 'zod';
import { isPlatformId, type PlatformId } from '~/core/values/ids';
import { ok, type Result } from '~/core/values/result';
import type { Platform, PlatformFailure, ShopThing, ThingKind } from '~/platforms/platform';

/** So many things may be asked for at once. */
const thingsMax = 200;

type ThingsAsked = Readonly<Record<ThingKind, readonly PlatformId[]>>;

/** What the shop calls things: those that are missing are not in the shop any more. */
export type NamedThings = Readonly<Record<ThingKind, readonly ShopThing[]>>;

const ids = z
  .string()
  .default('')
  .transform((text) => text.split(',').filter((id) => id !== ''))
  .pipe(z.array(z.string().refine(isPlatformId)).max(thingsMax));

const query = z.object({ product: ids, collection: ids, variant: ids });

/** What an address asks for ("?product=31,32&collection=7"); null: it makes no sense, or asks for too many. */
export const thingsAsked = (parameters: URLSearchParams): ThingsAsked | null => {
  const read = query.safeParse(Object.fromEntries(parameters));
  if (!read.success) return null;
  const { product, collection, variant } = read.data;
  return product.length + collection.length + variant.length <= thingsMax ? read.data : null;
};

/** Asks the shop what it calls the products, collections and variants that a program names by their ids. */
export const shopThings = async (
  platform: Pick<Platform, 'readThings'>,
  asked: ThingsAsked,
): Promise<Result<NamedThings, PlatformFailure>> => {
  const read = (kind: ThingKind) =>
    asked[kind].length === 0 ? Promise.resolve(ok([])) : platform.readThings(kind, asked[kind]);
  const [product, collection, variant] = await Promise.all([read('product'), read('collection'), read('variant')]);
  if (!product.ok) return product;
  if (!collection.ok) return collection;
  return variant.ok ? ok({ product: product.value, collection: collection.value, variant: variant.value }) : variant;
};
