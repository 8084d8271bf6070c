import type { ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { sqlInstant } from '~/db/json';
import type { Tx } from '~/db/inTransaction';

export const insertGreeting = async (
  client: Pick<Tx, '$executeRawUnsafe'>,
  { programId, id, name }: { readonly programId: ProgramId; readonly id: string; readonly name: string },
  now: Instant,
): Promise<void> => {
  await client.$executeRawUnsafe(
    `INSERT INTO greeting (program_id, id, name, at)
     VALUES ($1::text::uuid, $2::text::uuid, $3::text, $4::text::timestamptz)`,
    programId,
    id,
    name,
    sqlInstant(now),
  );
};

export const namesGreeted = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  programId: ProgramId,
): Promise<readonly string[]> =>
  (
    await client.$queryRawUnsafe<{ name: string }[]>(
      'SELECT name FROM greeting WHERE program_id = $1::text::uuid ORDER BY at, id',
      programId,
    )
  ).map(({ name }) => name);
