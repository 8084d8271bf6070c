import { asId, isUuid, type MemberId } from '~/core/values/ids';
import type { Database } from '~/db/database';
import { listMembers, membersOfCustomers, type MemberRowView } from '~/db/memberLists';
import type { Store } from '~/db/stores';
import type { CustomerCard, Platform } from '~/platforms/platform';

/**
 * A member with the name the shop has for them; null when the shop could not be asked or knows no customer (a guest).
 */
export type ListedMember = Omit<MemberRowView, 'customers'> & { readonly card: CustomerCard | null };

export type MemberList = {
  readonly members: readonly ListedMember[];
  /** Pass it to read the next page; null on the last. */
  readonly next: MemberId | null;
  /** The names could not be read from the shop. */
  readonly namesMissing: boolean;
};

const pageSize = 25;

/**
 * A page of members, or those whose name, e-mail or phone matches. Names are read live from the shop, one query a page.
 */
export const memberList = async (
  { prisma }: Pick<Database, 'prisma'>,
  platform: Pick<Platform, 'readCustomers' | 'searchCustomers'>,
  store: Store,
  search: string,
  before: string | null,
): Promise<MemberList> => {
  if (search.trim() !== '') return searchMembers(prisma, platform, store, search.trim());
  const from = before !== null && isUuid(before) ? asId<MemberId>(before) : null;
  const rows = await listMembers(prisma, store.programId, from, pageSize + 1);
  const page = rows.slice(0, pageSize);
  const ids = page.flatMap(({ customers }) =>
    customers.filter(({ storeId }) => storeId === store.storeId).map(({ customerId }) => customerId),
  );
  const cards = await platform.readCustomers(ids);
  return {
    members: withCards(page, store, cards.ok ? cards.value : []),
    next: rows.length > pageSize ? (page[page.length - 1]?.memberId ?? null) : null,
    namesMissing: !cards.ok,
  };
};

const searchMembers = async (
  prisma: Database['prisma'],
  platform: Pick<Platform, 'searchCustomers'>,
  store: Store,
  search: string,
): Promise<MemberList> => {
  const found = await platform.searchCustomers(search);
  const cards = found.ok ? found.value : [];
  const rows = await membersOfCustomers(
    prisma,
    store.programId,
    store.storeId,
    cards.map(({ customerId }) => customerId),
  );
  const rank = new Map(cards.map(({ customerId }, index) => [customerId, index]));
  const members = withCards(rows, store, cards);
  const rankOf = (member: ListedMember): number =>
    member.card === null ? cards.length : (rank.get(member.card.customerId) ?? cards.length);
  return { members: [...members].sort((a, b) => rankOf(a) - rankOf(b)), next: null, namesMissing: !found.ok };
};

const withCards = (
  rows: readonly MemberRowView[],
  store: Store,
  cards: readonly CustomerCard[],
): readonly ListedMember[] =>
  rows.map(({ customers, ...row }) => {
    const mine = customers.filter(({ storeId }) => storeId === store.storeId).map(({ customerId }) => customerId);
    return { ...row, card: cards.find(({ customerId }) => mine.includes(customerId)) ?? null };
  });
