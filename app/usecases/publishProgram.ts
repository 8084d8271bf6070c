import { programDocumentSchema } from '~/core/program/document';
import { programSummary } from '~/core/program/summary';
import type { ProgramId } from '~/core/values/ids';
import { wholeSecond, type Instant } from '~/core/values/instant';
import { canonicalJson } from '~/core/values/canonicalJson';
import { ok, refuse, type Result } from '~/core/values/result';
import { isTimeZone } from '~/core/values/zone';
import { sha256 } from '~/crypto.server';
import { inTransaction } from '~/db/inTransaction';
import { currentProgram, insertVersion, lockProgram } from '~/db/programs';
import { markSummaryPublished, storeById, storesOf } from '~/db/stores';
import type { Deps, StoreRef } from './deps';

/** What is wrong with a document: where, and a sentence. */
export type DocumentRefusal = {
  readonly kind: 'not_a_document' | 'version_changed';
  readonly issues: readonly { readonly path: string; readonly message: string }[];
};

/**
 * Publishes a new version of a program. Earlier versions never change, and orders keep theirs. Publishing
 * what is in force already changes nothing. `basedOn` is the version the editor saw: refused when another
 * was published meanwhile.
 */
export const publishProgram = async (
  deps: Deps,
  programId: ProgramId,
  document: unknown,
  basedOn: number | null,
  by: string,
  now: Instant,
): Promise<Result<{ readonly version: number }, DocumentRefusal>> => {
  const parsed = programDocumentSchema.safeParse(document);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
    return refuse({ kind: 'not_a_document', issues });
  }
  if (!isTimeZone(parsed.data.timeZone)) {
    return refuse({ kind: 'not_a_document', issues: [{ path: 'timeZone', message: 'is not a time zone' }] });
  }
  return inTransaction(deps.database, async (tx): Promise<Result<{ readonly version: number }, DocumentRefusal>> => {
    await lockProgram(tx, programId);
    const current = await currentProgram(tx, programId);
    if (current !== null && canonicalJson(current.document) === canonicalJson(parsed.data)) return ok({ version: current.version });
    if ((current?.version ?? null) !== basedOn) {
      return refuse({ kind: 'version_changed', issues: [{ path: '', message: `version ${current?.version ?? 0} was published meanwhile` }] });
    }
    const version = (current?.version ?? 0) + 1;
    // An order placed after this carries at least this second, but maybe no fraction of it.
    await insertVersion(tx, { programId, version, document: parsed.data, by }, wholeSecond(now));
    const stores = await storesOf(tx, programId);
    await deps.enqueue(
      stores.map((store) => ({ kind: 'publish_program' as const, store: refOf(store) })),
      tx,
    );
    return ok({ version });
  });
};

const refOf = ({ programId, storeId, domain }: StoreRef): StoreRef => ({ programId, storeId, domain });

/** Publishes the program's summary to a store's app-data metafield, when it changed. Throws when the platform cannot be asked. */
export const publishProgramSummary = async (deps: Deps, ref: StoreRef): Promise<void> => {
  const { prisma } = deps.database;
  const store = await storeById(prisma, ref.programId, ref.storeId);
  const program = await currentProgram(prisma, ref.programId);
  if (store === null || program === null) return;
  const summary = programSummary(program.document, program.version, store.currency);
  const hash = sha256(canonicalJson(summary)).slice(0, 16);
  if (store.publishedSummary === hash) return;
  const answer = await deps.platformOf(store).publishProgramSummary(summary);
  if (!answer.ok) {
    const reason = answer.error.kind === 'unavailable' ? answer.error.reason : answer.error.reasons.join(' ');
    throw new Error(`The program's summary could not be published: ${reason}`);
  }
  await markSummaryPublished(prisma, store, hash);
};
