import type { LocalizedText } from '~/core/values/text';
import type { PlatformId } from '~/core/values/ids';
import { asId } from '~/core/values/ids';
import { ok, type Result } from '~/core/values/result';
import type { Database } from '~/db/database';
import { membersOfCustomers } from '~/db/memberLists';
import { currentProgram } from '~/db/programs';
import type { Store } from '~/db/stores';
import type { CustomerCard, Platform, PlatformFailure } from '~/platforms/platform';

/** A customer as staff at a counter picks them out. */
export type CounterMember = {
  readonly customerId: PlatformId;
  readonly name: string;
  readonly email: string | null;
  /** Spendable points; 0 for somebody who has bought nothing yet. */
  readonly available: number;
  /** The name of the tier; null: none. */
  readonly tier: LocalizedText | null;
};

const most = 10;

/**
 * The customers of a store whom a text means, best first: a part of a name, an e-mail or a phone, or the customer's
 * number, as a card that is scanned says it. Names are read live from the shop.
 */
export const counterMembers = async (
  { prisma }: Pick<Database, 'prisma'>,
  platform: Pick<Platform, 'searchCustomers' | 'readCustomers'>,
  store: Store,
  text: string,
): Promise<Result<readonly CounterMember[], PlatformFailure>> => {
  const number = /^(?:gid:\/\/shopify\/Customer\/)?(\d{1,20})$/.exec(text)?.[1];
  const named = number === undefined ? ok([]) : await platform.readCustomers([asId<PlatformId>(number)]);
  if (!named.ok) return named;
  // A number may be a phone's, too.
  const found = named.value.length > 0 ? named : await platform.searchCustomers(text);
  if (!found.ok) return found;
  return ok(await withPoints(prisma, store, found.value.slice(0, most)));
};

const withPoints = async (
  prisma: Database['prisma'],
  store: Store,
  cards: readonly CustomerCard[],
): Promise<readonly CounterMember[]> => {
  const ids = cards.map(({ customerId }) => customerId);
  const members = ids.length === 0 ? [] : await membersOfCustomers(prisma, store, ids);
  const levels = (await currentProgram(prisma, store.programId))?.document.tiers?.levels ?? [];
  return cards.map(({ customerId, displayName, email }) => {
    const member = members.find(({ customers }) =>
      customers.some((one) => one.storeId === store.storeId && one.customerId === customerId),
    );
    const tier = levels.find(({ id }) => id === member?.tier)?.name ?? null;
    return { customerId, name: displayName, email, available: member?.available ?? 0, tier };
  });
};
