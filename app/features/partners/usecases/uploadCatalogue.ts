import { ok, refuse, type Result } from '~/core/values/result';
import { inTransaction } from '~/db/inTransaction';
import type { Store } from '~/db/stores';
import type { Deps } from '~/usecases/deps';
import { readCatalogueFile, type CatalogueRefusal } from '../core/catalogueFile';
import { findPartner, replaceItems } from '../db/partners';

/** Puts the catalogue of a file in the place of the one before, all or nothing; answers how many items it has. */
export const uploadCatalogue = async (
  { database }: Pick<Deps, 'database'>,
  { programId, currency }: Pick<Store, 'programId' | 'currency'>,
  { partnerId, text }: { readonly partnerId: string; readonly text: string },
): Promise<Result<number, CatalogueRefusal | { readonly kind: 'no_partner' }>> => {
  const read = readCatalogueFile(text, currency);
  if (!read.ok) return read;
  const key = { programId, partnerId };
  const isKept = await inTransaction(database, async (tx) => {
    if ((await findPartner(tx, key))?.kind !== 'file') return false;
    await replaceItems(tx, key, read.value);
    return true;
  });
  return isKept ? ok(read.value.length) : refuse({ kind: 'no_partner' });
};
