import type { ProgramId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { ok, refuse, type Result } from '~/core/values/result';
import { writeSchedule } from '~/db/drafts';
import type { Deps } from '../deps';
import { goneThings } from './goneThings';
import { refusalOf, withDraft } from './openDraft';
import { publishable, type PublishRefusal } from './publishDraft';

const soonestMs = 5 * 60_000;
const latestMs = 366 * 86_400_000;

export type ScheduleRefusal =
  | PublishRefusal
  /** Sooner than in 5 minutes. */
  | { readonly kind: 'too_soon' }
  /** Later than in a year. */
  | { readonly kind: 'too_late' };

/**
 * The draft publishes itself at a time, 5 minutes to a year from now; until then, or until that is taken off, nobody
 * changes it.
 */
export const scheduleDraft = async (
  deps: Pick<Deps, 'database' | 'platformOf'>,
  programId: ProgramId,
  wish: { readonly revision: number; readonly at: Instant },
  by: string,
  now: Instant,
): Promise<Result<{ readonly at: Instant }, ScheduleRefusal>> => {
  const { revision, at } = wish;
  if (at < instant(now + soonestMs)) return refuse({ kind: 'too_soon' });
  if (at > instant(now + latestMs)) return refuse({ kind: 'too_late' });
  const things = await goneThings(deps, programId, revision);
  if (things !== null) return refuse({ kind: 'unknown_things', things });
  return withDraft(
    deps,
    programId,
    async ({ tx, current, draft }): Promise<Result<{ at: Instant }, ScheduleRefusal>> => {
      const isDone = draft?.revision === revision && draft.scheduledFor === at;
      if (isDone) return ok({ at });
      const refusal = refusalOf(draft, revision);
      if (refusal !== null || draft === null) return refuse(refusal ?? { kind: 'draft_changed', draft });
      const ready = await publishable({ tx, current }, programId, draft, now);
      if (!ready.ok) return ready;
      await writeSchedule(tx, programId, { at, by });
      return ok({ at });
    },
  );
};
