import { programSummary } from '~/core/storefront/programSummary';
import type { MemberSummary, ProgramSummary } from '~/core/storefront/summary';
import { memberTier } from '~/core/storefront/tierSummary';
import type { PlatformId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { ok, type Result } from '~/core/values/result';
import { memberOfCustomer } from '~/db/identities';
import { currentProgram } from '~/db/programs';
import type { Store } from '~/db/stores';
import type { PlatformFailure } from '~/platforms/platform';
import type { Deps } from '~/usecases/deps';
import { readForecast } from '~/usecases/readForecast';
import { readSold } from '~/usecases/readSold';
import { storefrontBalance } from './storefrontBalance';

/** What Liquid reads from metafields, for pages that have none: the program, and the member (null: nobody yet). */
export type StorefrontSummary = { readonly program: ProgramSummary | null; readonly member: MemberSummary | null };

/** The program and the customer's part in it as they are at this moment; only a product on offer asks the shop. */
export const storefrontSummary = async (
  deps: Deps,
  store: Store,
  customerId: PlatformId | null,
  now: Instant,
): Promise<Result<StorefrontSummary, PlatformFailure>> => {
  const program = await currentProgram(deps.database.prisma, store.programId);
  const member = customerId === null ? null : await memberIn(deps, store, customerId, now);
  if (program === null) return ok({ program: null, member });
  const sold = await readSold(deps, store, [program.document]);
  if (!sold.ok) return sold;
  return ok({ program: programSummary(program.document, program.version, store.currency, sold.value), member });
};

const memberIn = async (
  deps: Deps,
  store: Store,
  customerId: PlatformId,
  now: Instant,
): Promise<MemberSummary | null> => {
  const { programId, storeId } = store;
  const memberId = await memberOfCustomer(deps.database.prisma, programId, storeId, customerId);
  if (memberId === null) return null;
  const balance = await storefrontBalance(deps.database, store, customerId, now);
  const forecast = await readForecast(deps, { programId, memberId }, now);
  return { ...balance, tier: forecast === null ? null : memberTier(forecast) };
};
