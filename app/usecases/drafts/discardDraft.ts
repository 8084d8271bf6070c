import type { ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { ok, refuse, type Result } from '~/core/values/result';
import { deleteDraft, keepReplaced } from '~/db/drafts';
import type { Deps } from '../deps';
import { refusalOf, withDraft, type DraftRefusal } from './openDraft';

/** Takes the draft away; it is kept for a while. One that is gone already is discarded; one that is in force is not. */
export const discardDraft = (
  deps: Pick<Deps, 'database'>,
  programId: ProgramId,
  revision: number,
  now: Instant,
): Promise<Result<null, DraftRefusal>> =>
  withDraft(deps, programId, async ({ tx, current, draft }): Promise<Result<null, DraftRefusal>> => {
    if (draft === null && current.draftRevision !== revision) return ok(null);
    const refusal = refusalOf(draft, revision);
    if (refusal !== null || draft === null) return refuse(refusal ?? { kind: 'draft_changed', draft });
    await keepReplaced(tx, programId, draft, now);
    await deleteDraft(tx, programId);
    return ok(null);
  });
