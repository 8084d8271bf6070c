import { documentBytesMax, draftJson, readDraft } from '~/core/program/draft';
import type { DocumentIssue } from '~/core/program/issues';
import type { ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { ok, refuse, type Result } from '~/core/values/result';
import type { Deps } from '../deps';
import { takeDraft, withDraft, type DraftRefusal } from './openDraft';

export type SaveRefusal =
  | DraftRefusal
  /** It is not of the shape of a program, so that no page could show it; or it is based on a version that is none. */
  | { readonly kind: 'not_a_document'; readonly issues: readonly DocumentIssue[] }
  | { readonly kind: 'too_large' };

/** What a save brings. `revision` is that of the draft it saw; null: there was none. */
export type DraftToSave = {
  readonly document: unknown;
  readonly basedOn: number;
  readonly revision: number | null;
};

/**
 * Saves the draft of a program; the first save makes it. It may hold errors. The second of two who saw the same draft
 * is refused and gets the newer one. What says the same as the published version needs no draft: null. The same save
 * sent again is done once.
 */
export const saveDraft = async (
  deps: Pick<Deps, 'database'>,
  programId: ProgramId,
  { document, basedOn, revision }: DraftToSave,
  by: string,
  now: Instant,
): Promise<Result<{ readonly revision: number | null }, SaveRefusal>> => {
  const read = readDraft(document);
  if (!read.ok) return refuse({ kind: 'not_a_document', issues: read.error });
  const json = draftJson(read.value.document);
  if (bytesOf(json) > documentBytesMax) return refuse({ kind: 'too_large' });
  return withDraft(deps, programId, async (open): Promise<Result<{ revision: number | null }, SaveRefusal>> => {
    if (basedOn < 1 || basedOn > open.current.version) return refuse({ kind: 'not_a_document', issues: [] });
    const next = { document: read.value.document, basedOn, by };
    const taken = await takeDraft(open, programId, { next, seen: revision }, now);
    return taken.ok ? ok({ revision: taken.value }) : taken;
  });
};

const bytesOf = (text: string): number => new TextEncoder().encode(text).byteLength;
