import type { DocumentIssue } from '~/core/program/issues';
import { readDocument } from '~/core/program/migration';
import { shippingOffers } from '~/core/tiers/shippingOffers';
import { programSummary } from '~/core/storefront/programSummary';
import type { ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { canonicalJson } from '~/core/values/canonicalJson';
import { ok, refuse, type Result } from '~/core/values/result';
import { sha256 } from '~/process/secrets';
import { inTransaction } from '~/db/inTransaction';
import { currentProgram, lockProgram } from '~/db/programs';
import { markSummaryPublished, storeById } from '~/db/stores';
import type { PlatformFailure } from '~/platforms/platform';
import type { Deps, StoreRef } from './deps';
import { publishVersion } from './publishVersion';
import { readSold } from './readSold';

export type DocumentRefusal =
  | { readonly kind: 'not_a_document'; readonly issues: readonly DocumentIssue[] }
  /** Somebody published this version since the editor began. */
  | { readonly kind: 'version_changed'; readonly version: number };

/**
 * Publishes a new version of a program. Earlier versions never change, and orders keep theirs. Publishing
 * what is in force already changes nothing. `basedOn` is the version the editor saw: refused when another
 * was published meanwhile.
 */
export const publishProgram = async (
  deps: Deps,
  programId: ProgramId,
  { document, basedOn, by }: { readonly document: unknown; readonly basedOn: number | null; readonly by: string },
  now: Instant,
): Promise<Result<{ readonly version: number }, DocumentRefusal>> => {
  const parsed = readDocument(document);
  if (!parsed.ok) return refuse({ kind: 'not_a_document', issues: parsed.error });
  return inTransaction(deps.database, async (tx): Promise<Result<{ readonly version: number }, DocumentRefusal>> => {
    await lockProgram(tx, programId);
    const current = await currentProgram(tx, programId);
    if (current !== null && canonicalJson(current.document) === canonicalJson(parsed.value))
      return ok({ version: current.version });
    if ((current?.version ?? null) !== basedOn) {
      return refuse({ kind: 'version_changed', version: current?.version ?? 0 });
    }
    const next = { before: current, document: parsed.value, by, draftRevision: null };
    return ok({ version: await publishVersion(deps, tx, programId, next, now) });
  });
};

/**
 * Publishes to a store what it shows and does of the program by itself, when that changed: the summary that its
 * storefront paints, and the shipping that tiers give. Throws when the platform cannot be asked, or refuses.
 */
export const publishProgramSummary = async (deps: Deps, ref: StoreRef): Promise<void> => {
  const { prisma } = deps.database;
  const store = await storeById(prisma, ref.programId, ref.storeId);
  const program = await currentProgram(prisma, ref.programId);
  if (store === null || program === null) return;
  const sold = await readSold(deps, store, [program.document]);
  if (!sold.ok) throw notPublished(sold.error);
  const summary = programSummary(program.document, program.version, store.currency, sold.value);
  const offers = shippingOffers(program.document, store.currency);
  const hash = sha256(canonicalJson({ summary, offers })).slice(0, 16);
  if (store.publishedSummary === hash) return;
  const answer = await deps.platformOf(store).publishProgramSummary(summary);
  if (!answer.ok) throw notPublished(answer.error);
  const kept = await deps.platformOf(store).keepShippingOffers(offers);
  if (!kept.ok) throw new Error(`The free shipping of tiers is not as it should be: ${reasonOf(kept.error)}`);
  await markSummaryPublished(prisma, store, hash);
};

const reasonOf = (failure: PlatformFailure): string =>
  failure.kind === 'unavailable' ? failure.reason : failure.reasons.join(' ');

const notPublished = (failure: PlatformFailure): Error =>
  new Error(`The program's summary could not be published: ${reasonOf(failure)}`);
