-- One name for one thing: what an order is settled by is `settled`, what figures make of it its `status`; a tier pays entry awards, and
-- rewards are what points buy; redemptions are finished, orders are settled.
ALTER TABLE "order" RENAME COLUMN "standing" TO "settled";
ALTER TABLE "order" RENAME COLUMN "standing_kind" TO "status";
ALTER TABLE "redemption" RENAME COLUMN "settled_at" TO "finished_at";
ALTER TABLE "entry" RENAME COLUMN "reward_key" TO "award_key";
ALTER TABLE "lot" RENAME COLUMN "reward_key" TO "award_key";
ALTER INDEX "entry_of_reward" RENAME TO "entry_of_award";
ALTER TABLE "tier_reward" RENAME TO "entry_award";
ALTER TABLE "entry_award" RENAME CONSTRAINT "tier_reward_pkey" TO "entry_award_pkey";
ALTER TABLE "entry_award" RENAME CONSTRAINT "tier_reward_program_id_member_id_fkey" TO "entry_award_program_id_member_id_fkey";
