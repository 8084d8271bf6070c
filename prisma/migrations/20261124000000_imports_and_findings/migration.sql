-- Files of points: read, checked, posted, undone; and what Health shows of orders that differ.

-- AlterTable
ALTER TABLE "order" ADD COLUMN "finding" JSONB;
ALTER TABLE "reconciliation" ADD COLUMN "findings" JSONB NOT NULL DEFAULT '[]';

-- CreateTable
CREATE TABLE "import_batch" (
    "program_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "store_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "format" TEXT,
    "file_name" TEXT NOT NULL,
    "content_hash" TEXT,
    "lines" INTEGER NOT NULL DEFAULT 0,
    "good" INTEGER NOT NULL DEFAULT 0,
    "bad" INTEGER NOT NULL DEFAULT 0,
    "unknown" INTEGER NOT NULL DEFAULT 0,
    "points" BIGINT NOT NULL DEFAULT 0,
    "with_guests" BOOLEAN NOT NULL DEFAULT true,
    "checked" INTEGER NOT NULL DEFAULT 0,
    "posted" INTEGER NOT NULL DEFAULT 0,
    "position" INTEGER NOT NULL DEFAULT 0,
    "undone" INTEGER NOT NULL DEFAULT 0,
    "undone_up_to" UUID,
    "failure" TEXT,
    "by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_batch_pkey" PRIMARY KEY ("program_id","id")
);

-- CreateTable
CREATE TABLE "import_line" (
    "program_id" UUID NOT NULL,
    "batch_id" UUID NOT NULL,
    "line" INTEGER NOT NULL,
    "position" INTEGER,
    "kind" TEXT,
    "value" TEXT,
    "contact" BYTEA,
    "unknown" BOOLEAN NOT NULL DEFAULT false,
    "points" BIGINT,
    "occurred_at" TIMESTAMPTZ(3),
    "available_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "note" TEXT,
    "problem" TEXT,
    "found" TEXT,
    "member_id" UUID,
    "entry_id" UUID,

    CONSTRAINT "import_line_pkey" PRIMARY KEY ("program_id","batch_id","line")
);

-- CreateIndex
CREATE INDEX "import_batch_program_id_created_at_idx" ON "import_batch"("program_id", "created_at");

-- CreateIndex
CREATE INDEX "import_line_program_id_batch_id_position_idx" ON "import_line"("program_id", "batch_id", "position");

-- CreateIndex
CREATE INDEX "import_line_program_id_batch_id_member_id_idx" ON "import_line"("program_id", "batch_id", "member_id");

-- AddForeignKey
ALTER TABLE "import_batch" ADD CONSTRAINT "import_batch_program_id_store_id_fkey" FOREIGN KEY ("program_id", "store_id") REFERENCES "store"("program_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_line" ADD CONSTRAINT "import_line_program_id_batch_id_fkey" FOREIGN KEY ("program_id", "batch_id") REFERENCES "import_batch"("program_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- Below here is written by hand: what the Prisma schema cannot say.

-- Orders whose final context differs from what it would be now.
CREATE INDEX "order_with_finding" ON "order" ("program_id", "instant") WHERE "finding" IS NOT NULL;
ALTER TABLE "import_batch" ADD CONSTRAINT "import_batch_state_known"
  CHECK ("state" IN ('reading', 'checking', 'ready', 'posting', 'done', 'undoing', 'undone', 'failed', 'discarded'));
