-- Others whose things members get for points, what their catalogues hold, and what was ordered there.
CREATE TABLE "partner" (
    "program_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "address" TEXT,
    "secret" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "partner_pkey" PRIMARY KEY ("program_id","id")
);
CREATE TABLE "partner_item" (
    "program_id" UUID NOT NULL,
    "partner_id" TEXT NOT NULL,
    "item_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "link" TEXT,
    "n" INTEGER NOT NULL,

    CONSTRAINT "partner_item_pkey" PRIMARY KEY ("program_id","partner_id","item_id")
);
CREATE TABLE "partner_order" (
    "program_id" UUID NOT NULL,
    "redemption_id" UUID NOT NULL,
    "store_id" UUID NOT NULL,
    "partner_id" TEXT NOT NULL,
    "item_id" TEXT NOT NULL,
    "needs_email" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "delivered_at" TIMESTAMPTZ(3),
    "delivery" BYTEA,

    CONSTRAINT "partner_order_pkey" PRIMARY KEY ("program_id","redemption_id")
);
CREATE INDEX "partner_order_program_id_partner_id_created_at_idx" ON "partner_order"("program_id", "partner_id", "created_at");
ALTER TABLE "partner" ADD CONSTRAINT "partner_program_id_fkey" FOREIGN KEY ("program_id") REFERENCES "program"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "partner_item" ADD CONSTRAINT "partner_item_program_id_partner_id_fkey" FOREIGN KEY ("program_id", "partner_id") REFERENCES "partner"("program_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "partner_order" ADD CONSTRAINT "partner_order_program_id_partner_id_fkey" FOREIGN KEY ("program_id", "partner_id") REFERENCES "partner"("program_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "partner_order" ADD CONSTRAINT "partner_order_program_id_redemption_id_fkey" FOREIGN KEY ("program_id", "redemption_id") REFERENCES "redemption"("program_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "partner" ADD CONSTRAINT "partner_kind_known" CHECK ("kind" IN ('file', 'http'));
