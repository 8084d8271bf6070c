-- When a simulation last came further: its page says when it stands still.
ALTER TABLE "simulation" ADD COLUMN "moved_at" TIMESTAMPTZ(3);
