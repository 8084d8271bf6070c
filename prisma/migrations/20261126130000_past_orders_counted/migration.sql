-- What past orders would bring is counted first; nothing is awarded before the merchant agrees.
ALTER TABLE "backfill" ADD COLUMN "counted_orders" INTEGER;
ALTER TABLE "backfill" ADD COLUMN "counted_points" BIGINT;
