import { asId, type MemberId, type PlatformId, type ProgramId, type StoreId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import type { Tx } from './inTransaction';
import { sqlInstant } from './json';

/** A member in a list: the cached balance and tier, and by which customer ids the shop knows them. */
export type MemberRowView = {
  readonly memberId: MemberId;
  readonly available: number;
  readonly pending: number;
  readonly debt: number;
  readonly tier: string | null;
  /** Since the first order, or since we know them. */
  readonly createdAt: Instant;
  readonly customers: readonly { readonly storeId: StoreId; readonly customerId: PlatformId }[];
};

/** Which members are wanted; what is left out, or null, does not matter. */
export type MemberFilter = {
  /** Those who have that tier, or (`id` null) none. */
  readonly tier?: { readonly id: string | null } | null;
  /** Those who carry one of these labels (folded) in a store of the program, as far as it told. */
  readonly labels?: readonly string[] | null;
  /** Available points from and up to, both included. */
  readonly min?: number | null;
  readonly max?: number | null;
  /** Those who have points that lapse after one moment and up to another. */
  readonly lapsing?: { readonly after: Instant; readonly until: Instant } | null;
  /** Those who owe points. */
  readonly owing?: boolean;
};

/** In which order members are listed: by when we first knew them, or by available points, then the newest first. */
export type MemberSort = 'newest' | 'oldest' | 'balance_desc' | 'balance_asc';

/** The last member of a page: the next one begins after it, whatever became of it since. */
export type MemberCursor = { readonly memberId: MemberId; readonly available: number };

type ListRow = {
  id: string;
  available: bigint;
  pending: bigint;
  debt: bigint;
  tier: string | null;
  created_at: Date;
  customers: { storeId: StoreId; customerId: PlatformId }[] | null;
};

const listSelect = (members: string): string => `SELECT m.id::text, m.available, m.pending, m.debt, m.tier,
    least(m.created_at, (SELECT min(o.instant) FROM "order" o WHERE o.program_id = m.program_id
      AND o.member_id = m.id)) AS created_at,
    (SELECT jsonb_agg(jsonb_build_object('storeId', i.scope, 'customerId', i.value)) FROM member_identity i
     WHERE i.program_id = m.program_id AND i.member_id = m.id AND i.kind = 'customer') AS customers
  FROM ${members} m`;

const toListed = (row: ListRow): MemberRowView => ({
  memberId: asId<MemberId>(row.id),
  available: Number(row.available),
  pending: Number(row.pending),
  debt: Number(row.debt),
  tier: row.tier,
  createdAt: instant(row.created_at.getTime()),
  customers: row.customers ?? [],
});

type Bind = (value: unknown) => string;

// Collects the values of a statement, and answers how each is written in it.
const binding = (): { readonly values: unknown[]; readonly bind: Bind } => {
  const values: unknown[] = [];
  return { values, bind: (value) => `$${values.push(value)}` };
};

// The members of whom the last fact that tells of one of the labels says that they carry it.
const carrying = (programId: string, labels: string): string =>
  `SELECT i.member_id FROM customer c
     JOIN member_identity i ON i.program_id = c.program_id AND i.kind = 'customer' AND i.scope = c.store_id::text
       AND i.value = c.customer_id
     CROSS JOIN jsonb_array_elements_text(${labels}::text::jsonb) AS asked(label)
     WHERE c.program_id = ${programId} AND c.labels_until IS NULL AND (
       SELECT f.fact->>'kind' <> 'removed' AND jsonb_exists(f.fact->'labels', asked.label)
       FROM jsonb_array_elements(c.labels) WITH ORDINALITY AS f(fact, place)
       WHERE f.fact->>'kind' = 'read' OR jsonb_exists(f.fact->'labels', asked.label)
       ORDER BY f.place DESC LIMIT 1)`;

// What holds of a member `m` of the program whose value is named.
const isWanted = ({ tier, labels, min, max, lapsing, owing }: MemberFilter, programId: string, bind: Bind): string =>
  [
    tier == null ? null : `m.tier IS NOT DISTINCT FROM ${bind(tier.id)}::text`,
    labels == null ? null : `m.id IN (${carrying(programId, bind(JSON.stringify(labels)))})`,
    min == null ? null : `m.available >= ${bind(min)}::bigint`,
    max == null ? null : `m.available <= ${bind(max)}::bigint`,
    owing === true ? 'm.debt > 0' : null,
    lapsing == null
      ? null
      : `m.id IN (SELECT l.member_id FROM lot l WHERE l.program_id = ${programId} AND l.remaining > 0
         AND l.expires_at > ${bind(sqlInstant(lapsing.after))}::text::timestamptz
         AND l.expires_at <= ${bind(sqlInstant(lapsing.until))}::text::timestamptz)`,
  ]
    .map((condition) => (condition === null ? '' : ` AND ${condition}`))
    .join('');

// Ids are made in the order of time.
const orders = {
  newest: { by: 'm.id DESC', after: (id) => `m.id < ${id}` },
  oldest: { by: 'm.id', after: (id) => `m.id > ${id}` },
  balance_desc: {
    by: 'm.available DESC, m.id DESC',
    after: (id, points) => `(m.available, m.id) < (${points}, ${id})`,
  },
  balance_asc: {
    by: 'm.available, m.id DESC',
    after: (id, points) => `(m.available > ${points} OR m.available = ${points} AND m.id < ${id})`,
  },
} as const satisfies Record<
  MemberSort,
  { readonly by: string; readonly after: (id: string, points: string) => string }
>;

/** A page of the members that are wanted, from after a given one on. */
export const listMembers = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  programId: ProgramId,
  filter: MemberFilter,
  { sort, after }: { readonly sort: MemberSort; readonly after: MemberCursor | null },
  limit: number,
): Promise<readonly MemberRowView[]> => {
  const { values, bind } = binding();
  const program = `${bind(programId)}::text::uuid`;
  const { by, after: isAfter } = orders[sort];
  const behind = ({ memberId, available }: MemberCursor): string => {
    const id = `${bind(memberId)}::text::uuid`;
    return ` AND ${isAfter(id, sort.startsWith('balance') ? `${bind(available)}::bigint` : '')}`;
  };
  const from = after === null ? '' : behind(after);
  const page = `(SELECT m.* FROM member m WHERE m.program_id = ${program} AND m.merged_into IS NULL
    ${isWanted(filter, program, bind)}${from} ORDER BY ${by} LIMIT ${bind(limit)}::int)`;
  return (await client.$queryRawUnsafe<ListRow[]>(`${listSelect(page)} ORDER BY ${by}`, ...values)).map(toListed);
};

/** How many members are wanted. */
export const countMembers = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  programId: ProgramId,
  filter: MemberFilter,
): Promise<number> => {
  const { values, bind } = binding();
  const program = `${bind(programId)}::text::uuid`;
  const [row] = await client.$queryRawUnsafe<{ total: bigint }[]>(
    `SELECT count(*) AS total FROM member m WHERE m.program_id = ${program} AND m.merged_into IS NULL
       ${isWanted(filter, program, bind)}`,
    ...values,
  );
  return Number(row?.total ?? 0);
};

/**
 * The customers of a store who are meant by a number: their own, or that of an order of theirs ("#1001", "1001"). Two
 * questions, each answered by an index: asked as one ("or"), the database would read all members.
 */
export const customersOfNumber = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  { programId, storeId }: { readonly programId: ProgramId; readonly storeId: StoreId },
  number: string,
): Promise<readonly PlatformId[]> =>
  (
    await client.$queryRawUnsafe<{ id: string }[]>(
      `SELECT i.value AS id FROM member_identity i
         WHERE i.program_id = $1::text::uuid AND i.kind = 'customer' AND i.scope = $2 AND i.value = $3
       UNION
       SELECT i.value FROM "order" o
         JOIN member_identity i ON i.program_id = o.program_id AND i.member_id = o.member_id AND i.kind = 'customer'
           AND i.scope = $2
         WHERE o.program_id = $1::text::uuid AND o.store_id = $2::text::uuid AND o.name IN ($3, '#' || $3)
       ORDER BY id LIMIT 10`,
      programId,
      storeId,
      number,
    )
  ).map(({ id }) => asId<PlatformId>(id));

/** Those members of the given customers of a store that are wanted. */
export const membersOfCustomers = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  { programId, storeId }: { readonly programId: ProgramId; readonly storeId: StoreId },
  customerIds: readonly PlatformId[],
  filter: MemberFilter = {},
): Promise<readonly MemberRowView[]> => {
  const { values, bind } = binding();
  const program = `${bind(programId)}::text::uuid`;
  return (
    await client.$queryRawUnsafe<ListRow[]>(
      `${listSelect('member')} WHERE m.program_id = ${program} AND m.id IN (SELECT i.member_id FROM member_identity i
         JOIN jsonb_array_elements_text(${bind(JSON.stringify(customerIds))}::text::jsonb) AS c(id) ON i.value = c.id
         WHERE i.program_id = ${program} AND i.kind = 'customer' AND i.scope = ${bind(storeId)})
       ${isWanted(filter, program, bind)} ORDER BY m.id DESC`,
      ...values,
    )
  ).map(toListed);
};

export const findMember = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  programId: ProgramId,
  id: MemberId,
): Promise<MemberRowView | null> => {
  const rows = await client.$queryRawUnsafe<ListRow[]>(
    `${listSelect('member')} WHERE m.program_id = $1::text::uuid AND m.id = $2::text::uuid`,
    programId,
    id,
  );
  return rows[0] === undefined ? null : toListed(rows[0]);
};

/** The member that another one was merged into; null: it was not. */
export const survivorOf = async (
  client: Pick<Tx, 'member'>,
  programId: ProgramId,
  id: MemberId,
): Promise<MemberId | null> => {
  const row = await client.member.findUnique({
    where: { programId_id: { programId, id } },
    select: { mergedInto: true },
  });
  return row?.mergedInto == null ? null : asId<MemberId>(row.mergedInto);
};
