import type { Entry as EntryRow } from '@prisma/client';
import type { Why } from '~/core/explanation/why';
import type { EntryKind } from '~/core/ledger/types';
import {
  asId,
  type EntryId,
  type MemberId,
  type PlatformId,
  type ProgramId,
  type RedemptionId,
} from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import type { Tx } from './inTransaction';

/** An entry as it is shown: what moved, when and why. */
export type EntryView = {
  readonly id: EntryId;
  readonly memberId: MemberId;
  readonly kind: EntryKind;
  readonly points: number;
  readonly forgiven: number;
  readonly orderId: PlatformId | null;
  readonly redemptionId: RedemptionId | null;
  readonly why: Why;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
};

export const toView = (row: EntryRow): EntryView => ({
  id: asId<EntryId>(row.id),
  memberId: asId<MemberId>(row.memberId),
  kind: row.kind as EntryKind,
  points: Number(row.points),
  forgiven: Number(row.forgiven),
  orderId: row.orderId === null ? null : asId<PlatformId>(row.orderId),
  redemptionId: row.redemptionId === null ? null : asId<RedemptionId>(row.redemptionId),
  why: row.why as unknown as Why,
  occurredAt: instant(row.occurredAt.getTime()),
  recordedAt: instant(row.recordedAt.getTime()),
});

/** A member's entries, newest first, from before a given entry on. */
export const entriesOf = async (
  client: Pick<Tx, 'entry'>,
  programId: ProgramId,
  memberId: MemberId,
  before: EntryId | null,
  limit: number,
): Promise<readonly EntryView[]> =>
  (
    await client.entry.findMany({
      where: { programId, memberId, ...(before === null ? {} : { id: { lt: before } }) },
      orderBy: { id: 'desc' },
      take: limit,
    })
  ).map(toView);

// Of so many that were written last, those that happened last are shown.
const looked = 200;

/**
 * What happened last in a program, the newest first. A history that has just been imported was written in no order of
 * time, so the entries written last are put in order by when they happened.
 */
export const recentEntries = async (
  client: Pick<Tx, 'entry'>,
  programId: ProgramId,
  limit: number,
): Promise<readonly EntryView[]> => {
  const last = await client.entry.findMany({
    where: { programId },
    orderBy: [{ recordedAt: 'desc' }, { id: 'desc' }],
    take: looked,
    select: { id: true, occurredAt: true },
  });
  // Of one moment, what was written last stands first: `last` is in that order, and sorting keeps it.
  const ids = last
    .sort((one, other) => other.occurredAt.getTime() - one.occurredAt.getTime())
    .slice(0, limit)
    .map(({ id }) => id);
  const rows = await client.entry.findMany({ where: { programId, id: { in: ids } } });
  return ids.flatMap((id) => rows.filter((row) => row.id === id).map(toView));
};

/** What is known of a business key: the entry, and what it was about. */
export const entryByKey = async (
  client: Pick<Tx, 'entry'>,
  programId: ProgramId,
  key: string,
): Promise<{ readonly id: EntryId; readonly fingerprint: string } | null> => {
  const row = await client.entry.findUnique({
    where: { programId_key: { programId, key } },
    select: { id: true, fingerprint: true },
  });
  return row === null ? null : { id: asId<EntryId>(row.id), fingerprint: row.fingerprint };
};
