import { asId, isUuid, type EntryId, type PlatformId } from '~/core/values/ids';
import type { Database } from '~/db/database';
import { entriesOf, type EntryView } from '~/db/entries';
import { memberOfCustomer } from '~/db/identities';
import { currentProgram } from '~/db/programs';
import type { Store } from '~/db/stores';
import type { ProgramDocument } from '~/core/program/document';

const pageSize = 20;

/** A shopper's own entries, newest first; `next` names the one from before which the next page goes on. */
export type StorefrontHistory = {
  readonly entries: readonly EntryView[];
  readonly next: EntryId | null;
  readonly names: ProgramDocument['names'] | null;
};

/** Empty for someone who is no member yet. */
export const storefrontHistory = async (
  { prisma }: Pick<Database, 'prisma'>,
  { programId, storeId }: Store,
  customerId: PlatformId,
  before: string | null,
): Promise<StorefrontHistory> => {
  const program = await currentProgram(prisma, programId);
  const memberId = await memberOfCustomer(prisma, programId, storeId, customerId);
  if (program === null || memberId === null) return { entries: [], next: null, names: program?.document.names ?? null };
  const from = before !== null && isUuid(before) ? asId<EntryId>(before) : null;
  const entries = await entriesOf(prisma, programId, memberId, from, pageSize + 1);
  const shown = entries.slice(0, pageSize);
  return {
    entries: shown,
    next: entries.length > pageSize ? (shown.at(-1)?.id ?? null) : null,
    names: program.document.names,
  };
};
