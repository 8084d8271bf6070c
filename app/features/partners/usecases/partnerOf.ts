import type { Instant } from '~/core/values/instant';
import { invariant } from '~/core/values/result';
import type { Partner } from '~/platforms/partner';
import type { Deps } from '~/usecases/deps';
import type { PartnerRecord } from '../db/partners';
import { filePartner } from './filePartner';

/** Speaks with a partner in its own way. `timeZone`: in which days of codes that were uploaded end. */
export const partnerOf = (
  deps: Pick<Deps, 'database' | 'secrets' | 'partnerAt'>,
  record: PartnerRecord,
  timeZone: string,
  now: Instant,
): Partner => {
  if (record.kind === 'file') return filePartner(deps, { ...record, timeZone }, now);
  const { address, secret } = record;
  invariant(address !== null && secret !== null, 'a partner that is asked has an address and a secret');
  return deps.partnerAt({ address, secret: deps.secrets.decrypt(secret) });
};
