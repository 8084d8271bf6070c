-- A draft played against the published version over the stored orders of twelve months.
CREATE TABLE "simulation" (
    "program_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "chance" INTEGER NOT NULL,
    "orders_found" INTEGER NOT NULL DEFAULT 0,
    "orders_played" INTEGER NOT NULL DEFAULT 0,
    "results" JSONB,
    "failure" TEXT,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "simulation_pkey" PRIMARY KEY ("program_id","id")
);
CREATE INDEX "simulation_program_id_asked_at_idx" ON "simulation"("program_id", "asked_at");
CREATE INDEX "simulation_asked_at_idx" ON "simulation"("asked_at");
ALTER TABLE "simulation" ADD CONSTRAINT "simulation_program_id_fkey" FOREIGN KEY ("program_id") REFERENCES "program"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
