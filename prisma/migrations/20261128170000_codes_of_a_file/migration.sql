-- With which file a code came (a keyed hash of the whole file): sent again after it stopped half-way, it goes on.
ALTER TABLE "pool_code" ADD COLUMN "file" TEXT;
