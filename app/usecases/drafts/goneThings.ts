import { readDocument } from '~/core/program/migration';
import { thingsInForce, type ThingsNamed } from '~/core/program/thingsNamed';
import type { ProgramId } from '~/core/values/ids';
import { draftOf } from '~/db/drafts';
import type { Deps } from '../deps';
import { strangeThings } from './strangeThings';

/**
 * What the rules and rewards of a draft name that are on, and that no shop of the program has (any more): with it, it
 * is not published. null: nothing; or the shop cannot be asked now, and nobody waits for that.
 */
export const goneThings = async (
  deps: Pick<Deps, 'database' | 'platformOf'>,
  programId: ProgramId,
  revision: number,
): Promise<ThingsNamed | null> => {
  const draft = await draftOf(deps.database.prisma, programId);
  const read = draft?.revision === revision ? readDocument(draft.document) : null;
  if (read === null || !read.ok) return null;
  const strange = await strangeThings(deps, programId, thingsInForce(read.value));
  if (!strange.ok || Object.values(strange.value).every((ids) => ids.length === 0)) return null;
  return strange.value;
};
