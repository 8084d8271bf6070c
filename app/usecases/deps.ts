import type { EntryId, MemberId, PlatformName, ProgramId, StoreId } from '~/core/values/ids';
import type { Secrets } from '~/process/secrets';
import type { Database } from '~/db/database';
import type { ErasedTable } from '~/db/erasures';
import type { ProgramReader } from '~/db/programs';
import type { Tx } from '~/db/inTransaction';
import type { Partner, PartnerAccess } from '~/platforms/partner';
import type { Abilities, ShopAddress } from '~/platforms/module';
import type { Platform } from '~/platforms/platform';
import type { GrantKind } from '~/core/rewards/grants';
import type { Effect } from './effects/effect';
import type { Giver } from './giver';

/** One store of one program, with the address of its shop: what nearly every question is about. */
export type StoreRef = ShopAddress & { readonly programId: ProgramId; readonly storeId: StoreId };

/** Of all that is known of a store, what names it: so much an effect carries. */
export const refOf = ({ programId, storeId, platform, domain }: StoreRef): StoreRef => ({
  programId,
  storeId,
  platform,
  domain,
});

/** Puts effects on the queue; with a transaction, they exist when it commits. */
export type Enqueue = (effects: readonly Effect[], tx?: Tx) => Promise<void>;

/** What every use case gets from the shell. Time and ids made by clients are arguments of the call instead. */
export type Deps = {
  readonly database: Database;
  readonly programs: ProgramReader;
  readonly secrets: Secrets;
  /** The shop of a store, by the module of its platform. */
  readonly platformOf: (shop: ShopAddress) => Platform;
  readonly abilitiesOf: (platform: PlatformName) => Abilities;
  /** A partner that is spoken with at an address. */
  readonly partnerAt: (access: PartnerAccess) => Partner;
  readonly enqueue: Enqueue;
  /** Every table of a tenant, the wings' with them: what becomes of its rows when somebody is erased. */
  readonly tables: readonly ErasedTable[];
  /** What wings give for points, by the grant. */
  readonly givers: ReadonlyMap<GrantKind, Giver>;
  /** A new UUID version 7. */
  readonly newId: <Kind extends ProgramId | StoreId | MemberId | EntryId>() => Kind;
};
