import type { ProgramDocument } from '~/core/program/document';
import type { ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { ok, refuse, type Result } from '~/core/values/result';
import { replacedDraft } from '~/db/drafts';
import type { Tx } from '~/db/inTransaction';
import { documentOfVersion } from '~/db/programs';
import type { Deps } from '../deps';
import type { DocumentTaken } from './importDocument';
import { keepGiven } from './keepGiven';
import { refusalOf, takeDraft, withDraft, type DraftRefusal } from './openDraft';

/** What is brought back: a published version, or a draft whose place another one took. */
export type Restorable = { readonly kind: 'version' | 'draft'; readonly number: number };

export type RestoreRefusal = DraftRefusal | { readonly kind: 'not_there' };

/**
 * A published version, or an earlier draft, becomes the draft: on top of what is in force, so that nothing but
 * publishing changes the program. Tiers that members have from staff stay, and are named. `seen` is the revision of the
 * draft whose place it takes; null: there was none.
 */
export const restoreVersion = (
  deps: Pick<Deps, 'database'>,
  programId: ProgramId,
  { what, seen }: { readonly what: Restorable; readonly seen: number | null },
  by: string,
  now: Instant,
): Promise<Result<DocumentTaken, RestoreRefusal>> =>
  withDraft(deps, programId, async (open): Promise<Result<DocumentTaken, RestoreRefusal>> => {
    const document = await documentOf(open.tx, programId, what);
    if (document === null) return refuse(refusalOf(open.draft, seen) ?? { kind: 'not_there' });
    const { kept, ...taken } = await keepGiven(open, programId, document, now);
    const next = { ...taken, basedOn: open.current.version, by };
    const draft = await takeDraft(open, programId, { next, seen }, now);
    return draft.ok ? ok({ revision: draft.value, kept }) : draft;
  });

const documentOf = async (
  tx: Tx,
  programId: ProgramId,
  { kind, number }: Restorable,
): Promise<ProgramDocument | null> =>
  kind === 'version'
    ? documentOfVersion(tx, programId, number)
    : ((await replacedDraft(tx, programId, number))?.document ?? null);
