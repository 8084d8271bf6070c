-- What the orders of a long history come to up to a moment: read instead of the facts of each of them.
CREATE TABLE "checkpoint" (
    "program_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL,
    "making" INTEGER NOT NULL,
    "state" JSONB NOT NULL,

    CONSTRAINT "checkpoint_pkey" PRIMARY KEY ("program_id", "member_id")
);

-- AddForeignKey
ALTER TABLE "checkpoint" ADD CONSTRAINT "checkpoint_program_id_member_id_fkey" FOREIGN KEY ("program_id", "member_id") REFERENCES "member"("program_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
