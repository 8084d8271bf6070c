-- How many calls each caller has left, counted over all processes. Nothing of it has to outlive a crash.
CREATE UNLOGGED TABLE "caller" (
    "id" TEXT NOT NULL,
    "calls_left" DOUBLE PRECISION NOT NULL,
    "per_second" DOUBLE PRECISION NOT NULL,
    "at_once" DOUBLE PRECISION NOT NULL,
    "refused" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "caller_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "caller_at_idx" ON "caller"("at");
