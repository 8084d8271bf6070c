-- Tiers: the member's present one, its history with causes, what staff gave, what was paid on entry.
ALTER TABLE "member" ADD COLUMN "tier" TEXT, ADD COLUMN "next_tier_change_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "tier_change" (
    "program_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "tier_id" TEXT,
    "cause" TEXT NOT NULL,

    CONSTRAINT "tier_change_pkey" PRIMARY KEY ("program_id","member_id","n")
);

-- CreateTable
CREATE TABLE "tier_override" (
    "program_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "tier_id" TEXT,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "until_at" TIMESTAMPTZ(3),
    "reason" TEXT NOT NULL,
    "by" TEXT NOT NULL,

    CONSTRAINT "tier_override_pkey" PRIMARY KEY ("program_id","id")
);

-- CreateTable
CREATE TABLE "tier_reward" (
    "program_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "tier_id" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "reached_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tier_reward_pkey" PRIMARY KEY ("program_id","member_id","tier_id","period")
);

-- What rules may ask of a product, as last read; the platform's messages about products make it stale.
CREATE TABLE "product_facts" (
    "program_id" UUID NOT NULL,
    "store_id" UUID NOT NULL,
    "product_id" TEXT NOT NULL,
    "facts" JSONB,
    "read_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "product_facts_pkey" PRIMARY KEY ("program_id","store_id","product_id")
);

-- CreateTable
CREATE TABLE "expiry_warning" (
    "program_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "lapses_at" TIMESTAMPTZ(3) NOT NULL,
    "days_before" INTEGER NOT NULL,
    "points" BIGINT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "expiry_warning_pkey" PRIMARY KEY ("program_id","member_id","lapses_at","days_before")
);

-- CreateIndex
CREATE INDEX "member_program_id_next_tier_change_at_idx" ON "member"("program_id", "next_tier_change_at");

-- CreateIndex
CREATE INDEX "tier_override_program_id_member_id_idx" ON "tier_override"("program_id", "member_id");

-- AddForeignKey
ALTER TABLE "tier_change" ADD CONSTRAINT "tier_change_program_id_member_id_fkey" FOREIGN KEY ("program_id", "member_id") REFERENCES "member"("program_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tier_override" ADD CONSTRAINT "tier_override_program_id_member_id_fkey" FOREIGN KEY ("program_id", "member_id") REFERENCES "member"("program_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tier_reward" ADD CONSTRAINT "tier_reward_program_id_member_id_fkey" FOREIGN KEY ("program_id", "member_id") REFERENCES "member"("program_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "expiry_warning" ADD CONSTRAINT "expiry_warning_program_id_member_id_fkey" FOREIGN KEY ("program_id", "member_id") REFERENCES "member"("program_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- Below here is written by hand: what the Prisma schema cannot say.

-- Members whose tier may change by itself by now, whatever the tenant.
CREATE INDEX "member_to_requalify" ON "member" ("next_tier_change_at") WHERE "next_tier_change_at" IS NOT NULL;
-- What was drawn for a redemption, whoever owned it then.
CREATE INDEX "entry_of_redemption" ON "entry" ("program_id", "redemption_id") WHERE "redemption_id" IS NOT NULL;

-- One comparison of a store's orders with ours, a page at a time: the cursor survives a crash.
CREATE TABLE "reconciliation" (
    "program_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "store_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "from_at" TIMESTAMPTZ(3),
    "to_at" TIMESTAMPTZ(3) NOT NULL,
    "cursor" TEXT,
    "seen" INTEGER NOT NULL DEFAULT 0,
    "missing" INTEGER NOT NULL DEFAULT 0,
    "stale" INTEGER NOT NULL DEFAULT 0,
    "drift" BIGINT NOT NULL DEFAULT 0,
    "failure" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "reconciliation_pkey" PRIMARY KEY ("program_id","id")
);

-- CreateIndex
CREATE INDEX "reconciliation_program_id_store_id_started_at_idx" ON "reconciliation"("program_id", "store_id", "started_at");

-- AddForeignKey
ALTER TABLE "reconciliation" ADD CONSTRAINT "reconciliation_program_id_store_id_fkey" FOREIGN KEY ("program_id", "store_id") REFERENCES "store"("program_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
