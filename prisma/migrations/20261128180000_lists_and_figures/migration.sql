-- Staff looks for a member by the number of an order: without it every order of the program is read.
CREATE INDEX "order_program_id_store_id_name_idx" ON "order"("program_id", "store_id", "name");

-- Below here is written by hand: what the Prisma schema cannot say.

-- The figures of Home are sums over time: with what they add up beside the moment, only the index is read, never the wide rows.
CREATE INDEX "entry_by_occurrence" ON "entry"("program_id", "occurred_at") INCLUDE ("kind", "points");
DROP INDEX "order_program_id_instant_idx";
CREATE INDEX "order_program_id_instant_idx" ON "order"("program_id", "instant")
  INCLUDE ("store_id", "status", "member_id", "paid_minor", "currency");
