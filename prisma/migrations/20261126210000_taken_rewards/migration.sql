-- How often a reward was taken, by a member and in total: what its limits ask.
CREATE INDEX "redemption_program_id_reward_id_member_id_held_at_idx" ON "redemption"("program_id", "reward_id", "member_id", "held_at");
