-- When points came back to a lot that had lapsed or would lapse sooner: what the member did before that does not renew them.
ALTER TABLE "lot" ADD COLUMN "since" TIMESTAMPTZ(3);

UPDATE "lot" l SET "since" = x."at"
FROM (
  SELECT w."program_id", w."lot_id", w."slice", min(w."at") AS "at"
  FROM "draw" w JOIN "entry" e ON (e."program_id", e."id") = (w."program_id", w."entry_id")
  WHERE w."slice" > 0 AND w."points" < 0 AND e."kind" IN ('release', 'return')
  GROUP BY 1, 2, 3
) x
WHERE (l."program_id", l."id", l."slice") = (x."program_id", x."lot_id", x."slice")
  AND NOT EXISTS (SELECT FROM "draw" w JOIN "entry" e ON (e."program_id", e."id") = (w."program_id", w."entry_id")
    WHERE (w."program_id", w."lot_id", w."slice") = (l."program_id", l."id", l."slice") AND e."kind" = 'adjust');

-- What the sweep took from a member: looked for whenever an activity becomes known.
CREATE INDEX "entry_expired_by_member" ON "entry" ("program_id", "member_id") WHERE "kind" = 'expire';
