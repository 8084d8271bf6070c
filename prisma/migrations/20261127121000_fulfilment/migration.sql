-- What staff does for members who took an experience.
CREATE TABLE "fulfilment" (
    "program_id" UUID NOT NULL,
    "redemption_id" UUID NOT NULL,
    "store_id" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "answer" TEXT,
    "by" TEXT,

    CONSTRAINT "fulfilment_pkey" PRIMARY KEY ("program_id","redemption_id")
);
CREATE INDEX "fulfilment_program_id_asked_at_idx" ON "fulfilment"("program_id", "asked_at");
ALTER TABLE "fulfilment" ADD CONSTRAINT "fulfilment_program_id_redemption_id_fkey" FOREIGN KEY ("program_id", "redemption_id") REFERENCES "redemption"("program_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Answers that are kept, by their age; and what staff has not done yet, by when it is due.
CREATE INDEX "fulfilment_answered" ON "fulfilment"("asked_at") WHERE "answer" IS NOT NULL;
CREATE INDEX "redemption_to_do" ON "redemption"("program_id", "ends_at", "id") WHERE "state" = 'issued' AND "code" IS NULL;
