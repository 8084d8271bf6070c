-- What a merchant has chosen before the first version is published: a reload or a way back loses nothing.
ALTER TABLE "program" ADD COLUMN "first_run" JSONB;
