import type { CodeGrant } from '~/core/rewards/grants';
import { ok, type Result } from '~/core/values/result';
import type { PlatformFailure, ThingKind } from '~/platforms/platform';
import type { AdminClient } from '../adminClient';
import { readThings } from '../operations/readThings';
import { shopifyIds } from './codeThings';

type Named = {
  readonly kind: ThingKind;
  readonly ids: readonly string[];
  readonly put: (ids: string[]) => CodeGrant;
};

/** What can be missing of what a grant names, and the grant with other ids; null: it names one thing or none. */
const severalIn = (grant: CodeGrant): Named | null => {
  if (grant.kind === 'free_product') {
    const { collectionIds: ids } = grant;
    return { kind: 'collection', ids, put: (collectionIds) => ({ ...grant, collectionIds }) };
  }
  if (grant.kind === 'free_shipping' || grant.lines === undefined) return null;
  const { lines } = grant;
  return lines.kind === 'product'
    ? {
        kind: 'product',
        ids: lines.productIds,
        put: (productIds) => ({ ...grant, lines: { kind: 'product', productIds } }),
      }
    : {
        kind: 'collection',
        ids: lines.collectionIds,
        put: (collectionIds) => ({ ...grant, lines: { kind: 'collection', collectionIds } }),
      };
};

/**
 * A grant without the products or collections that the shop does not have any more: it makes no code for those. null:
 * all are there, or none is.
 */
export const withoutGone = async (
  client: AdminClient,
  grant: CodeGrant,
): Promise<Result<CodeGrant | null, PlatformFailure>> => {
  const named = severalIn(grant);
  if (named === null || named.ids.length < 2) return ok(null);
  const ids = shopifyIds(named.ids);
  const read = await readThings(client, named.kind, ids);
  if (!read.ok) return read;
  const there = read.value.map(({ id }): string => id);
  return ok(there.length === 0 || there.length === ids.length ? null : named.put(there));
};
