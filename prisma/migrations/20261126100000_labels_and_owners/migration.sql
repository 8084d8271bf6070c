-- What a store told of a customer: how new its messages are, and the labels (customer tags) as dated facts.
CREATE TABLE "customer" (
    "program_id" UUID NOT NULL,
    "store_id" UUID NOT NULL,
    "customer_id" TEXT NOT NULL,
    "told_at" TIMESTAMPTZ(3),
    "deleted" BOOLEAN NOT NULL DEFAULT false,
    "labels" JSONB NOT NULL DEFAULT '[]',
    "labels_read" BOOLEAN NOT NULL DEFAULT false,
    "labels_until" TIMESTAMPTZ(3),

    CONSTRAINT "customer_pkey" PRIMARY KEY ("program_id","store_id","customer_id")
);

ALTER TABLE "customer" ADD CONSTRAINT "customer_program_id_store_id_fkey" FOREIGN KEY ("program_id", "store_id") REFERENCES "store"("program_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The newest message of an account that is known by its address cannot be older than when the address was noted first.
INSERT INTO customer (program_id, store_id, customer_id, told_at)
SELECT program_id, store_id, customer_id, verified_at FROM account_email;

-- The state that says whose an order is, where the newest does not.
ALTER TABLE "order" ADD COLUMN "owned" JSONB;

-- How far a comparison is: orders first, then the labels of customers; and how many labels it put right.
ALTER TABLE "reconciliation" ADD COLUMN "subject" TEXT NOT NULL DEFAULT 'orders';
ALTER TABLE "reconciliation" ADD COLUMN "labels" INTEGER NOT NULL DEFAULT 0;

-- Facts of products were frozen by product: they are frozen by line from now on. An order keeps what it was settled by.
CREATE FUNCTION fidelio_frozen_lines(context JSONB, snapshot JSONB, standing JSONB) RETURNS JSONB LANGUAGE sql AS $$
  SELECT (context - 'products') || jsonb_build_object('lines', coalesce((
    SELECT jsonb_object_agg(line_id, jsonb_build_object('productId', line -> 'productId', 'vendor', line -> 'vendor',
      'type', coalesce(facts -> 'type', 'null'::jsonb), 'tags', coalesce(facts -> 'tags', '[]'::jsonb),
      'collections', coalesce(facts -> 'collections', '[]'::jsonb),
      'onSale', coalesce(facts -> 'saleVariants', '[]'::jsonb) ? coalesce(line ->> 'variantId', '')))
    FROM (
      SELECT DISTINCT ON (line ->> 'lineId') line ->> 'lineId' AS line_id, line,
        nullif(context -> 'products' -> (line ->> 'productId'), 'null'::jsonb) AS facts
      FROM jsonb_array_elements((snapshot -> 'lines') || CASE WHEN jsonb_typeof(standing) = 'object' THEN standing -> 'lines' ELSE '[]'::jsonb END) AS line
      ORDER BY line ->> 'lineId', (line ->> 'productId') IS NULL
    ) lines), '{}'::jsonb))
$$;
UPDATE "order" SET context = fidelio_frozen_lines(context, snapshot, standing) WHERE context ? 'products';
UPDATE "order" SET finding = fidelio_frozen_lines(finding, snapshot, standing) WHERE finding ? 'products';
DROP FUNCTION fidelio_frozen_lines(JSONB, JSONB, JSONB);

-- Customer tags came with the states of orders: those that an order was settled by become the labels of its context.
WITH asked AS (
  SELECT v.program_id, v.version, lower(btrim(tag)) AS label
  FROM program_version v, jsonb_array_elements_text(coalesce(v.document #> '{earning,exclude,customerTags}', '[]'::jsonb)) AS tag
  UNION
  SELECT v.program_id, v.version, lower(btrim(tag))
  FROM program_version v,
    jsonb_array_elements(coalesce(v.document #> '{earning,bonuses}', '[]'::jsonb)) AS bonus,
    jsonb_array_elements(coalesce(bonus -> 'conditions', '[]'::jsonb)) AS condition,
    jsonb_array_elements(coalesce(v.document -> 'segments', '[]'::jsonb)) AS segment,
    jsonb_array_elements_text(segment -> 'customerTags') AS tag
  WHERE condition ->> 'kind' = 'segment' AND condition -> 'segmentIds' ? (segment ->> 'id') AND coalesce((bonus ->> 'enabled')::boolean, true)
), stood AS (
  SELECT o.program_id, o.store_id, o.order_id, (
    SELECT coalesce(jsonb_agg(a.label ORDER BY a.label COLLATE "C"), '[]'::jsonb) FROM asked a
    WHERE a.program_id = o.program_id AND a.version = (o.context ->> 'programVersion')::int AND EXISTS (
      SELECT FROM jsonb_array_elements_text(coalesce(
        (CASE WHEN jsonb_typeof(o.standing) = 'object' THEN o.standing ELSE o.snapshot END) -> 'customerTags', '[]'::jsonb)) AS tag
      WHERE lower(btrim(tag)) = a.label)) AS labels
  FROM "order" o
  WHERE jsonb_typeof(o.context) = 'object' AND EXISTS (
    SELECT FROM asked a WHERE a.program_id = o.program_id AND a.version = (o.context ->> 'programVersion')::int)
)
UPDATE "order" o SET context = o.context || jsonb_build_object('labels', s.labels)
FROM stood s WHERE (o.program_id, o.store_id, o.order_id) = (s.program_id, s.store_id, s.order_id);

UPDATE "order" SET snapshot = snapshot - 'customerTags' WHERE snapshot ? 'customerTags';
UPDATE "order" SET standing = standing - 'customerTags' WHERE jsonb_typeof(standing) = 'object' AND standing ? 'customerTags';
