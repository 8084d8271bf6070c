-- The draft of a program, one a program, and what it replaced.
ALTER TABLE "program" ADD COLUMN "draft_revision" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "program_version" ADD COLUMN "draft_revision" INTEGER;

CREATE TABLE "program_draft" (
    "program_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "based_on" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "by" TEXT NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,
    "scheduled_for" TIMESTAMPTZ(3),
    "scheduled_by" TEXT,
    "failure" TEXT,
    "failed_at" TIMESTAMPTZ(3),

    CONSTRAINT "program_draft_pkey" PRIMARY KEY ("program_id")
);

CREATE TABLE "replaced_draft" (
    "program_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "based_on" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "by" TEXT NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,
    "replaced_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "replaced_draft_pkey" PRIMARY KEY ("program_id","revision")
);

-- CreateIndex
CREATE INDEX "program_draft_scheduled_for_idx" ON "program_draft"("scheduled_for");

-- CreateIndex
CREATE INDEX "replaced_draft_replaced_at_idx" ON "replaced_draft"("replaced_at");

-- AddForeignKey
ALTER TABLE "program_draft" ADD CONSTRAINT "program_draft_program_id_based_on_fkey" FOREIGN KEY ("program_id", "based_on") REFERENCES "program_version"("program_id", "version") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "replaced_draft" ADD CONSTRAINT "replaced_draft_program_id_based_on_fkey" FOREIGN KEY ("program_id", "based_on") REFERENCES "program_version"("program_id", "version") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Below here is written by hand: what the Prisma schema cannot say.

ALTER TABLE "program_draft" ADD CONSTRAINT "program_draft_failure_known" CHECK ("failure" IN ('invalid', 'late', 'apart'));
