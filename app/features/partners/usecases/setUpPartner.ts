import type { ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { ok, refuse, type Result } from '~/core/values/result';
import type { PartnerAway } from '~/platforms/partner';
import type { Deps } from '~/usecases/deps';
import { findPartner, partnersOf, writePartner, type PartnerKind } from '../db/partners';

/** A partner as the merchant writes it. `secret` empty: the one that is kept stays. */
export type PartnerForm = {
  readonly id: string;
  readonly name: string;
  readonly kind: PartnerKind;
  readonly address: string;
  readonly secret: string;
};

export type SetUpRefusal =
  | { readonly kind: 'name_missing' | 'secret_missing' | 'address_wrong' | 'too_many' }
  /** It does not answer with a catalogue. */
  | { readonly kind: 'away'; readonly why: NonNullable<PartnerAway['why']> | 'silent' };

const partnersMost = 20;
const nameMost = 60;
const secretMost = 500;
const addressMost = 500;

/**
 * Sets a partner up, or changes it. One that is asked at an address is asked for its catalogue first: what does not
 * answer is not kept. The secret is kept encrypted, and never read by a page.
 */
export const setUpPartner = async (
  deps: Pick<Deps, 'database' | 'secrets' | 'partnerAt'>,
  programId: ProgramId,
  form: PartnerForm,
  now: Instant,
): Promise<Result<null, SetUpRefusal>> => {
  const { prisma } = deps.database;
  const name = form.name.trim().slice(0, nameMost);
  if (name === '') return refuse({ kind: 'name_missing' });
  const key = { programId, partnerId: form.id };
  const before = await findPartner(prisma, key);
  if (before === null && (await partnersOf(prisma, programId)).length >= partnersMost)
    return refuse({ kind: 'too_many' });
  const kept = { ...key, name, createdAt: before?.createdAt ?? now };
  const kind = before?.kind ?? form.kind;
  if (kind === 'file') {
    await writePartner(prisma, { ...kept, kind, address: null, secret: null });
    return ok(null);
  }
  const address = addressIn(form.address);
  if (address === null) return refuse({ kind: 'address_wrong' });
  // A secret is for the address that it was given for: another one could be somebody's who collects them.
  const isSame = before?.address === address;
  const written = form.secret.trim().slice(0, secretMost);
  const sealed = written === '' ? (isSame ? before.secret : null) : deps.secrets.encrypt(written);
  if (sealed === null) return refuse({ kind: 'secret_missing' });
  const answer = await deps.partnerAt({ address, secret: deps.secrets.decrypt(sealed) }).catalogue();
  if (!answer.ok) return refuse({ kind: 'away', why: answer.error.why ?? 'silent' });
  await writePartner(prisma, { ...kept, kind, address, secret: sealed });
  return ok(null);
};

// An address below which the paths of the contract are; whether it may be asked, says who asks.
const addressIn = (text: string): string | null => {
  const written = text.trim();
  if (written.length > addressMost || !URL.canParse(written)) return null;
  const { protocol, search, hash, username, password } = new URL(written);
  if (!['https:', 'http:'].includes(protocol) || `${search}${hash}${username}${password}` !== '') return null;
  return new URL(written).href.replace(/\/+$/, '');
};
