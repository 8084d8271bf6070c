-- How a file was read (encoding, columns, first rows), which lines are balances, and what the merchant chose.
ALTER TABLE import_batch ADD COLUMN reading jsonb;
ALTER TABLE import_batch ADD COLUMN debts integer NOT NULL DEFAULT 0;
ALTER TABLE import_batch ADD COLUMN unknown_debts integer NOT NULL DEFAULT 0;
ALTER TABLE import_batch ADD COLUMN debt_points bigint NOT NULL DEFAULT 0;
ALTER TABLE import_batch ADD COLUMN zeros integer NOT NULL DEFAULT 0;
ALTER TABLE import_batch ADD COLUMN moving integer NOT NULL DEFAULT 0;
ALTER TABLE import_batch ADD COLUMN with_debts boolean NOT NULL DEFAULT false;
ALTER TABLE import_batch ADD COLUMN mode text NOT NULL DEFAULT 'add';
ALTER TABLE import_batch ADD CONSTRAINT import_batch_mode_known CHECK (mode IN ('add', 'reset'));
ALTER TABLE import_batch ADD COLUMN posted_points bigint NOT NULL DEFAULT 0;
ALTER TABLE import_line ADD COLUMN is_addition boolean NOT NULL DEFAULT false;
-- What the files of before gave is what their entries say.
UPDATE import_batch b SET posted_points = coalesce((
  SELECT sum(e.points) FROM import_line i JOIN entry e ON (e.program_id, e.id) = (i.program_id, i.entry_id)
  WHERE (i.program_id, i.batch_id) = (b.program_id, b.id)), 0);
-- Files that were looked over before know nothing of balances that were set: a file that waits is read as one that adds.
UPDATE import_batch SET moving = good WHERE state IN ('checking', 'ready');
