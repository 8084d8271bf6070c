-- What either of two merged members was paid for reaching a tier is not taken back: from when on. Members who were
-- merged before this was known keep what they have, too.
ALTER TABLE "entry_award" ADD COLUMN "settled_at" TIMESTAMPTZ(3);
UPDATE entry_award a SET settled_at = now()
WHERE a.points > 0 AND EXISTS (SELECT FROM member m
  WHERE (m.program_id, m.merged_into) = (a.program_id, a.member_id));
