-- Checks of the whole ledger, one row each: what did not add up, with the member and the entries.
CREATE TABLE "audit" (
    "program_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "entries" BIGINT NOT NULL DEFAULT 0,
    "violations" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "audit_pkey" PRIMARY KEY ("program_id","id")
);

-- CreateIndex
CREATE INDEX "audit_program_id_started_at_idx" ON "audit"("program_id", "started_at");

-- AddForeignKey
ALTER TABLE "audit" ADD CONSTRAINT "audit_program_id_fkey" FOREIGN KEY ("program_id") REFERENCES "program"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
