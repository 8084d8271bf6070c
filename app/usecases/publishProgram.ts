import type { DocumentIssue } from '~/core/program/issues';
import { readDocument } from '~/core/program/migration';
import { programSummary } from '~/core/storefront/programSummary';
import type { ProgramId } from '~/core/values/ids';
import { instant, wholeSecond, type Instant } from '~/core/values/instant';
import { canonicalJson } from '~/core/values/canonicalJson';
import { ok, refuse, type Result } from '~/core/values/result';
import { sha256 } from '~/process/secrets';
import { lengthenLots } from '~/core/ledger/renew';
import type { ProgramDocument } from '~/core/program/document';
import { inTransaction, type Tx } from '~/db/inTransaction';
import { lockMembers, membersWithLots } from '~/db/members';
import { requalifyEverybody } from '~/db/tiers';
import { currentProgram, insertVersion, lockProgram } from '~/db/programs';
import { markSummaryPublished, storeById, storesOf } from '~/db/stores';
import type { Deps, StoreRef } from './deps';
import { publishProgramLater } from './effects/publishProgram';
import { changeMembers, type OpenedMembers } from './writeMembers';

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
  document: unknown,
  basedOn: number | null,
  by: string,
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
    const version = (current?.version ?? 0) + 1;
    // An order placed after this carries at least this second, but maybe no fraction of it.
    await insertVersion(tx, { programId, version, document: parsed.value, by }, wholeSecond(now));
    await changeExpiry(deps, tx, programId, current?.document ?? null, parsed.value, wholeSecond(now));
    if (canonicalJson(current?.document.tiers ?? null) !== canonicalJson(parsed.value.tiers))
      await requalifyEverybody(tx, programId, wholeSecond(now));
    const stores = await storesOf(tx, programId);
    await deps.enqueue(
      stores.map((store) => publishProgramLater.of({ store: refOf(store) })),
      tx,
    );
    return ok({ version });
  });
};

/**
 * What a new expiry policy means for lots that are open, and for what is on hold or spent and may come back: switching
 * on gives lots without an end the full period from today; anything else only ever lengthens their lives (rules §4).
 * Page by page, in the transaction that publishes.
 */
const changeExpiry = async (
  deps: Deps,
  tx: Tx,
  programId: ProgramId,
  before: ProgramDocument | null,
  after: ProgramDocument,
  now: Instant,
): Promise<void> => {
  if (before === null || livesOf(before) === livesOf(after)) return;
  for (
    let page = await membersWithLots(tx, programId, null);
    page.length > 0;
    page = await membersWithLots(tx, programId, page.at(-1) ?? null)
  ) {
    const members = await lockMembers(tx, {
      identities: [],
      orders: [],
      codes: [],
      members: page.map((memberId) => ({ programId, memberId })),
    });
    const versions = [{ version: 0, publishedAt: instant(-8.64e15), document: before }];
    const decide = ({ book, openOf, activitiesOf }: OpenedMembers): void => {
      for (const { memberId } of members) {
        const renewal = { versions, activities: activitiesOf(memberId), zone: after.timeZone, lapsed: [] };
        book.post(memberId, lengthenLots(openOf(memberId), after.policies, renewal, now));
      }
    };
    const read = () => ({ withActivities: true, withSpent: true });
    await changeMembers(deps, tx, { members, read, decide }, now);
  }
};

/** All of the policies that says how long points live. */
const livesOf = ({ policies: { expiry, minimumLifeDays } }: ProgramDocument): string =>
  canonicalJson({ expiry, minimumLifeDays });

const refOf = ({ programId, storeId, domain }: StoreRef): StoreRef => ({ programId, storeId, domain });

/**
 * Publishes the program's summary to a store's app-data metafield, when it changed. Throws when the platform cannot be
 * asked.
 */
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
