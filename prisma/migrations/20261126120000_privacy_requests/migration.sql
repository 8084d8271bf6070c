-- What the platform asks in the name of the law: kept from before it is acknowledged until it is done, and its proof for ever.
CREATE TABLE "privacy_request" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "shop_hash" TEXT NOT NULL,
    "webhook_hash" TEXT NOT NULL,
    "program_id" UUID,
    "store_id" UUID,
    "body" BYTEA,
    "file" BYTEA,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "done_at" TIMESTAMPTZ(3),
    "fetched_at" TIMESTAMPTZ(3),
    "problem" TEXT,
    "proof" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "privacy_request_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "privacy_request_webhook_hash_key" ON "privacy_request"("webhook_hash");

-- CreateIndex
CREATE INDEX "privacy_request_program_id_store_id_received_at_idx" ON "privacy_request"("program_id", "store_id", "received_at");

-- CreateIndex
CREATE INDEX "privacy_request_shop_hash_idx" ON "privacy_request"("shop_hash");

-- The order of somebody who was erased: it stays with its member, and nothing personal of later messages about it is kept.
ALTER TABLE "order" ADD COLUMN "erased_at" TIMESTAMPTZ(3);


-- Below here is written by hand: what the Prisma schema cannot say.

-- Requests that are not done, whatever the tenant.
CREATE INDEX "privacy_request_open" ON "privacy_request" ("due_at") WHERE "done_at" IS NULL;
ALTER TABLE "privacy_request" ADD CONSTRAINT "privacy_request_kind_known" CHECK ("kind" IN ('customer_redact', 'shop_redact', 'data_request'));

-- Entries never change, but for one thing: what people wrote into them about a person goes when that person is erased. The application's
-- role cannot update entries; these functions run as their owner and can do no more than their names say. Points, keys, members, moments and
-- the arithmetic stay.
CREATE FUNCTION "erase_entry_words"("of_program" UUID, "of_members" TEXT) RETURNS BIGINT
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  WITH worded AS (
    SELECT e.id, CASE e.why ->> 'kind'
      WHEN 'adjustment' THEN e.why || '{"reason": ""}'
      WHEN 'import' THEN e.why || '{"note": null}'
      WHEN 'release' THEN e.why || '{"words": null}'
      WHEN 'order' THEN CASE WHEN jsonb_typeof(e.why -> 'lines') = 'array' THEN jsonb_set(e.why, '{lines}', coalesce(
        (SELECT jsonb_agg(l.line || '{"title": ""}' ORDER BY l.n) FROM jsonb_array_elements(e.why -> 'lines') WITH ORDINALITY AS l(line, n)), '[]')) ELSE e.why END
      ELSE e.why END AS why
    FROM public.entry e
    WHERE e.program_id = of_program AND e.member_id = ANY (ARRAY(SELECT m::uuid FROM jsonb_array_elements_text(of_members::jsonb) m))
  ), erased AS (
    UPDATE public.entry e SET why = w.why FROM worded w WHERE e.program_id = of_program AND e.id = w.id AND e.why <> w.why RETURNING 1
  )
  SELECT count(*) FROM erased
$$;
REVOKE ALL ON FUNCTION "erase_entry_words"(UUID, TEXT) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "erase_entry_words"(UUID, TEXT) TO fidelio_app;

-- A ledger goes with the last shop of its program: only when no shop leads to the program any more. Some rows at a time; answers how many.
CREATE FUNCTION "erase_ledger"("of_program" UUID, "most" INTEGER) RETURNS BIGINT
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE gone BIGINT;
BEGIN
  IF EXISTS (SELECT FROM public.tenant_directory t WHERE t.program_id = of_program) THEN
    RAISE EXCEPTION 'The ledger of a program that has a shop is never erased.';
  END IF;
  DELETE FROM public.draw WHERE ctid = ANY (ARRAY(SELECT d.ctid FROM public.draw d WHERE d.program_id = of_program LIMIT most));
  GET DIAGNOSTICS gone = ROW_COUNT;
  IF gone = 0 THEN
    DELETE FROM public.entry WHERE ctid = ANY (ARRAY(SELECT e.ctid FROM public.entry e WHERE e.program_id = of_program LIMIT most));
    GET DIAGNOSTICS gone = ROW_COUNT;
  END IF;
  RETURN gone;
END
$$;
REVOKE ALL ON FUNCTION "erase_ledger"(UUID, INTEGER) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "erase_ledger"(UUID, INTEGER) TO fidelio_app;
