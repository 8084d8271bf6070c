import { asId, type ProgramId, type StoreId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import type { Counts } from './eraseCustomer';
import { sqlInstant } from './json';
import type { Tx } from './inTransaction';

export type PrivacyKind = 'customer_redact' | 'shop_redact' | 'data_request';

/** Why a request waits for somebody: it cannot be read, the shop has the app (again), or carrying it out failed. */
export type PrivacyProblem = 'unreadable' | 'installed' | 'failed';

/**
 * A request of the platform in the name of the law, as it is kept; nothing personal in it but `body` and `file`, which
 * are encrypted.
 */
export type PrivacyRequest = {
  readonly id: string;
  readonly kind: PrivacyKind;
  readonly shopHash: string;
  /** null: no shop of ours. */
  readonly place: { readonly programId: ProgramId; readonly storeId: StoreId } | null;
  readonly receivedAt: Instant;
  readonly dueAt: Instant;
  readonly doneAt: Instant | null;
  readonly fetchedAt: Instant | null;
  readonly problem: PrivacyProblem | null;
  /** Rows erased or found, by table. */
  readonly proof: Counts;
  readonly hasFile: boolean;
};

type Client = Pick<Tx, 'privacyRequest'>;
type Sql = Pick<Tx, '$queryRawUnsafe' | '$executeRawUnsafe'>;

type Row = {
  id: string;
  kind: PrivacyKind;
  shop_hash: string;
  program_id: string | null;
  store_id: string | null;
  received_at: Date;
  due_at: Date;
  done_at: Date | null;
  fetched_at: Date | null;
  problem: PrivacyProblem | null;
  proof: Counts;
  has_file: boolean;
};

const moment = (date: Date | null): Instant | null => (date === null ? null : instant(date.getTime()));

const toRequest = (row: Row): PrivacyRequest => ({
  id: row.id,
  kind: row.kind,
  shopHash: row.shop_hash,
  place:
    row.program_id === null || row.store_id === null
      ? null
      : { programId: asId<ProgramId>(row.program_id), storeId: asId<StoreId>(row.store_id) },
  receivedAt: instant(row.received_at.getTime()),
  dueAt: instant(row.due_at.getTime()),
  doneAt: moment(row.done_at),
  fetchedAt: moment(row.fetched_at),
  problem: row.problem,
  proof: row.proof,
  hasFile: row.has_file,
});

// Never the bodies and the files themselves: a list of requests does not read them.
const select = `SELECT id::text, kind, shop_hash, program_id::text, store_id::text, received_at, due_at, done_at,
  fetched_at, problem, proof, file IS NOT NULL AS has_file
  FROM privacy_request`;

const read = async (client: Sql, rest: string, ...values: readonly unknown[]): Promise<readonly PrivacyRequest[]> =>
  (await client.$queryRawUnsafe<Row[]>(`${select} ${rest}`, ...values)).map(toRequest);

/** Keeps a request; false when the same delivery was kept before. */
export const insertRequest = async (
  tx: Pick<Tx, '$executeRawUnsafe'>,
  request: Pick<PrivacyRequest, 'id' | 'kind' | 'shopHash' | 'place' | 'receivedAt' | 'dueAt' | 'problem'> & {
    readonly webhookHash: string;
  },
  body: Uint8Array,
): Promise<boolean> => {
  const { id, kind, shopHash, webhookHash, place, receivedAt, dueAt, problem } = request;
  const inserted = await tx.$executeRawUnsafe(
    `INSERT INTO privacy_request (id, kind, shop_hash, webhook_hash, program_id, store_id, body, received_at, due_at,
      problem)
     VALUES ($1::text::uuid, $2::text, $3::text, $4::text, $5::text::uuid, $6::text::uuid, decode($7::text, 'base64'),
       $8::text::timestamptz, $9::text::timestamptz, $10::text)
     ON CONFLICT (webhook_hash) DO NOTHING`,
    id,
    kind,
    shopHash,
    webhookHash,
    place?.programId ?? null,
    place?.storeId ?? null,
    Buffer.from(body).toString('base64'),
    sqlInstant(receivedAt),
    sqlInstant(dueAt),
    problem,
  );
  return inserted === 1;
};

export const findRequest = async (client: Sql, id: string): Promise<PrivacyRequest | null> =>
  (await read(client, 'WHERE id = $1::text::uuid', id))[0] ?? null;

/** What was asked, or what was found for it, encrypted; null when it is not kept any more. */
export const requestBytes = async (client: Sql, id: string, column: 'body' | 'file'): Promise<Uint8Array | null> => {
  const [row] = await client.$queryRawUnsafe<{ bytes: string | null }[]>(
    `SELECT encode(${column}, 'base64') AS bytes FROM privacy_request WHERE id = $1::text::uuid`,
    id,
  );
  return row?.bytes == null ? null : new Uint8Array(Buffer.from(row.bytes, 'base64'));
};

/** A store's requests, the newest first. */
export const requestsOf = (
  client: Sql,
  programId: ProgramId,
  storeId: StoreId,
  limit: number,
): Promise<readonly PrivacyRequest[]> =>
  read(
    client,
    'WHERE program_id = $1::text::uuid AND store_id = $2::text::uuid ORDER BY received_at DESC, id DESC LIMIT $3::int',
    programId,
    storeId,
    limit,
  );

/**
 * How many of a store's requests are not done, or wait with a file to be fetched; and how many of those are due before
 * a moment.
 */
export const countWaiting = async (
  client: Sql,
  programId: ProgramId,
  storeId: StoreId,
  soon: Instant,
): Promise<{ readonly all: number; readonly urgent: number }> => {
  const [row] = await client.$queryRawUnsafe<{ all: number; urgent: number }[]>(
    `SELECT count(*)::int AS all, count(*) FILTER (WHERE due_at < $3::text::timestamptz)::int AS urgent
      FROM privacy_request
     WHERE program_id = $1::text::uuid AND store_id = $2::text::uuid
       AND (done_at IS NULL OR file IS NOT NULL AND fetched_at IS NULL)`,
    programId,
    storeId,
    sqlInstant(soon),
  );
  return row ?? { all: 0, urgent: 0 };
};

/** Requests that are not done, whatever the tenant, the most urgent first. */
export const openRequests = (client: Sql, limit: number): Promise<readonly PrivacyRequest[]> =>
  read(client, 'WHERE done_at IS NULL ORDER BY due_at, id LIMIT $1::int', limit);

/** The newest requests, whatever the tenant and the state. */
export const newestRequests = (client: Sql, limit: number): Promise<readonly PrivacyRequest[]> =>
  read(client, 'ORDER BY received_at DESC, id DESC LIMIT $1::int', limit);

/** A shop's requests that still hold something: what was asked, or a file. */
export const requestsWithContent = (client: Sql, shopHash: string): Promise<readonly PrivacyRequest[]> =>
  read(
    client,
    'WHERE shop_hash = $1::text AND (body IS NOT NULL OR file IS NOT NULL) ORDER BY received_at, id',
    shopHash,
  );

/** Adds to what was erased for a request: a run that was stopped half-way counts, too. */
export const addProof = async (client: Sql, id: string, counts: Counts): Promise<void> => {
  if (Object.keys(counts).length === 0) return;
  await client.$executeRawUnsafe(
    `UPDATE privacy_request SET proof = proof || (SELECT jsonb_object_agg(c.key,
      coalesce((proof ->> c.key)::bigint, 0) + c.value::bigint) FROM jsonb_each_text($2::text::jsonb) c)
     WHERE id = $1::text::uuid`,
    id,
    JSON.stringify(counts),
  );
};

/** The request is done: what was asked is forgotten, its proof stays. Done twice is done once. */
export const markRequestDone = async (client: Sql, id: string, now: Instant): Promise<void> => {
  await client.$executeRawUnsafe(
    `UPDATE privacy_request SET done_at = $2::text::timestamptz, body = NULL, problem = NULL
     WHERE id = $1::text::uuid AND done_at IS NULL`,
    id,
    sqlInstant(now),
  );
};

export const markRequestProblem = async (client: Client, id: string, problem: PrivacyProblem | null): Promise<void> => {
  await client.privacyRequest.updateMany({ where: { id, doneAt: null }, data: { problem } });
};

export const writeRequestFile = async (client: Sql, id: string, file: Uint8Array): Promise<void> => {
  await client.$executeRawUnsafe(
    `UPDATE privacy_request SET file = decode($2::text, 'base64') WHERE id = $1::text::uuid`,
    id,
    Buffer.from(file).toString('base64'),
  );
};

export const markRequestFetched = async (client: Client, id: string, now: Instant): Promise<void> => {
  await client.privacyRequest.updateMany({ where: { id, fetchedAt: null }, data: { fetchedAt: sqlInstant(now) } });
};

export const forgetRequestFile = async (client: Client, id: string): Promise<void> => {
  await client.privacyRequest.updateMany({ where: { id }, data: { file: null } });
};

/** Files are handed out until the request's deadline; afterwards they are forgotten. */
export const forgetFilesBefore = async (client: Client, now: Instant): Promise<void> => {
  await client.privacyRequest.updateMany({
    where: { file: { not: null }, dueAt: { lt: sqlInstant(now) } },
    data: { file: null },
  });
};
