-- What later orders of a member ask of an order, kept with it; null: not said yet, and found again from its snapshots when it is asked.
ALTER TABLE "order" ADD COLUMN "facts" JSONB;

-- A context says what earlier orders used of a cap only where the program has that cap: every late order changed all later ones else.
WITH absent AS (
  SELECT "program_id", "version", array_remove(ARRAY[
    CASE WHEN "document" #>> '{earning,caps,perDay}' IS NULL THEN 'day' END,
    CASE WHEN "document" #>> '{earning,caps,perMonth}' IS NULL THEN 'month' END,
    CASE WHEN "document" #>> '{earning,caps,lifetime}' IS NULL THEN 'lifetime' END
  ], NULL) AS names
  FROM "program_version"
)
UPDATE "order" o SET
  "context" = jsonb_set(o."context", '{used}', (o."context" -> 'used') - a.names),
  "finding" = CASE WHEN o."finding" ? 'used' THEN jsonb_set(o."finding", '{used}', (o."finding" -> 'used') - a.names) ELSE o."finding" END
FROM absent a
WHERE a."program_id" = o."program_id" AND a."version" = (o."context" ->> 'programVersion')::int AND o."context" ? 'used';

-- All of a member's lots, also the empty ones, and who was merged into a member: both were looked for in the whole program.
CREATE INDEX "lot_program_id_member_id_idx" ON "lot"("program_id", "member_id");
CREATE INDEX "member_merged_into" ON "member" ("program_id", "merged_into") WHERE "merged_into" IS NOT NULL;

-- An alias names the member who has everything now, also when that one came by a further merge.
WITH RECURSIVE chain AS (
  SELECT "program_id", "id", "merged_into" AS owner FROM "member" WHERE "merged_into" IS NOT NULL
  UNION ALL
  SELECT c."program_id", c."id", m."merged_into" FROM chain c JOIN "member" m ON (m."program_id", m."id") = (c."program_id", c.owner) WHERE m."merged_into" IS NOT NULL
)
UPDATE "member" g SET "merged_into" = c.owner
FROM chain c JOIN "member" m ON (m."program_id", m."id") = (c."program_id", c.owner) AND m."merged_into" IS NULL
WHERE (g."program_id", g."id") = (c."program_id", c."id") AND g."merged_into" <> c.owner;
