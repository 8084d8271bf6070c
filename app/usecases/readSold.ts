import type { ProgramDocument } from '~/core/program/document';
import type { SoldVariant } from '~/core/rewards/quote';
import { variantsOf } from '~/core/rewards/section';
import { asId, type PlatformId } from '~/core/values/ids';
import { ok, type Result } from '~/core/values/result';
import type { ShopAddress } from '~/platforms/module';
import type { PlatformFailure } from '~/platforms/platform';
import type { Deps } from './deps';

/**
 * How a shop sells the products that rewards on offer give, by variant. Nothing is asked where none gives one; what the
 * shop does not have any more is left out.
 */
export const readSold = async (
  deps: Deps,
  store: ShopAddress,
  documents: readonly Pick<ProgramDocument, 'rewards'>[],
): Promise<Result<ReadonlyMap<string, SoldVariant>, PlatformFailure>> => {
  const offered = documents.flatMap(({ rewards }) => rewards).filter(({ enabled }) => enabled);
  const ids = [...new Set(offered.flatMap(variantsOf))];
  return ids.length === 0 ? ok(new Map()) : deps.platformOf(store).readVariants(ids.map(asId<PlatformId>));
};
