import type { MemberId, ProgramId } from '~/core/values/ids';
import type { Database } from '~/db/database';
import { warningsOf, type WarningView } from '../db/warnings';

const shown = 5;

/** The last warnings that were recorded for a member, the newest first. */
export const memberWarnings = (
  { prisma }: Pick<Database, 'prisma'>,
  programId: ProgramId,
  memberId: MemberId,
): Promise<readonly WarningView[]> => warningsOf(prisma, programId, memberId, shown);
