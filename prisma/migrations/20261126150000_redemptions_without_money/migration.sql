-- A redemption may be worth no sum of money (free shipping), need no code, and be nobody's at the store any more.
ALTER TABLE "redemption" ALTER COLUMN "customer_id" DROP NOT NULL,
  ALTER COLUMN "amount_minor" DROP NOT NULL,
  ALTER COLUMN "currency" DROP NOT NULL,
  ALTER COLUMN "code" DROP NOT NULL;

-- Until now an erased customer's redemptions had an empty text.
UPDATE "redemption" SET "customer_id" = NULL WHERE "customer_id" = '';
