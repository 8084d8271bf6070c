import type { DocumentIssue } from '~/core/program/issues';
import type { ProgramDocument } from '~/core/program/document';
import { readDocument } from '~/core/program/migration';
import type { ThingsNamed } from '~/core/program/thingsNamed';
import type { ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { ok, refuse, type Result } from '~/core/values/result';
import { deleteDraft, type ProgramDraft } from '~/db/drafts';
import type { Deps } from '../deps';
import { publishVersion } from '../publishVersion';
import { goneThings } from './goneThings';
import { keepGiven, type KeptTier } from './keepGiven';
import { refusalOf, withDraft, type DraftRefusal, type OpenDraft } from './openDraft';

export type PublishRefusal =
  | DraftRefusal
  /** Another version was published since the draft was begun: the two have to be put together first. */
  | { readonly kind: 'apart'; readonly version: number }
  | { readonly kind: 'not_a_document'; readonly issues: readonly DocumentIssue[] }
  /** Rules or rewards that are on name what no shop of the program has any more. */
  | { readonly kind: 'unknown_things'; readonly things: ThingsNamed };

/** What is published of a draft: its document, with the tiers that staff gave since it was written. */
export type Publishable = { readonly document: ProgramDocument; readonly kept: readonly KeptTier[] };

/** A draft that can be published: its document, without errors, on top of the version in force; or why it cannot. */
export const publishable = async (
  { tx, current }: Pick<OpenDraft, 'tx' | 'current'>,
  programId: ProgramId,
  draft: ProgramDraft,
  now: Instant,
): Promise<Result<Publishable, Exclude<PublishRefusal, DraftRefusal | { readonly kind: 'unknown_things' }>>> => {
  if (draft.basedOn !== current.version) return refuse({ kind: 'apart', version: current.version });
  const written = readDocument(draft.document);
  if (!written.ok) return refuse({ kind: 'not_a_document', issues: written.error });
  const { document, kept } = await keepGiven({ tx, current }, programId, written.value, now);
  const read = readDocument(document);
  return read.ok ? ok({ document: read.value, kept }) : refuse({ kind: 'not_a_document', issues: read.error });
};

type Published = { readonly version: number; readonly kept: readonly KeptTier[] };

/**
 * Publishes the draft that somebody saw, as the next version of the program. Asked for again, or by two at once, it is
 * one version. A tier that the draft does not have, and that staff gave meanwhile, stays, and is answered.
 */
export const publishDraft = async (
  deps: Deps,
  programId: ProgramId,
  revision: number,
  by: string,
  now: Instant,
): Promise<Result<Published, PublishRefusal>> => {
  const things = await goneThings(deps, programId, revision);
  if (things !== null) return refuse({ kind: 'unknown_things', things });
  return withDraft(deps, programId, async ({ tx, current, draft }): Promise<Result<Published, PublishRefusal>> => {
    if (draft === null && current.draftRevision === revision) return ok({ version: current.version, kept: [] });
    const refusal = refusalOf(draft, revision);
    if (refusal !== null || draft === null) return refuse(refusal ?? { kind: 'draft_changed', draft });
    const ready = await publishable({ tx, current }, programId, draft, now);
    if (!ready.ok) return ready;
    const { document, kept } = ready.value;
    const next = { before: current, document, by, draftRevision: revision };
    const version = await publishVersion(deps, tx, programId, next, now);
    await deleteDraft(tx, programId);
    return ok({ version, kept });
  });
};
