-- Store credit that goes into members' accounts, one movement a row.
CREATE TABLE "transfer" (
    "program_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "store_id" UUID NOT NULL,
    "customer_id" TEXT,
    "redemption_id" UUID,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "absent_at" TIMESTAMPTZ(3),
    "reference" TEXT,
    "refusal" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "finished_at" TIMESTAMPTZ(3),
    "next_look_at" TIMESTAMPTZ(3),

    CONSTRAINT "transfer_pkey" PRIMARY KEY ("program_id","id")
);
CREATE UNIQUE INDEX "transfer_program_id_redemption_id_key" ON "transfer"("program_id", "redemption_id");
CREATE INDEX "transfer_program_id_member_id_created_at_idx" ON "transfer"("program_id", "member_id", "created_at");
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_program_id_member_id_fkey" FOREIGN KEY ("program_id", "member_id") REFERENCES "member"("program_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_program_id_redemption_id_fkey" FOREIGN KEY ("program_id", "redemption_id") REFERENCES "redemption"("program_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Those that something is left to do for, by when.
CREATE INDEX "transfer_to_look_at" ON "transfer"("next_look_at") WHERE "next_look_at" IS NOT NULL;
