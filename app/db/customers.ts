import type { CustomerLabels, LabelFact } from '~/core/evaluation/labels';
import { asId, type MemberId, type PlatformId, type ProgramId, type StoreId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { epochMs, rowsJson, sqlInstantOrNull } from './json';
import type { Tx } from './inTransaction';
import type { MemberKey } from '~/core/values/keys';
import type { OrderKey } from '~/core/values/keys';
import { customerKeyText, type CustomerKey } from '~/core/values/keys';

/** What a store told of a customer so far. */
export type Customer = CustomerKey & {
  /** `updated_at` of the newest message; null: none came. */
  readonly toldAt: Instant | null;
  readonly isDeleted: boolean;
  readonly labels: readonly LabelFact[];
  readonly areLabelsRead: boolean;
  /** When the platform merged the customer into another. */
  readonly labelsUntil: Instant | null;
};

type CustomerRow = {
  program_id: string;
  store_id: string;
  customer_id: string;
  told_at: number | bigint | null;
  deleted: boolean;
  labels: readonly LabelFact[];
  labels_read: boolean;
  labels_until: number | bigint | null;
};

const keyRow = ({ programId, storeId, customerId }: CustomerKey) => ({
  program_id: programId,
  store_id: storeId,
  customer_id: customerId,
});
const asked = 'jsonb_to_recordset($1::text::jsonb) AS a(program_id uuid, store_id uuid, customer_id text)';
const toInstant = (ms: number | bigint | null): Instant | null => (ms === null ? null : instant(Number(ms)));

/** Makes customers that are not known yet, and locks all that are named, in the order of their keys. Two statements. */
export const lockCustomers = async (tx: Tx, keys: readonly CustomerKey[]): Promise<readonly Customer[]> => {
  const rows = rowsJson(keys.map(keyRow));
  await tx.$executeRawUnsafe(
    `INSERT INTO customer (program_id, store_id, customer_id) SELECT DISTINCT program_id, store_id, customer_id
      FROM ${asked}
     ORDER BY program_id, store_id, customer_id ON CONFLICT DO NOTHING`,
    rows,
  );
  const found = await tx.$queryRawUnsafe<CustomerRow[]>(
    `SELECT c.program_id::text, c.store_id::text, c.customer_id, ${epochMs('c.told_at')} AS told_at, c.deleted,
      c.labels, c.labels_read,
       ${epochMs('c.labels_until')} AS labels_until
     FROM customer c WHERE (c.program_id, c.store_id, c.customer_id) IN (SELECT program_id, store_id, customer_id
       FROM ${asked})
     ORDER BY c.program_id, c.store_id, c.customer_id FOR UPDATE`,
    rows,
  );
  return found.map(toCustomer);
};

const toCustomer = (row: CustomerRow): Customer => ({
  programId: asId<ProgramId>(row.program_id),
  storeId: asId<StoreId>(row.store_id),
  customerId: asId<PlatformId>(row.customer_id),
  toldAt: toInstant(row.told_at),
  isDeleted: row.deleted,
  labels: row.labels,
  areLabelsRead: row.labels_read,
  labelsUntil: toInstant(row.labels_until),
});

/** Writes what is known of locked customers. One statement. */
export const writeCustomers = async (tx: Tx, customers: readonly Customer[]): Promise<void> => {
  if (customers.length === 0) return;
  await tx.$executeRawUnsafe(
    `UPDATE customer c SET told_at = n.told_at, deleted = n.deleted, labels = n.labels, labels_read = n.labels_read,
      labels_until = n.labels_until
     FROM jsonb_to_recordset($1::text::jsonb) AS n(program_id uuid, store_id uuid, customer_id text,
       told_at timestamptz, deleted boolean,
       labels jsonb, labels_read boolean, labels_until timestamptz)
     WHERE (c.program_id, c.store_id, c.customer_id) = (n.program_id, n.store_id, n.customer_id)`,
    rowsJson(
      customers.map((customer) => ({
        ...keyRow(customer),
        told_at: sqlInstantOrNull(customer.toldAt),
        deleted: customer.isDeleted,
        labels: customer.labels,
        labels_read: customer.areLabelsRead,
        labels_until: sqlInstantOrNull(customer.labelsUntil),
      })),
    ),
  );
};

/**
 * Of the customers whom the given orders name or belong to, and of whoever is the same member in the same store: those
 * whose labels were never read. Who is named by an order of somebody who was erased is not asked for again. One
 * statement.
 */
export const unreadCustomers = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  orders: readonly (OrderKey & { readonly customerId: PlatformId | null })[],
): Promise<readonly CustomerKey[]> => {
  const rows = await client.$queryRawUnsafe<{ program_id: string; store_id: string; customer_id: string }[]>(
    `WITH told AS (
       SELECT b.*, o.member_id FROM jsonb_to_recordset($1::text::jsonb) AS b(program_id uuid, store_id uuid,
         order_id text, customer_id text)
       LEFT JOIN "order" o ON (o.program_id, o.store_id, o.order_id) = (b.program_id, b.store_id, b.order_id)
         WHERE o.erased_at IS NULL
     ), named AS (
       SELECT program_id, store_id, customer_id FROM told WHERE customer_id IS NOT NULL
     ), owner AS (
       SELECT n.program_id, n.store_id, i.member_id FROM named n
       JOIN member_identity i ON (i.program_id, i.kind, i.scope, i.value) = (n.program_id, 'customer', n.store_id::text,
         n.customer_id)
       UNION
       SELECT program_id, store_id, member_id FROM told WHERE member_id IS NOT NULL
     ), everybody AS (
       SELECT program_id, store_id, customer_id FROM named
       UNION
       SELECT w.program_id, w.store_id, i.value FROM owner w
       JOIN member_identity i ON (i.program_id, i.member_id) = (w.program_id, w.member_id) AND i.kind = 'customer'
         AND i.scope = w.store_id::text
     )
     SELECT e.program_id::text, e.store_id::text, e.customer_id FROM everybody e
     WHERE NOT EXISTS (SELECT FROM customer c
       WHERE (c.program_id, c.store_id, c.customer_id) = (e.program_id, e.store_id, e.customer_id) AND c.labels_read)
     ORDER BY 1, 2, 3`,
    rowsJson(
      orders.map(({ programId, storeId, orderId, customerId }) => ({
        program_id: programId,
        store_id: storeId,
        order_id: orderId,
        customer_id: customerId,
      })),
    ),
  );
  return rows.map((row) => ({
    programId: asId<ProgramId>(row.program_id),
    storeId: asId<StoreId>(row.store_id),
    customerId: asId<PlatformId>(row.customer_id),
  }));
};

/** The labels of a member in a store. */
export type MemberLabels = MemberKey & { readonly storeId: StoreId; readonly customers: readonly CustomerLabels[] };

/**
 * The labels of locked members, by store. Whoever writes labels meanwhile waits for this transaction, or this one for
 * that: so the labels are those that stand when the orders are written. One statement.
 */
export const labelsOfMembers = async (tx: Tx, members: readonly MemberKey[]): Promise<readonly MemberLabels[]> => {
  const rows = await tx.$queryRawUnsafe<
    {
      program_id: string;
      member_id: string;
      store_id: string;
      labels: readonly LabelFact[];
      labels_until: number | bigint | null;
    }[]
  >(
    `SELECT i.program_id::text, i.member_id::text, c.store_id::text, c.labels,
      ${epochMs('c.labels_until')} AS labels_until
     FROM jsonb_to_recordset($1::text::jsonb) AS m(program_id uuid, member_id uuid)
     JOIN member_identity i ON (i.program_id, i.member_id) = (m.program_id, m.member_id) AND i.kind = 'customer'
     JOIN customer c ON (c.program_id, c.store_id::text, c.customer_id) = (i.program_id, i.scope, i.value)
     WHERE c.labels_read OR c.labels <> '[]'::jsonb
     ORDER BY c.program_id, c.store_id, c.customer_id FOR SHARE OF c`,
    rowsJson(members.map(({ programId, memberId }) => ({ program_id: programId, member_id: memberId }))),
  );
  const found = new Map<string, MemberLabels>();
  for (const row of rows) {
    const key = {
      programId: asId<ProgramId>(row.program_id),
      memberId: asId<MemberId>(row.member_id),
      storeId: asId<StoreId>(row.store_id),
    };
    const text = `${row.member_id}|${row.store_id}`;
    const customers = [
      ...(found.get(text)?.customers ?? []),
      { facts: row.labels, until: toInstant(row.labels_until) },
    ];
    found.set(text, { ...key, customers });
  }
  return [...found.values()];
};

/**
 * What is known of the labels of a store’s customers, of those among the named whose labels were read; by customer id.
 */
export const labelledCustomers = async (
  client: Pick<Tx, 'customer'>,
  { programId, storeId }: Pick<CustomerKey, 'programId' | 'storeId'>,
  customerIds: readonly PlatformId[],
): Promise<ReadonlyMap<PlatformId, readonly LabelFact[]>> => {
  const rows = await client.customer.findMany({
    where: { programId, storeId, customerId: { in: [...customerIds] }, labelsRead: true },
    select: { customerId: true, labels: true },
  });
  return new Map(rows.map((row) => [asId<PlatformId>(row.customerId), row.labels as unknown as readonly LabelFact[]]));
};

/** The labels of all customers of a program, by `customerKeyText`: for reports of small houses. */
export const allLabels = async (
  client: Pick<Tx, 'customer'>,
  programId: ProgramId,
): Promise<ReadonlyMap<string, CustomerLabels>> => {
  const rows = await client.customer.findMany({
    where: { programId },
    select: { storeId: true, customerId: true, labels: true, labelsUntil: true },
  });
  return new Map(
    rows.map((row) => [
      customerKeyText({ storeId: asId<StoreId>(row.storeId), customerId: asId<PlatformId>(row.customerId) }),
      {
        facts: row.labels as unknown as readonly LabelFact[],
        until: row.labelsUntil === null ? null : instant(row.labelsUntil.getTime()),
      },
    ]),
  );
};
