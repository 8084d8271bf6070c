import type { useAppBridge } from '@shopify/app-bridge-react';
import { asId, isPlatformId, type PlatformId } from '~/core/values/ids';
import type { Thing, ThingKind } from './things';

type Bridge = Pick<ReturnType<typeof useAppBridge>, 'resourcePicker'>;

const bridge = (): Bridge | null => {
  const { shopify } = globalThis as { readonly shopify?: Partial<Bridge> };
  return typeof shopify?.resourcePicker === 'function' ? { resourcePicker: shopify.resourcePicker } : null;
};

/** Whether the admin around us has a list of the shop's things to choose from: outside Shopify's there is none. */
export const canPick = (): boolean => bridge() !== null;

const types = { product: 'Product', collection: 'Collection', variant: 'ProductVariant' } as const;

/**
 * Lets people choose in the shop's own list, at most so many; those chosen before are chosen there already. The answer
 * is the whole new choice; null: they closed it. Throws when the list does not open.
 */
export const pickThings = async (
  kind: ThingKind,
  ids: readonly string[],
  most: number,
): Promise<readonly Thing[] | null> => {
  const chosen = await bridge()?.resourcePicker({
    type: kind,
    action: 'select',
    multiple: most,
    ...(kind === 'product' ? { filter: { variants: false } } : {}),
    selectionIds: ids.filter((id) => /^\d+$/.test(id)).map((id) => ({ id: `gid://shopify/${types[kind]}/${id}` })),
  });
  if (chosen === undefined) return null;
  return chosen.flatMap((one): readonly Thing[] => {
    const id = idOf(one.id);
    const pictures = 'images' in one ? one.images : 'image' in one && one.image != null ? [one.image] : [];
    const title = titleOf(one);
    return id === null || title === null ? [] : [{ id, title, picture: pictures[0]?.originalSrc ?? null }];
  });
};

// A variant is called after its product: "Coffee - 250 g". One that is the only one has no name of its own.
const titleOf = (one: object): string | null => {
  const { title, displayName } = one as { readonly title?: unknown; readonly displayName?: unknown };
  const name = typeof displayName === 'string' ? displayName.replace(/ - Default Title$/, '') : title;
  return typeof name === 'string' ? name : null;
};

const idOf = (gid: string): PlatformId | null => {
  const last = gid.split('/').at(-1) ?? '';
  return isPlatformId(last) ? asId<PlatformId>(last) : null;
};
