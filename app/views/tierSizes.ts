import type { ProgramDocument } from '~/core/program/document';
import type { ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { Database } from '~/db/database';
import { countOverrides } from '~/db/tiers';
import { draftTiers, type Reading } from './draftTiers';

/** How many members each level would hold, were the draft published now. */
export type TierSizes = {
  /** By the ids of the levels; every level is there. */
  readonly levels: Readonly<Record<string, number>>;
  /** Members without a tier. */
  readonly none: number;
  /** When it was counted. */
  readonly at: number;
  /** A part of the members was looked at. */
  readonly isEstimate: boolean;
};

export const tierSizes = async (
  reading: Reading,
  programId: ProgramId,
  draft: ProgramDocument,
  now: Instant,
): Promise<TierSizes> => {
  const levels = Object.fromEntries((draft.tiers?.levels ?? []).map(({ id }) => [id, 0]));
  let [none, isEstimate] = [0, false];
  for await (const { is, of } of draftTiers(reading, programId, draft, now)) {
    isEstimate ||= of > 1;
    if (is === null || levels[is] === undefined) none += of;
    else levels[is] += of;
  }
  return { levels, none, at: now, isEstimate };
};

/** To how many members staff gave each tier, for as long as that lasts. */
export const tiersByStaff = (
  { prisma }: Pick<Database, 'prisma'>,
  programId: ProgramId,
  now: Instant,
): Promise<Readonly<Record<string, number>>> => countOverrides(prisma, programId, now);
