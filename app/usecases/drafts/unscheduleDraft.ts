import type { ProgramId } from '~/core/values/ids';
import { ok, refuse, type Result } from '~/core/values/result';
import { writeSchedule } from '~/db/drafts';
import type { Deps } from '../deps';
import { withDraft, type DraftRefusal } from './openDraft';

/** The draft does not publish itself any more, and can be changed again. One that does not anyway stays as it is. */
export const unscheduleDraft = (
  deps: Pick<Deps, 'database'>,
  programId: ProgramId,
  revision: number,
): Promise<Result<null, DraftRefusal>> =>
  withDraft(deps, programId, async ({ tx, draft }): Promise<Result<null, DraftRefusal>> => {
    if (draft?.revision !== revision) return refuse({ kind: 'draft_changed', draft });
    if (draft.scheduledFor !== null) await writeSchedule(tx, programId, { at: null, by: null });
    return ok(null);
  });
