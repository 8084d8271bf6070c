import type { ProgramDocument } from '~/core/program/document';
import { readDraft } from '~/core/program/draft';
import { asId, type ProgramId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import type { Tx } from './inTransaction';
import { sqlInstant, sqlInstantOrNull } from './json';

/** Why a draft did not publish itself at its time. */
export type ScheduleFailure = 'invalid' | 'late' | 'apart';

/** A document that was a draft once or is it now: the version it was begun on, who saved it last, and when. */
export type SavedDraft = {
  readonly revision: number;
  readonly basedOn: number;
  /** Of the shape of a program; its values may be wrong. */
  readonly document: ProgramDocument;
  readonly by: string;
  readonly savedAt: Instant;
};

/** The draft of a program. */
export type ProgramDraft = SavedDraft & {
  /** When it publishes itself; null: it waits for somebody to publish it. */
  readonly scheduledFor: Instant | null;
  readonly failure: { readonly why: ScheduleFailure; readonly at: Instant } | null;
};

type Row = {
  readonly revision: number;
  readonly basedOn: number;
  readonly document: unknown;
  readonly by: string;
  readonly savedAt: Date;
};

// What was checked when it was saved is only completed when it is read: the schema may have grown since.
const completed = (stored: unknown): ProgramDocument => {
  const read = readDraft(stored);
  return read.ok ? read.value.document : (stored as ProgramDocument);
};

const savedOf = ({ revision, basedOn, document, by, savedAt }: Row): SavedDraft => ({
  revision,
  basedOn,
  document: completed(document),
  by,
  savedAt: instant(savedAt.getTime()),
});

const momentOf = (date: Date | null): Instant | null => (date === null ? null : instant(date.getTime()));

/** The draft of a program; null: there is none. */
export const draftOf = async (client: Pick<Tx, 'programDraft'>, programId: ProgramId): Promise<ProgramDraft | null> => {
  const row = await client.programDraft.findUnique({ where: { programId } });
  if (row === null) return null;
  const failedAt = momentOf(row.failedAt);
  return {
    ...savedOf(row),
    scheduledFor: momentOf(row.scheduledFor),
    failure: row.failure === null || failedAt === null ? null : { why: row.failure as ScheduleFailure, at: failedAt },
  };
};

/** Writes the draft under the next number. The program is locked. */
export const writeDraft = async (
  tx: Pick<Tx, 'program' | 'programDraft'>,
  programId: ProgramId,
  { document, basedOn, by }: Pick<SavedDraft, 'basedOn' | 'by'> & { readonly document: object },
  now: Instant,
): Promise<number> => {
  const { draftRevision: revision } = await tx.program.update({
    where: { id: programId },
    data: { draftRevision: { increment: 1 } },
    select: { draftRevision: true },
  });
  const written = { revision, basedOn, document, by, savedAt: sqlInstant(now) };
  const open = { scheduledFor: null, scheduledBy: null, failure: null, failedAt: null };
  await tx.programDraft.upsert({
    where: { programId },
    create: { programId, ...written },
    update: { ...written, ...open },
  });
  return revision;
};

export const deleteDraft = async (tx: Pick<Tx, 'programDraft'>, programId: ProgramId): Promise<void> => {
  await tx.programDraft.deleteMany({ where: { programId } });
};

/** Sets or takes off the time at which the draft publishes itself. */
export const writeSchedule = async (
  tx: Pick<Tx, 'programDraft'>,
  programId: ProgramId,
  { at, by }: { readonly at: Instant | null; readonly by: string | null },
): Promise<void> => {
  await tx.programDraft.update({
    where: { programId },
    data: { scheduledFor: sqlInstantOrNull(at), scheduledBy: by, failure: null, failedAt: null },
  });
};

/** The draft did not publish itself: it is open again, and says why. */
export const failSchedule = async (
  tx: Pick<Tx, 'programDraft'>,
  programId: ProgramId,
  why: ScheduleFailure,
  now: Instant,
): Promise<void> => {
  await tx.programDraft.update({
    where: { programId },
    data: { scheduledFor: null, failure: why, failedAt: sqlInstant(now) },
  });
};

/** Who asked for a draft to publish itself. */
export const scheduledBy = async (tx: Pick<Tx, 'programDraft'>, programId: ProgramId): Promise<string | null> =>
  (await tx.programDraft.findUnique({ where: { programId }, select: { scheduledBy: true } }))?.scheduledBy ?? null;

/** Programs whose draft is to publish itself by now, those that are due longest first. */
export const programsToPublish = async (
  client: Pick<Tx, 'programDraft'>,
  now: Instant,
  limit: number,
): Promise<readonly ProgramId[]> =>
  (
    await client.programDraft.findMany({
      where: { scheduledFor: { lte: sqlInstant(now) } },
      orderBy: { scheduledFor: 'asc' },
      select: { programId: true },
      take: limit,
    })
  ).map(({ programId }) => asId<ProgramId>(programId));

const keptOfProgram = 100;

/** Keeps what the draft was, before something else takes its place; of a program the newest hundred. */
export const keepReplaced = async (
  tx: Pick<Tx, 'replacedDraft'>,
  programId: ProgramId,
  { revision, basedOn, document, by, savedAt }: SavedDraft,
  now: Instant,
): Promise<void> => {
  const replaced = { programId, revision, basedOn, document, by };
  await tx.replacedDraft.create({
    data: { ...replaced, savedAt: sqlInstant(savedAt), replacedAt: sqlInstant(now) },
  });
  await tx.replacedDraft.deleteMany({ where: { programId, revision: { lte: revision - keptOfProgram } } });
};

/** A draft that was replaced; null: there is none of that number any more. */
export const replacedDraft = async (
  client: Pick<Tx, 'replacedDraft'>,
  programId: ProgramId,
  revision: number,
): Promise<SavedDraft | null> => {
  const row = await client.replacedDraft.findUnique({ where: { programId_revision: { programId, revision } } });
  return row === null ? null : savedOf(row);
};

/** Replaced drafts without their documents, the newest first. */
export const replacedDraftsOf = async (
  client: Pick<Tx, 'replacedDraft'>,
  programId: ProgramId,
  limit: number,
): Promise<readonly Omit<SavedDraft, 'document'>[]> =>
  (
    await client.replacedDraft.findMany({
      where: { programId },
      orderBy: { revision: 'desc' },
      select: { revision: true, basedOn: true, by: true, savedAt: true },
      take: limit,
    })
  ).map((row) => ({ ...row, savedAt: instant(row.savedAt.getTime()) }));

export const forgetReplacedBefore = async (client: Pick<Tx, 'replacedDraft'>, before: Instant): Promise<number> =>
  (await client.replacedDraft.deleteMany({ where: { replacedAt: { lt: sqlInstant(before) } } })).count;
