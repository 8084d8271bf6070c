import type { ProgramDocument } from '~/core/program/document';
import type { ProgramId } from '~/core/values/ids';
import type { Database } from '~/db/database';
import { replacedDraft, replacedDraftsOf, type SavedDraft } from '~/db/drafts';
import { documentOfVersion, newestVersions, type VersionInList } from '~/db/programs';
import type { Restorable } from '~/usecases/drafts/restoreVersion';

export type { Restorable };

/** What the page of versions shows. */
export type ProgramVersions = {
  /** The newest first. */
  readonly versions: readonly VersionInList[];
  /** Drafts whose place another took, the newest first. */
  readonly replaced: readonly Omit<SavedDraft, 'document'>[];
  /** The one that somebody looks at. */
  readonly seen: (Restorable & { readonly document: ProgramDocument }) | null;
};

const versionsShown = 100;
const replacedShown = 20;

export const programVersions = async (
  { prisma }: Pick<Database, 'prisma'>,
  programId: ProgramId,
  asked: Restorable | null,
): Promise<ProgramVersions> => ({
  versions: await newestVersions(prisma, programId, versionsShown),
  replaced: await replacedDraftsOf(prisma, programId, replacedShown),
  seen: asked === null ? null : await seenOf(prisma, programId, asked),
});

const seenOf = async (
  prisma: Database['prisma'],
  programId: ProgramId,
  asked: Restorable,
): Promise<ProgramVersions['seen']> => {
  const document =
    asked.kind === 'version'
      ? await documentOfVersion(prisma, programId, asked.number)
      : ((await replacedDraft(prisma, programId, asked.number))?.document ?? null);
  return document === null ? null : { ...asked, document };
};
