import type { ProgramDocument } from '~/core/program/document';
import { draftJson } from '~/core/program/draft';
import { canonicalJson } from '~/core/values/canonicalJson';
import type { ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { invariant } from '~/core/values/result';
import { draftOf, keepReplaced, writeDraft, type ProgramDraft } from '~/db/drafts';
import { inTransaction, type Tx } from '~/db/inTransaction';
import { currentProgram, lockProgram, type PublishedProgram } from '~/db/programs';
import type { Deps } from '../deps';

/** Why a draft is not changed. */
export type DraftRefusal =
  /** Somebody saved, discarded or published it since it was seen: this is what it is now. */
  | { readonly kind: 'draft_changed'; readonly draft: ProgramDraft | null }
  /** It publishes itself at that time, and nobody changes it before. */
  | { readonly kind: 'scheduled'; readonly at: Instant };

/** A locked program: what is in force, and its draft. */
export type OpenDraft = { readonly tx: Tx; readonly current: PublishedProgram; readonly draft: ProgramDraft | null };

/** Locks a program that has begun, and hands over its draft. */
export const withDraft = <Answer>(
  deps: Pick<Deps, 'database'>,
  programId: ProgramId,
  work: (open: OpenDraft) => Promise<Answer>,
): Promise<Answer> =>
  inTransaction(deps.database, async (tx) => {
    await lockProgram(tx, programId);
    const current = await currentProgram(tx, programId);
    invariant(current !== null, 'a draft is of a program that has begun');
    return work({ tx, current, draft: await draftOf(tx, programId) });
  });

/** Why the draft may not be changed by somebody who saw it as `seen` (its revision; null: there was none). */
export const refusalOf = (draft: ProgramDraft | null, seen: number | null): DraftRefusal | null => {
  if ((draft?.revision ?? null) !== seen) return { kind: 'draft_changed', draft };
  return draft === null || draft.scheduledFor === null ? null : { kind: 'scheduled', at: draft.scheduledFor };
};

type NextDraft = { readonly document: ProgramDocument; readonly basedOn: number; readonly by: string };

/** Whether the draft says it already: what is sent again, because its answer got lost, is done once. */
export const isSaved = (
  draft: ProgramDraft | null,
  { document, basedOn }: Pick<NextDraft, 'document' | 'basedOn'>,
): draft is ProgramDraft =>
  draft !== null && draft.basedOn === basedOn && canonicalJson(draft.document) === canonicalJson(document);

/** Puts a document in the place of the draft; what was there is kept for a while. Answers its revision. */
export const replaceDraft = async (
  { tx, draft }: OpenDraft,
  programId: ProgramId,
  next: NextDraft,
  now: Instant,
): Promise<number> => {
  if (draft !== null) await keepReplaced(tx, programId, draft, now);
  return writeDraft(tx, programId, { ...next, document: JSON.parse(draftJson(next.document)) as object }, now);
};
