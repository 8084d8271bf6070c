import type { EntryId, ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { Deps } from '~/usecases/deps';
import { insertGreeting } from '../db/greetings';

/** Writes down who was greeted, and when. */
export const greet = (
  { database, newId }: Pick<Deps, 'database' | 'newId'>,
  programId: ProgramId,
  name: string,
  now: Instant,
): Promise<void> => insertGreeting(database.prisma, { programId, id: newId<EntryId>(), name }, now);
