import type { Database } from '~/db/database';
import { recentEntries, type EntryView } from '~/db/entries';
import { customersOfMembers } from '~/db/identities';
import type { Store } from '~/db/stores';
import type { Platform } from '~/platforms/platform';

const shownAtOnce = 6;

/** Whose something is: the name that the shop has for the member (null: it says none); a guest has none. */
export type MemberName = { readonly name: string | null; readonly isGuest: boolean };

/** The newest entries, and by member whose they are. */
export type RecentActivity = {
  readonly entries: readonly EntryView[];
  readonly names: Readonly<Record<string, MemberName>>;
};

/** What happened last in a program. Names are read live from the shop, one query. */
export const recentActivity = async (
  { prisma }: Pick<Database, 'prisma'>,
  platform: Pick<Platform, 'readCustomers'>,
  { programId, storeId }: Store,
): Promise<RecentActivity> => {
  const entries = await recentEntries(prisma, programId, shownAtOnce);
  const memberIds = [...new Set(entries.map(({ memberId }) => memberId))];
  const customers = memberIds.length === 0 ? [] : await customersOfMembers(prisma, programId, storeId, memberIds);
  const cards = customers.length === 0 ? null : await platform.readCustomers(customers.map((one) => one.customerId));
  const nameOf = new Map(cards?.ok === true ? cards.value.map((card) => [card.customerId, card.displayName]) : []);
  const named = memberIds.map((memberId): readonly [string, MemberName] => {
    const own = customers.filter((one) => one.memberId === memberId);
    const name = own.map(({ customerId }) => nameOf.get(customerId) ?? '').find((text) => text !== '') ?? null;
    return [memberId, { name, isGuest: own.length === 0 }];
  });
  return { entries, names: Object.fromEntries(named) };
};
