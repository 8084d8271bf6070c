-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "shop" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "isOnline" BOOLEAN NOT NULL DEFAULT false,
    "scope" TEXT,
    "expires" TIMESTAMP(3),
    "accessToken" TEXT NOT NULL,
    "userId" BIGINT,
    "firstName" TEXT,
    "lastName" TEXT,
    "email" TEXT,
    "accountOwner" BOOLEAN NOT NULL DEFAULT false,
    "locale" TEXT,
    "collaborator" BOOLEAN DEFAULT false,
    "emailVerified" BOOLEAN DEFAULT false,
    "refreshToken" TEXT,
    "refreshTokenExpires" TIMESTAMP(3),
    "lease_until" TIMESTAMPTZ(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tenant_directory" (
    "platform" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "program_id" UUID NOT NULL,
    "store_id" UUID NOT NULL,

    CONSTRAINT "tenant_directory_pkey" PRIMARY KEY ("platform","domain")
);

-- CreateTable
CREATE TABLE "program" (
    "id" UUID NOT NULL,
    "current_version" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "program_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "program_version" (
    "program_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,

    CONSTRAINT "program_version_pkey" PRIMARY KEY ("program_id","version")
);

-- CreateTable
CREATE TABLE "store" (
    "program_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "platform" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "currency" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "installed_at" TIMESTAMPTZ(3) NOT NULL,
    "uninstalled_at" TIMESTAMPTZ(3),
    "published_summary" TEXT,

    CONSTRAINT "store_pkey" PRIMARY KEY ("program_id","id")
);

-- CreateTable
CREATE TABLE "member" (
    "program_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "available" BIGINT NOT NULL DEFAULT 0,
    "pending" BIGINT NOT NULL DEFAULT 0,
    "debt" BIGINT NOT NULL DEFAULT 0,
    "next_change_at" TIMESTAMPTZ(3),
    "merged_into" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "published_summary" TEXT,

    CONSTRAINT "member_pkey" PRIMARY KEY ("program_id","id")
);

-- CreateTable
CREATE TABLE "member_profile" (
    "program_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "locale" TEXT,
    "personal" BYTEA,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "member_profile_pkey" PRIMARY KEY ("program_id","member_id")
);

-- CreateTable
CREATE TABLE "member_identity" (
    "program_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "member_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "member_identity_pkey" PRIMARY KEY ("program_id","kind","scope","value")
);

-- CreateTable
CREATE TABLE "order" (
    "program_id" UUID NOT NULL,
    "store_id" UUID NOT NULL,
    "order_id" TEXT NOT NULL,
    "member_id" UUID,
    "name" TEXT NOT NULL,
    "instant" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "snapshot" JSONB NOT NULL,
    "standing" JSONB,
    "context" JSONB,
    "entitlement" BIGINT NOT NULL DEFAULT 0,
    "posted" BIGINT NOT NULL DEFAULT 0,
    "seq" INTEGER NOT NULL DEFAULT 0,
    "forgiven_lapsed" BIGINT NOT NULL DEFAULT 0,
    "paid_minor" BIGINT NOT NULL DEFAULT 0,
    "currency" TEXT NOT NULL,
    "standing_kind" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "order_pkey" PRIMARY KEY ("program_id","store_id","order_id")
);

-- CreateTable
CREATE TABLE "entry" (
    "program_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "points" BIGINT NOT NULL,
    "forgiven" BIGINT NOT NULL DEFAULT 0,
    "key" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "store_id" UUID,
    "order_id" TEXT,
    "redemption_id" UUID,
    "lot_id" UUID,
    "why" JSONB NOT NULL,
    "actor" JSONB NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "entry_pkey" PRIMARY KEY ("program_id","id")
);

-- CreateTable
CREATE TABLE "lot" (
    "program_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "slice" INTEGER NOT NULL DEFAULT 0,
    "member_id" UUID NOT NULL,
    "size" BIGINT NOT NULL,
    "remaining" BIGINT NOT NULL,
    "origin_store_id" UUID,
    "origin_order_id" TEXT,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "available_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "key" TEXT NOT NULL,

    CONSTRAINT "lot_pkey" PRIMARY KEY ("program_id","id","slice")
);

-- CreateTable
CREATE TABLE "draw" (
    "program_id" UUID NOT NULL,
    "entry_id" UUID NOT NULL,
    "n" INTEGER NOT NULL,
    "lot_id" UUID NOT NULL,
    "slice" INTEGER NOT NULL,
    "points" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "draw_pkey" PRIMARY KEY ("program_id","entry_id","n")
);

-- CreateTable
CREATE TABLE "debt" (
    "program_id" UUID NOT NULL,
    "entry_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "open" BIGINT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "debt_pkey" PRIMARY KEY ("program_id","entry_id")
);

-- CreateTable
CREATE TABLE "redemption" (
    "program_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "store_id" UUID NOT NULL,
    "customer_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reward_id" TEXT NOT NULL,
    "grant" JSONB NOT NULL,
    "title" TEXT NOT NULL,
    "points" BIGINT NOT NULL,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "reference" TEXT,
    "fingerprint" TEXT NOT NULL,
    "program_version" INTEGER NOT NULL,
    "held_at" TIMESTAMPTZ(3) NOT NULL,
    "issued_at" TIMESTAMPTZ(3),
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),
    "used_order_id" TEXT,
    "returned" BIGINT NOT NULL DEFAULT 0,
    "refusal" TEXT,
    "next_look_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "redemption_pkey" PRIMARY KEY ("program_id","id")
);

-- CreateTable
CREATE TABLE "backfill" (
    "program_id" UUID NOT NULL,
    "store_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3),
    "export_id" TEXT,
    "orders_found" INTEGER NOT NULL DEFAULT 0,
    "orders_read" INTEGER NOT NULL DEFAULT 0,
    "orders_failed" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "backfill_pkey" PRIMARY KEY ("program_id","id")
);

-- CreateTable
CREATE TABLE "unreadable_delivery" (
    "program_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "store_id" UUID NOT NULL,
    "topic" TEXT NOT NULL,
    "webhook_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "body" BYTEA NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "unreadable_delivery_pkey" PRIMARY KEY ("program_id","id")
);

-- CreateIndex
CREATE INDEX "session_shop_idx" ON "session"("shop");

-- CreateIndex
CREATE UNIQUE INDEX "store_program_id_platform_domain_key" ON "store"("program_id", "platform", "domain");

-- CreateIndex
CREATE INDEX "member_program_id_next_change_at_idx" ON "member"("program_id", "next_change_at");

-- CreateIndex
CREATE INDEX "member_identity_program_id_member_id_idx" ON "member_identity"("program_id", "member_id");

-- CreateIndex
CREATE INDEX "order_program_id_member_id_instant_idx" ON "order"("program_id", "member_id", "instant");

-- CreateIndex
CREATE INDEX "order_program_id_instant_idx" ON "order"("program_id", "instant");

-- CreateIndex
CREATE INDEX "entry_program_id_member_id_id_idx" ON "entry"("program_id", "member_id", "id");

-- CreateIndex
CREATE INDEX "entry_program_id_recorded_at_idx" ON "entry"("program_id", "recorded_at");

-- CreateIndex
CREATE UNIQUE INDEX "entry_program_id_key_key" ON "entry"("program_id", "key");

-- CreateIndex
CREATE INDEX "lot_program_id_origin_store_id_origin_order_id_idx" ON "lot"("program_id", "origin_store_id", "origin_order_id");

-- CreateIndex
CREATE INDEX "draw_program_id_lot_id_slice_idx" ON "draw"("program_id", "lot_id", "slice");

-- CreateIndex
CREATE INDEX "debt_program_id_member_id_idx" ON "debt"("program_id", "member_id");

-- CreateIndex
CREATE INDEX "redemption_program_id_member_id_held_at_idx" ON "redemption"("program_id", "member_id", "held_at");

-- CreateIndex
CREATE INDEX "redemption_program_id_next_look_at_idx" ON "redemption"("program_id", "next_look_at");

-- CreateIndex
CREATE UNIQUE INDEX "redemption_program_id_code_key" ON "redemption"("program_id", "code");

-- CreateIndex
CREATE INDEX "backfill_program_id_store_id_started_at_idx" ON "backfill"("program_id", "store_id", "started_at");

-- CreateIndex
CREATE INDEX "unreadable_delivery_program_id_received_at_idx" ON "unreadable_delivery"("program_id", "received_at");

-- AddForeignKey
ALTER TABLE "program_version" ADD CONSTRAINT "program_version_program_id_fkey" FOREIGN KEY ("program_id") REFERENCES "program"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "store" ADD CONSTRAINT "store_program_id_fkey" FOREIGN KEY ("program_id") REFERENCES "program"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_program_id_fkey" FOREIGN KEY ("program_id") REFERENCES "program"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member_profile" ADD CONSTRAINT "member_profile_program_id_member_id_fkey" FOREIGN KEY ("program_id", "member_id") REFERENCES "member"("program_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member_identity" ADD CONSTRAINT "member_identity_program_id_member_id_fkey" FOREIGN KEY ("program_id", "member_id") REFERENCES "member"("program_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order" ADD CONSTRAINT "order_program_id_store_id_fkey" FOREIGN KEY ("program_id", "store_id") REFERENCES "store"("program_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order" ADD CONSTRAINT "order_program_id_member_id_fkey" FOREIGN KEY ("program_id", "member_id") REFERENCES "member"("program_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entry" ADD CONSTRAINT "entry_program_id_member_id_fkey" FOREIGN KEY ("program_id", "member_id") REFERENCES "member"("program_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lot" ADD CONSTRAINT "lot_program_id_member_id_fkey" FOREIGN KEY ("program_id", "member_id") REFERENCES "member"("program_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draw" ADD CONSTRAINT "draw_program_id_entry_id_fkey" FOREIGN KEY ("program_id", "entry_id") REFERENCES "entry"("program_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "draw" ADD CONSTRAINT "draw_program_id_lot_id_slice_fkey" FOREIGN KEY ("program_id", "lot_id", "slice") REFERENCES "lot"("program_id", "id", "slice") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "debt" ADD CONSTRAINT "debt_program_id_member_id_fkey" FOREIGN KEY ("program_id", "member_id") REFERENCES "member"("program_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "redemption" ADD CONSTRAINT "redemption_program_id_member_id_fkey" FOREIGN KEY ("program_id", "member_id") REFERENCES "member"("program_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "backfill" ADD CONSTRAINT "backfill_program_id_store_id_fkey" FOREIGN KEY ("program_id", "store_id") REFERENCES "store"("program_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- Below here is written by hand: what the Prisma schema cannot say.

-- Spendable lots of a member in the order in which they are drawn, and lots about to lapse.
CREATE INDEX "lot_open_by_member" ON "lot" ("program_id", "member_id", "expires_at", "opened_at", "id") WHERE "remaining" > 0;
CREATE INDEX "lot_open_by_expiry" ON "lot" ("program_id", "expires_at") WHERE "remaining" > 0;
CREATE INDEX "debt_open_by_member" ON "debt" ("program_id", "member_id") WHERE "open" > 0;
-- The settling job's queue of work, whatever the tenant.
CREATE INDEX "redemption_to_look_at" ON "redemption" ("next_look_at") WHERE "next_look_at" IS NOT NULL;
CREATE INDEX "member_to_change" ON "member" ("next_change_at") WHERE "next_change_at" IS NOT NULL;

-- What can be said about one row is said to the database too.
ALTER TABLE "lot" ADD CONSTRAINT "lot_remaining_not_negative" CHECK ("remaining" >= 0);
ALTER TABLE "lot" ADD CONSTRAINT "lot_slice_within_size" CHECK ("slice" > 0 OR "remaining" <= "size");
ALTER TABLE "debt" ADD CONSTRAINT "debt_open_not_negative" CHECK ("open" >= 0);
ALTER TABLE "entry" ADD CONSTRAINT "entry_forgiven_not_negative" CHECK ("forgiven" >= 0);
ALTER TABLE "redemption" ADD CONSTRAINT "redemption_state_known" CHECK ("state" IN ('held', 'issued', 'expiring', 'cancelling', 'used', 'released', 'used_late'));

-- The application's role: it writes, but entries and draws only ever grow.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fidelio_app') THEN
    CREATE ROLE fidelio_app NOLOGIN;
  END IF;
EXCEPTION
  WHEN duplicate_object OR unique_violation THEN NULL; -- another database of this server made it meanwhile
  WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'The role fidelio_app is missing and this user may not create it. Run "CREATE ROLE fidelio_app NOLOGIN" as an administrator, then start again.';
END $$;
DO $$
BEGIN
  IF NOT pg_has_role(current_user, 'fidelio_app', 'MEMBER') THEN
    EXECUTE format('GRANT fidelio_app TO %I', current_user);
  END IF;
END $$;
GRANT USAGE ON SCHEMA public TO fidelio_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO fidelio_app;
REVOKE UPDATE, DELETE, TRUNCATE ON "entry", "draw" FROM fidelio_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO fidelio_app;
