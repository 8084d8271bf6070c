-- What an entry or a lot is part of stands in columns of its own: nothing reads it out of a key any more.
ALTER TABLE "entry" ADD COLUMN "part" TEXT;
ALTER TABLE "entry" ADD COLUMN "slice" INTEGER;
ALTER TABLE "entry" ADD COLUMN "batch_id" UUID;
ALTER TABLE "entry" ADD COLUMN "batch_line" INTEGER;
ALTER TABLE "entry" ADD COLUMN "reward_key" TEXT;
ALTER TABLE "lot" ADD COLUMN "batch_id" UUID;
ALTER TABLE "lot" ADD COLUMN "reward_key" TEXT;

-- The entries of before say it by their keys: redeem:…:late, revive:lot:slice, expire:lot:slice, import:batch:line, import:batch:undo:member.
UPDATE "entry" SET "part" = 'late' WHERE "kind" = 'redeem' AND "key" LIKE 'redeem:%:late';
UPDATE "entry" SET "part" = 'revive', "slice" = split_part("key", ':', 3)::int
  WHERE "kind" = 'adjust' AND "key" ~ '^revive:[0-9a-f-]{36}:[0-9]+$';
UPDATE "entry" SET "slice" = split_part("key", ':', 3)::int WHERE "kind" = 'expire' AND "key" ~ '^expire:[0-9a-f-]{36}:[0-9]+$';
UPDATE "entry" SET "batch_id" = split_part("key", ':', 2)::uuid,
    "batch_line" = CASE WHEN split_part("key", ':', 3) ~ '^[0-9]+$' THEN split_part("key", ':', 3)::int END
  WHERE "kind" = 'import' AND "key" ~ '^import:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}:(undo:|[0-9]{1,9}$)';
-- A reward's first entry has its key, further ones have a number behind it.
UPDATE "entry" e SET "reward_key" = r."key" FROM "tier_reward" r
  WHERE e."kind" = 'bonus' AND (r."program_id", r."key") = (e."program_id", e."key");
UPDATE "entry" e SET "reward_key" = r."key" FROM "tier_reward" r
  WHERE e."kind" = 'bonus' AND e."reward_key" IS NULL AND (r."program_id", r."key") = (e."program_id", regexp_replace(e."key", ':[0-9]+$', ''));
UPDATE "lot" l SET "batch_id" = e."batch_id", "reward_key" = e."reward_key" FROM "entry" e
  WHERE (e."program_id", e."id") = (l."program_id", l."id") AND (e."batch_id" IS NOT NULL OR e."reward_key" IS NOT NULL);

-- Below here is written by hand: what the Prisma schema cannot say.

ALTER TABLE "entry" ADD CONSTRAINT "entry_part_known" CHECK ("part" IN ('late', 'revive'));
-- What came back of a slice, and what was paid for a reward: a few of many entries.
CREATE INDEX "entry_revived" ON "entry" ("program_id", "lot_id", "slice") WHERE "part" = 'revive';
CREATE INDEX "entry_of_reward" ON "entry" ("program_id", "reward_key") WHERE "reward_key" IS NOT NULL;
