import type { ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { deleteDraft, failSchedule, programsToPublish, scheduledBy } from '~/db/drafts';
import type { Deps } from '../deps';
import { publishVersion } from '../publishVersion';
import { withDraft, type OpenDraft } from './openDraft';
import { publishable } from './publishDraft';

export const publishedAtOnce = 20;
const lateMs = 24 * 3_600_000;

/**
 * Publishes the drafts whose time has come, each in force from the moment that was planned. One that is not valid any
 * more, or that is found more than a day late, stays a draft and says so. Answers how many it looked at.
 */
export const publishScheduled = async (deps: Deps, now: Instant): Promise<number> => {
  const due = await programsToPublish(deps.database.prisma, now, publishedAtOnce);
  const failures: unknown[] = [];
  for (const programId of due)
    await withDraft(deps, programId, (open) => publishDue(deps, programId, open, now)).catch((error: unknown) =>
      failures.push(error),
    );
  // The programs of the others do not wait for one that cannot be published.
  if (failures.length > 0) throw failures[0];
  return due.length;
};

const publishDue = async (
  deps: Deps,
  programId: ProgramId,
  { tx, current, draft }: OpenDraft,
  now: Instant,
): Promise<void> => {
  const planned = draft?.scheduledFor ?? null;
  // Another process was here first, or it was taken off meanwhile.
  if (draft === null || planned === null || planned > now) return;
  const ready = await publishable({ tx, current }, programId, draft, now);
  if (now - planned > lateMs) return failSchedule(tx, programId, 'late', now);
  if (!ready.ok) return failSchedule(tx, programId, ready.error.kind === 'apart' ? 'apart' : 'invalid', now);
  const by = (await scheduledBy(tx, programId)) ?? draft.by;
  const next = { before: current, document: ready.value.document, by, draftRevision: draft.revision };
  await publishVersion(deps, tx, programId, next, planned);
  await deleteDraft(tx, programId);
};
