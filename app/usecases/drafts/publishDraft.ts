import type { DocumentIssue } from '~/core/program/issues';
import type { ProgramDocument } from '~/core/program/document';
import { readDocument } from '~/core/program/migration';
import type { ThingsNamed } from '~/core/program/thingsNamed';
import type { ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { ok, refuse, type Result } from '~/core/values/result';
import { deleteDraft, type ProgramDraft } from '~/db/drafts';
import type { PublishedProgram } from '~/db/programs';
import type { Deps } from '../deps';
import { publishVersion } from '../publishVersion';
import { goneThings } from './goneThings';
import { refusalOf, withDraft, type DraftRefusal } from './openDraft';

export type PublishRefusal =
  | DraftRefusal
  /** Another version was published since the draft was begun: the two have to be put together first. */
  | { readonly kind: 'apart'; readonly version: number }
  | { readonly kind: 'not_a_document'; readonly issues: readonly DocumentIssue[] }
  /** Rules or rewards that are on name what no shop of the program has any more. */
  | { readonly kind: 'unknown_things'; readonly things: ThingsNamed };

/** A draft that can be published: its document, without errors, on top of the version in force; or why it cannot. */
export const publishable = (
  draft: ProgramDraft,
  current: PublishedProgram,
): Result<ProgramDocument, Exclude<PublishRefusal, DraftRefusal | { readonly kind: 'unknown_things' }>> => {
  if (draft.basedOn !== current.version) return refuse({ kind: 'apart', version: current.version });
  const read = readDocument(draft.document);
  return read.ok ? read : refuse({ kind: 'not_a_document', issues: read.error });
};

/**
 * Publishes the draft that somebody saw, as the next version of the program. Asked for again, or by two at once, it is
 * one version.
 */
export const publishDraft = async (
  deps: Deps,
  programId: ProgramId,
  revision: number,
  by: string,
  now: Instant,
): Promise<Result<{ readonly version: number }, PublishRefusal>> => {
  const things = await goneThings(deps, programId, revision);
  if (things !== null) return refuse({ kind: 'unknown_things', things });
  return withDraft(
    deps,
    programId,
    async ({ tx, current, draft }): Promise<Result<{ version: number }, PublishRefusal>> => {
      if (draft === null && current.draftRevision === revision) return ok({ version: current.version });
      const refusal = refusalOf(draft, revision);
      if (refusal !== null || draft === null) return refuse(refusal ?? { kind: 'draft_changed', draft });
      const document = publishable(draft, current);
      if (!document.ok) return document;
      const next = { before: current, document: document.value, by, draftRevision: revision };
      const version = await publishVersion(deps, tx, programId, next, now);
      await deleteDraft(tx, programId);
      return ok({ version });
    },
  );
};
