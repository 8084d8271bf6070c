-- What cannot be read is kept within limits: how much it was (in bytes, as it came) is written, and a body that is too large is left out.
ALTER TABLE unreadable_delivery ADD COLUMN bytes integer NOT NULL DEFAULT 0;
-- The cipher is a version byte, 12 bytes of nonce and 16 of tag longer than what it holds.
UPDATE unreadable_delivery SET bytes = greatest(0, octet_length(body) - 29);
ALTER TABLE unreadable_delivery ALTER COLUMN bytes DROP DEFAULT;
ALTER TABLE unreadable_delivery ALTER COLUMN body DROP NOT NULL;
CREATE INDEX unreadable_delivery_program_id_store_id_received_at_idx ON unreadable_delivery (program_id, store_id, received_at);
