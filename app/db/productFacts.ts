import type { ProductFacts } from '~/core/earning/conditions/condition';
import { asId, type PlatformId, type ProgramId, type StoreId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { rowsJson, sqlInstant } from './json';
import type { Tx } from './inTransaction';
import type { OrderKey } from '~/core/values/keys';
import { productKeyText, type ProductKey } from '~/core/values/keys';

/** What is known of the given products, by `productKeyText`; null: the platform has no such product. One statement. */
export const knownProducts = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  keys: readonly ProductKey[],
): Promise<ReadonlyMap<string, ProductFacts | null>> => {
  if (keys.length === 0) return new Map();
  const rows = await client.$queryRawUnsafe<{ store_id: string; product_id: string; facts: ProductFacts | null }[]>(
    `SELECT p.store_id::text, p.product_id, p.facts
     FROM jsonb_to_recordset($1::text::jsonb) AS a(program_id uuid, store_id uuid, product_id text)
     JOIN product_facts p ON (p.program_id, p.store_id, p.product_id) = (a.program_id, a.store_id, a.product_id)`,
    rowsJson(keys.map(keyRow)),
  );
  return new Map(
    rows.map((row) => [
      productKeyText({ storeId: asId<StoreId>(row.store_id), productId: asId<PlatformId>(row.product_id) }),
      row.facts,
    ]),
  );
};

/** The products that the known states of orders name. One statement; none when no order is asked for. */
export const productsOfOrders = async (
  client: Pick<Tx, '$queryRawUnsafe'>,
  orders: readonly OrderKey[],
): Promise<readonly ProductKey[]> => {
  if (orders.length === 0) return [];
  const rows = await client.$queryRawUnsafe<{ program_id: string; store_id: string; product_id: string }[]>(
    `SELECT DISTINCT o.program_id::text, o.store_id::text, line ->> 'productId' AS product_id
     FROM jsonb_to_recordset($1::text::jsonb) AS a(program_id uuid, store_id uuid, order_id text)
     JOIN "order" o ON (o.program_id, o.store_id, o.order_id) = (a.program_id, a.store_id, a.order_id)
     CROSS JOIN LATERAL (
       SELECT line FROM jsonb_array_elements((o.snapshot -> 'lines') || coalesce(o.settled -> 'lines',
         '[]'::jsonb)) AS line
       UNION ALL SELECT line FROM jsonb_each(coalesce(o.context -> 'lines', '{}'::jsonb)) AS frozen(id, line)) lines
     WHERE line ->> 'productId' IS NOT NULL`,
    rowsJson(
      orders.map(({ programId, storeId, orderId }) => ({
        program_id: programId,
        store_id: storeId,
        order_id: orderId,
      })),
    ),
  );
  return rows.map((row) => ({
    programId: asId<ProgramId>(row.program_id),
    storeId: asId<StoreId>(row.store_id),
    productId: asId<PlatformId>(row.product_id),
  }));
};

export const writeProducts = async (
  client: Pick<Tx, '$executeRawUnsafe'>,
  products: readonly (ProductKey & { readonly facts: ProductFacts | null })[],
  now: Instant,
): Promise<void> => {
  if (products.length === 0) return;
  await client.$executeRawUnsafe(
    `INSERT INTO product_facts (program_id, store_id, product_id, facts, read_at)
     SELECT program_id, store_id, product_id, facts, $2::text::timestamptz
     FROM jsonb_to_recordset($1::text::jsonb) AS p(program_id uuid, store_id uuid, product_id text, facts jsonb)
     ON CONFLICT (program_id, store_id, product_id) DO UPDATE SET facts = EXCLUDED.facts, read_at = EXCLUDED.read_at`,
    rowsJson(products.map((product) => ({ ...keyRow(product), facts: product.facts }))),
    sqlInstant(now),
  );
};

/** Forgets products that changed: they are read again when an order needs them. */
export const forgetProducts = async (
  client: Pick<Tx, 'productFacts'>,
  { programId, storeId, productId }: ProductKey,
): Promise<void> => {
  await client.productFacts.deleteMany({ where: { programId, storeId, productId } });
};

const keyRow = ({ programId, storeId, productId }: ProductKey) => ({
  program_id: programId,
  store_id: storeId,
  product_id: productId,
});
