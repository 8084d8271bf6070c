import type { ProgramId } from '~/core/values/ids';
import type { Database } from '~/db/database';
import { membersAtLimit } from '~/db/transfers';

/** How many members wait for store credit because the shop takes no more for them. */
export const limitedTransfers = ({ prisma }: Pick<Database, 'prisma'>, programId: ProgramId): Promise<number> =>
  membersAtLimit(prisma, programId);
