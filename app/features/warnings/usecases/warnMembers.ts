import type { NumberedEvent } from '~/core/events/memberEvent';
import type { ProgramDocument } from '~/core/program/document';
import type { MemberId, ProgramId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { inTransaction } from '~/db/inTransaction';
import { currentProgram } from '~/db/programs';
import type { Deps } from '~/usecases/deps';
import { tellEvents } from '~/usecases/writeMembers';
import { dueWarning } from '../core/warnings';
import {
  forgetMerged,
  insertWarnings,
  lapsingPoints,
  lapsingPointsOf,
  programsWithLapsing,
  type LapsingOfMember,
  type WarningOfMember,
} from '../db/warnings';

type WarnDeps = Pick<Deps, 'database'>;

const dayMs = 86_400_000;
// A local day may be 25 hours long, and a warning is due at its beginning.
const marginMs = 2 * dayMs;
const furthestDays = 180;
const readAtOnce = 1000;

/**
 * Records the warnings that are due: members whose points lapse within the days that their program names, each once for
 * every stage. Reads lots by their end, page by page; doing it again records nothing new. Answers how many were
 * recorded.
 */
export const warnMembers = async (deps: WarnDeps, now: Instant): Promise<number> => {
  const { prisma } = deps.database;
  let recorded = 0;
  for (const programId of await programsWithLapsing(prisma, instant(now + furthestDays * dayMs + marginMs))) {
    const asked = await windowOf(deps, programId, now);
    if (asked === null) continue;
    let from = { lapsesAt: now, memberId: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };
    for (;;) {
      const page = await lapsingPoints(prisma, programId, asked.window, from, readAtOnce);
      recorded += await record(deps, programId, dueOf(page, asked.document, now), now);
      const last = page.at(-1);
      if (last === undefined || page.length < readAtOnce) break;
      from = { lapsesAt: last.lapsesAt, memberId: last.memberId };
      await new Promise((resume) => setImmediate(resume)); // the pages of this process come first
    }
  }
  return recorded;
};

/**
 * Looks again at members whose points moved: what came or came back may lapse soon. Who was merged into another is not
 * warned any more. May be told the same twice.
 */
export const warnMoved = async (deps: WarnDeps, events: readonly NumberedEvent[], now: Instant): Promise<void> => {
  const moved = new Map<ProgramId, Set<MemberId>>();
  for (const { programId, memberId } of events) moved.set(programId, (moved.get(programId) ?? new Set()).add(memberId));
  for (const [programId, members] of moved) {
    await forgetMerged(deps.database.prisma, programId, [...members]);
    const asked = await windowOf(deps, programId, now);
    if (asked === null) continue;
    const lapsing = await lapsingPointsOf(deps.database.prisma, programId, asked.window, [...members]);
    await record(deps, programId, dueOf(lapsing, asked.document, now), now);
  }
};

/** Within which time a program warns; null: it does not. */
const windowOf = async ({ database }: WarnDeps, programId: ProgramId, now: Instant) => {
  const document = (await currentProgram(database.prisma, programId))?.document ?? null;
  const most = Math.max(0, ...(document?.policies.warningDays ?? []));
  if (document === null || most === 0) return null;
  return { document, window: { after: now, until: instant(now + most * dayMs + marginMs) } };
};

const dueOf = (
  lapsing: readonly LapsingOfMember[],
  { policies, timeZone }: ProgramDocument,
  now: Instant,
): readonly WarningOfMember[] =>
  lapsing.flatMap((one) => {
    const warning = dueWarning(one, policies.warningDays, timeZone, now);
    return warning === null || (one.warnedAt !== null && one.warnedAt <= warning.daysBefore)
      ? []
      : [{ ...warning, memberId: one.memberId }];
  });

/** Writes down warnings that are due, and tells each that was not written before. Answers how many were due. */
const record = async (
  { database }: WarnDeps,
  programId: ProgramId,
  due: readonly WarningOfMember[],
  now: Instant,
): Promise<number> => {
  if (due.length === 0) return 0;
  const members = [...new Set(due.map(({ memberId }) => memberId))].map((memberId) => ({ programId, memberId }));
  await inTransaction(database, (tx) =>
    tellEvents(
      tx,
      members,
      async (locked) => {
        const here = new Set(locked.flatMap(({ memberId, mergedInto }) => (mergedInto === null ? [memberId] : [])));
        const mine = due.filter(({ memberId }) => here.has(memberId));
        return (await insertWarnings(tx, programId, mine, now)).map((warning) => eventOf(programId, warning));
      },
      now,
    ),
  );
  return due.length;
};

const eventOf = (programId: ProgramId, { memberId, lapsesAt, points, daysBefore }: WarningOfMember) => ({
  programId,
  memberId,
  event: {
    kind: 'wing' as const,
    wing: 'warnings',
    name: 'points_expire_soon',
    values: { lapsesAt, points, daysBefore },
  },
});
