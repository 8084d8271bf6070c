-- Which account of a shop has a verified e-mail, as a keyed hash: a guest's order may come after the account.
CREATE TABLE "account_email" (
    "program_id" UUID NOT NULL,
    "store_id" UUID NOT NULL,
    "customer_id" TEXT NOT NULL,
    "email_hash" TEXT NOT NULL,
    "verified_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_email_pkey" PRIMARY KEY ("program_id","store_id","customer_id")
);

-- CreateIndex
CREATE INDEX "account_email_program_id_email_hash_idx" ON "account_email"("program_id", "email_hash");

-- AddForeignKey
ALTER TABLE "account_email" ADD CONSTRAINT "account_email_program_id_store_id_fkey" FOREIGN KEY ("program_id", "store_id") REFERENCES "store"("program_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
