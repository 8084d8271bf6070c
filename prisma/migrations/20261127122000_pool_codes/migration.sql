-- Codes of others that the merchant uploaded, to be given for points, each once.
CREATE TABLE "pool_code" (
    "program_id" UUID NOT NULL,
    "pool_id" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "code" BYTEA NOT NULL,
    "last_day" DATE NOT NULL,
    "n" INTEGER NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL,
    "redemption_id" UUID,
    "given_at" TIMESTAMPTZ(3),

    CONSTRAINT "pool_code_pkey" PRIMARY KEY ("program_id","pool_id","hash")
);
CREATE UNIQUE INDEX "pool_code_program_id_redemption_id_key" ON "pool_code"("program_id", "redemption_id");
CREATE INDEX "pool_code_program_id_pool_id_given_at_idx" ON "pool_code"("program_id", "pool_id", "given_at");
ALTER TABLE "pool_code" ADD CONSTRAINT "pool_code_program_id_redemption_id_fkey" FOREIGN KEY ("program_id", "redemption_id") REFERENCES "redemption"("program_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Those that can be given, in the order in which they are.
CREATE INDEX "pool_code_free" ON "pool_code"("program_id", "pool_id", "last_day", "added_at", "n") WHERE "redemption_id" IS NULL;
