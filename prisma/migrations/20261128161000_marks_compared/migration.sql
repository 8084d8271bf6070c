-- Customers who carried the mark of a tier and should not, or the other way round.
ALTER TABLE "reconciliation" ADD COLUMN "marks" INTEGER NOT NULL DEFAULT 0;
