import type { GrantOf } from '~/core/rewards/grants';
import {
  asId,
  type MemberId,
  type PlatformId,
  type ProgramId,
  type RedemptionId,
  type StoreId,
} from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import type { Tx } from '~/db/inTransaction';
import { epochMs, sqlInstant } from '~/db/json';

type Sql = Pick<Tx, '$queryRawUnsafe' | '$executeRawUnsafe'>;

/** Something that a member took and staff does, as staff sees it. */
export type Fulfilment = {
  readonly id: RedemptionId;
  readonly memberId: MemberId;
  readonly storeId: StoreId;
  /** null: erased, or without an account at the store. */
  readonly customerId: PlatformId | null;
  readonly grant: GrantOf<'experience'>;
  readonly points: number;
  readonly takenAt: Instant;
  readonly dueAt: Instant;
  /** `issued`: to do; `used`: done; `released`: it could not be done. */
  readonly state: 'issued' | 'used' | 'released';
  readonly finishedAt: Instant | null;
  /** Why it could not be done. */
  readonly reason: string | null;
  readonly answer: string | null;
  readonly by: string | null;
};

/** Keeps what the member answered, beside the redemption. */
export const insertFulfilment = async (
  tx: Pick<Tx, 'fulfilment'>,
  of: {
    readonly programId: ProgramId;
    readonly redemptionId: RedemptionId;
    readonly storeId: StoreId;
    readonly answer: string | null;
  },
  now: Instant,
): Promise<void> => {
  await tx.fulfilment.create({ data: { ...of, askedAt: sqlInstant(now) } });
};

/** Notes who of the staff ended it; null: nobody did, after all. */
export const noteWho = async (
  tx: Pick<Tx, 'fulfilment'>,
  programId: ProgramId,
  redemptionId: RedemptionId,
  by: string | null,
): Promise<void> => {
  await tx.fulfilment.update({ where: { programId_redemptionId: { programId, redemptionId } }, data: { by } });
};

/** Who of the staff ended it; null: nobody did, or it is none. */
export const whoEnded = async (
  client: Pick<Tx, 'fulfilment'>,
  programId: ProgramId,
  redemptionId: RedemptionId,
): Promise<string | null> =>
  (await client.fulfilment.findUnique({ where: { programId_redemptionId: { programId, redemptionId } } }))?.by ?? null;

type Row = {
  id: string;
  member_id: string;
  store_id: string;
  customer_id: string | null;
  grant: GrantOf<'experience'>;
  points: bigint;
  taken: bigint;
  due: bigint;
  state: string;
  finished: bigint | null;
  refusal: string | null;
  answer: string | null;
  by: string | null;
};

const toFulfilment = (row: Row): Fulfilment => ({
  id: asId<RedemptionId>(row.id),
  memberId: asId<MemberId>(row.member_id),
  storeId: asId<StoreId>(row.store_id),
  customerId: row.customer_id === null ? null : asId<PlatformId>(row.customer_id),
  grant: row.grant,
  points: Number(row.points),
  takenAt: instant(Number(row.taken)),
  dueAt: instant(Number(row.due)),
  state: row.state as Fulfilment['state'],
  finishedAt: row.finished === null ? null : instant(Number(row.finished)),
  reason: row.refusal,
  answer: row.answer,
  by: row.by,
});

const select = `SELECT r.id::text, r.member_id::text, r.store_id::text, r.customer_id, r."grant", r.points,
    ${epochMs('r.held_at')} AS taken, ${epochMs('r.ends_at')} AS due, r.state,
    ${epochMs('r.finished_at')} AS finished, r.refusal, f.answer, f.by
  FROM fulfilment f JOIN redemption r ON (r.program_id, r.id) = (f.program_id, f.redemption_id)`;

/** A place in a list: behind this one. */
export type Place = { readonly at: Instant; readonly id: RedemptionId };

/** What staff has to do, what is due first first. One statement. */
export const fulfilmentsToDo = async (
  client: Sql,
  programId: ProgramId,
  after: Place | null,
  limit: number,
): Promise<readonly Fulfilment[]> =>
  (
    await client.$queryRawUnsafe<Row[]>(
      `${select} WHERE r.program_id = $1::text::uuid AND r.state = 'issued' AND r.code IS NULL
         AND ($2::text IS NULL OR (r.ends_at, r.id) > ($2::text::timestamptz, $3::text::uuid))
       ORDER BY r.ends_at, r.id LIMIT $4::int`,
      programId,
      after === null ? null : sqlInstant(after.at),
      after?.id ?? null,
      limit,
    )
  ).map(toFulfilment);

/** What was done or could not be done, by when it was taken, the newest first. One statement. */
export const fulfilmentsEnded = async (
  client: Sql,
  programId: ProgramId,
  before: Place | null,
  limit: number,
): Promise<readonly Fulfilment[]> =>
  (
    await client.$queryRawUnsafe<Row[]>(
      `${select} WHERE f.program_id = $1::text::uuid AND r.state <> 'issued'
         AND ($2::text IS NULL OR (f.asked_at, f.redemption_id) < ($2::text::timestamptz, $3::text::uuid))
       ORDER BY f.asked_at DESC, f.redemption_id DESC LIMIT $4::int`,
      programId,
      before === null ? null : sqlInstant(before.at),
      before?.id ?? null,
      limit,
    )
  ).map(toFulfilment);

/** How many wait for staff, and how many of them longer than was promised. */
export const countToDo = async (
  client: Sql,
  programId: ProgramId,
  now: Instant,
): Promise<{ readonly open: number; readonly overdue: number }> => {
  const [row] = await client.$queryRawUnsafe<{ open: bigint; overdue: bigint }[]>(
    `SELECT count(*) AS open, count(*) FILTER (WHERE ends_at <= $2::text::timestamptz) AS overdue FROM redemption
     WHERE program_id = $1::text::uuid AND state = 'issued' AND code IS NULL AND "grant"->>'kind' = 'experience'`,
    programId,
    sqlInstant(now),
  );
  return { open: Number(row?.open ?? 0), overdue: Number(row?.overdue ?? 0) };
};

/** Erases answers that were given before a moment, whatever the tenant; answers how many. */
export const eraseAnswers = (client: Sql, before: Instant): Promise<number> =>
  client.$executeRawUnsafe(
    'UPDATE fulfilment SET answer = NULL WHERE answer IS NOT NULL AND asked_at < $1::text::timestamptz',
    sqlInstant(before),
  );
