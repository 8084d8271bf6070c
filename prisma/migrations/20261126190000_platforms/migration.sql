-- How long the points of an ended code are held is the shop's to say; until now it was an hour, which is Shopify's.
ALTER TABLE "store" ADD COLUMN "code_hold_minutes" INTEGER NOT NULL DEFAULT 60;
ALTER TABLE "store" ALTER COLUMN "code_hold_minutes" DROP DEFAULT;

-- Where an import of past orders goes on is the platform's own word. Of an export of Shopify: its id and how many orders
-- were settled. What was only counted is read from the beginning.
ALTER TABLE "backfill" ADD COLUMN "resume" TEXT;
UPDATE "backfill" SET "resume" = "export_id" || ' ' || CASE WHEN "state" = 'importing' THEN "orders_read" ELSE 0 END
  WHERE "export_id" IS NOT NULL;
ALTER TABLE "backfill" DROP COLUMN "export_id";
