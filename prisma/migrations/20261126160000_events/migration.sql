-- What happened to members, as a log: written with what happened, numbered after the commit, kept 35 days.
CREATE TABLE "event" (
    "program_id" UUID NOT NULL,
    "n" BIGSERIAL NOT NULL,
    "member_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "seq" BIGINT,

    CONSTRAINT "event_pkey" PRIMARY KEY ("program_id", "n")
);

-- CreateIndex
CREATE INDEX "event_program_id_member_id_idx" ON "event"("program_id", "member_id");

-- How far each follower of the log has read, who reads for it now, and why it fails.
CREATE TABLE "follower" (
    "name" TEXT NOT NULL,
    "cursor" BIGINT NOT NULL,
    "lease_by" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,
    "failed_at" TIMESTAMPTZ(3),
    "retry_at" TIMESTAMPTZ(3),
    "dropped" BIGINT NOT NULL DEFAULT 0,
    "dropped_at" TIMESTAMPTZ(3),

    CONSTRAINT "follower_pkey" PRIMARY KEY ("name")
);

-- Below here is written by hand: what the Prisma schema cannot say.

-- The numbers that followers read by. Given by one transaction at a time, to rows that are committed.
CREATE SEQUENCE "event_seq";
CREATE INDEX "event_by_seq" ON "event" ("seq") WHERE "seq" IS NOT NULL;
CREATE INDEX "event_not_numbered" ON "event" ("n") WHERE "seq" IS NULL;
-- The role's default rights are about tables; the sequences are told here.
GRANT USAGE, SELECT ON SEQUENCE "event_n_seq", "event_seq" TO fidelio_app;
