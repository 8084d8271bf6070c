import type { EntryId, MemberId, ProgramId, StoreId } from '~/core/values/ids';
import type { Secrets } from '~/process/secrets';
import type { Database } from '~/db/database';
import type { ErasedTable } from '~/db/erasures';
import type { ProgramReader } from '~/db/programs';
import type { Tx } from '~/db/inTransaction';
import type { Platform } from '~/platforms/platform';
import type { Effect } from './effects/effect';

/** One store of one program: what nearly every question is about. */
export type StoreRef = {
  readonly programId: ProgramId;
  readonly storeId: StoreId;
  /** The shop's permanent address, such as `bottega.myshopify.com`. */
  readonly domain: string;
};

/** Puts effects on the queue; with a transaction, they exist when it commits. */
export type Enqueue = (effects: readonly Effect[], tx?: Tx) => Promise<void>;

/** What every use case gets from the shell. Time and ids made by clients are arguments of the call instead. */
export type Deps = {
  readonly database: Database;
  readonly programs: ProgramReader;
  readonly secrets: Secrets;
  readonly platformOf: (store: Pick<StoreRef, 'domain'>) => Platform;
  readonly enqueue: Enqueue;
  /** Every table of a tenant, the wings' with them: what becomes of its rows when somebody is erased. */
  readonly tables: readonly ErasedTable[];
  /** A new UUID version 7. */
  readonly newId: <Kind extends ProgramId | StoreId | MemberId | EntryId>() => Kind;
};
