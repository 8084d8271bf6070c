-- Members who have no order may have reached a tier, too: their tiers are looked at once. Those of new members are from
-- the beginning.
UPDATE member m SET next_tier_change_at = now()
WHERE m.merged_into IS NULL AND m.next_tier_change_at IS NULL
  AND NOT EXISTS (SELECT FROM tier_change c WHERE (c.program_id, c.member_id) = (m.program_id, m.id))
  AND (SELECT v.document ->> 'tiers' IS NOT NULL FROM program_version v WHERE v.program_id = m.program_id
    ORDER BY v.version DESC LIMIT 1);
