import type { ProgramDocument } from '~/core/program/document';
import { draftJson } from '~/core/program/draft';
import { canonicalJson } from '~/core/values/canonicalJson';
import type { ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { invariant, ok, refuse, type Result } from '~/core/values/result';
import { deleteDraft, draftOf, keepReplaced, writeDraft, type ProgramDraft } from '~/db/drafts';
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

/**
 * A document takes the place of the draft that was seen as `seen` (its revision; null: there was none); what was there
 * is kept for a while. What says the same as the version in force needs no draft. Answers the revision, null: no draft.
 * What is sent again, because its answer got lost, is done once.
 */
export const takeDraft = async (
  { tx, current, draft }: OpenDraft,
  programId: ProgramId,
  { next, seen }: { readonly next: NextDraft; readonly seen: number | null },
  now: Instant,
): Promise<Result<number | null, DraftRefusal>> => {
  const document = JSON.parse(draftJson(next.document)) as ProgramDocument;
  const isInForce = canonicalJson(document) === canonicalJson(current.document);
  if (draft === null && isInForce) return ok(null);
  if (draft?.basedOn === next.basedOn && canonicalJson(draft.document) === canonicalJson(document))
    return ok(draft.revision);
  const refusal = refusalOf(draft, seen);
  if (refusal !== null) return refuse(refusal);
  if (draft !== null) await keepReplaced(tx, programId, draft, now);
  if (!isInForce) return ok(await writeDraft(tx, programId, { ...next, document }, now));
  await deleteDraft(tx, programId);
  return ok(null);
};
