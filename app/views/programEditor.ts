import type { ProgramDocument } from '~/core/program/document';
import type { ProgramId } from '~/core/values/ids';
import { draftOf, type ProgramDraft } from '~/db/drafts';
import type { Database } from '~/db/database';
import { storesOf } from '~/db/stores';
import { currentProgram, documentOfVersion, type PublishedProgram } from '~/db/programs';

/** A store of the program, by what people call it. */
export type ProgramStore = { readonly id: string; readonly name: string; readonly domain: string };

/** What the pages of the program stand on: what is in force, the draft, and where the draft began. */
export type ProgramEditor = {
  readonly published: PublishedProgram;
  readonly draft: ProgramDraft | null;
  /** The document of the version on which the draft was begun, where another one is in force by now. */
  readonly base: ProgramDocument | null;
  /** The program's stores, the oldest first. */
  readonly stores: readonly ProgramStore[];
};

/** null before the first version is published. */
export const programEditor = async (
  { prisma }: Pick<Database, 'prisma'>,
  programId: ProgramId,
): Promise<ProgramEditor | null> => {
  const published = await currentProgram(prisma, programId);
  if (published === null) return null;
  const draft = await draftOf(prisma, programId);
  const isBehind = draft !== null && draft.basedOn !== published.version;
  const stores = await storesOf(prisma, programId);
  return {
    published,
    draft,
    base: isBehind ? await documentOfVersion(prisma, programId, draft.basedOn) : null,
    stores: stores.map(({ storeId, name, domain }) => ({ id: storeId, name, domain })),
  };
};
