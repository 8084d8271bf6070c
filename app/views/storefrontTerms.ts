import type { LocalizedText } from '~/core/values/text';
import type { Database } from '~/db/database';
import { currentProgram } from '~/db/programs';
import type { Store } from '~/db/stores';

/** The terms in force, in every language; null: the program has none of its own. */
export const storefrontTerms = async (
  { prisma }: Pick<Database, 'prisma'>,
  { programId }: Store,
): Promise<{ readonly title: LocalizedText; readonly terms: LocalizedText } | null> => {
  const document = (await currentProgram(prisma, programId))?.document;
  if (document === undefined || document.terms === null) return null;
  return { title: document.names.program, terms: document.terms };
};
