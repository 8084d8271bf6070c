-- What members gave to others: the report by month and receiver reads only these.
CREATE INDEX "redemption_donations" ON "redemption"("program_id", "held_at") WHERE "grant"->>'kind' = 'donation';
