import { z } from 'zod';
import type { ProgramId, RedemptionId } from '~/core/values/ids';
import type { Database } from '~/db/database';
import type { Secrets } from '~/process/secrets';
import type { ShownCode } from '~/usecases/giver';
import { deliveriesOf } from '../db/partnerOrders';

const kept = z.object({ code: z.string().nullable(), link: z.string().nullable() });

/** What partners delivered for redemptions, by the redemption: only the member who has it may read it. */
export const givenDeliveries = async (
  { prisma }: Pick<Database, 'prisma'>,
  secrets: Pick<Secrets, 'decrypt'>,
  programId: ProgramId,
  redemptions: readonly RedemptionId[],
): Promise<ReadonlyMap<string, ShownCode>> => {
  if (redemptions.length === 0) return new Map();
  const sealed = await deliveriesOf(prisma, programId, redemptions);
  return new Map([...sealed].map(([id, text]) => [id, kept.parse(JSON.parse(secrets.decrypt(text)))]));
};
