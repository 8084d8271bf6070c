-- Entry rewards are settled like orders: what the ledger holds for each, and the keys of its entries.
ALTER TABLE "tier_reward" ADD COLUMN "points" BIGINT NOT NULL DEFAULT 0, ADD COLUMN "key" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "seq" INTEGER NOT NULL DEFAULT 1, ADD COLUMN "forgiven_lapsed" BIGINT NOT NULL DEFAULT 0;

-- Who was merged has the entries under the id of then.
UPDATE "tier_reward" r SET "points" = e."points", "key" = e."key"
FROM "entry" e
WHERE e."program_id" = r."program_id" AND e."kind" = 'bonus' AND (
  e."key" = 'tier:' || r."member_id" || ':' || r."tier_id" || ':' || r."period"
  OR EXISTS (SELECT FROM "member" g WHERE g."program_id" = r."program_id" AND g."merged_into" = r."member_id"
    AND e."key" = 'tier:' || g."id" || ':' || r."tier_id" || ':' || r."period"));
UPDATE "tier_reward" SET "key" = 'tier:' || "member_id" || ':' || "tier_id" || ':' || "period" WHERE "key" = '';

ALTER TABLE "tier_reward" ALTER COLUMN "points" DROP DEFAULT, ALTER COLUMN "key" DROP DEFAULT;
