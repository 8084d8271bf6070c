import { fold } from '~/core/earning/conditions/condition';
import type { LocalizedText } from '~/core/values/text';
import { instant, type Instant } from '~/core/values/instant';
import type { Database } from '~/db/database';
import {
  countMembers,
  customersOfNumber,
  listMembers,
  membersOfCustomers,
  type MemberCursor,
  type MemberFilter,
  type MemberRowView,
  type MemberSort,
} from '~/db/memberLists';
import { currentProgram } from '~/db/programs';
import type { Store } from '~/db/stores';
import type { CustomerCard, Platform } from '~/platforms/platform';

/**
 * A member with the name the shop has for them; null when the shop could not be asked or knows no customer (a guest).
 */
export type ListedMember = Omit<MemberRowView, 'customers'> & { readonly card: CustomerCard | null };

export type MemberList = {
  readonly members: readonly ListedMember[];
  /** How many there are on all pages. */
  readonly total: number;
  /** The last one of the page when there is a next one. */
  readonly next: MemberCursor | null;
  /** The names could not be read from the shop. */
  readonly namesMissing: boolean;
  /** The shop named as many customers as it names at once: there may be more. */
  readonly isCut: boolean;
  /** The levels of the program; null: it has no tiers. */
  readonly levels: readonly { readonly id: string; readonly name: LocalizedText }[] | null;
  /** The segments of the program. */
  readonly segments: readonly { readonly id: string; readonly name: LocalizedText }[];
  /** A tier or segment that was asked for is none of the program: it was left out. */
  readonly groupUnknown: boolean;
};

/** Which members staff asks for. */
export type MembersAsked = Required<Pick<MemberFilter, 'tier' | 'min' | 'max' | 'owing'>> & {
  readonly search: string;
  /** Only those in that segment of the program. */
  readonly segment: string | null;
  /** Only those with points that lapse within 30 days. */
  readonly lapsing: boolean;
  readonly sort: MemberSort;
  readonly after: MemberCursor | null;
};

const pageSize = 25;
const searchMax = 50;
const lapsingMs = 30 * 86_400_000;

/**
 * A page of members, or those whose name, e-mail or phone matches, in the order of the shop, after those whom a number
 * means (an order's or the customer's). Names are read live from the shop.
 */
export const memberList = async (
  { prisma }: Pick<Database, 'prisma'>,
  platform: Pick<Platform, 'readCustomers' | 'searchCustomers'>,
  store: Store,
  asked: MembersAsked,
  now: Instant,
): Promise<MemberList> => {
  const document = (await currentProgram(prisma, store.programId))?.document;
  const [tiers, all] = [document?.tiers ?? null, document?.segments ?? []];
  const levels = tiers?.levels.map(({ id, name }) => ({ id, name })) ?? null;
  const { tier, min, max, owing } = asked;
  const tierUnknown =
    tier !== null && (levels === null || (tier.id !== null && levels.every(({ id }) => id !== tier.id)));
  const segment = all.find(({ id }) => id === asked.segment);
  const lapsing = asked.lapsing ? { after: now, until: instant(now + lapsingMs) } : null;
  const filter: MemberFilter = {
    tier: tierUnknown ? null : tier,
    labels: segment === undefined ? null : segment.customerTags.map(fold),
    ...{ min, max, owing, lapsing },
  };
  const found =
    asked.search === ''
      ? await pageOf(prisma, platform, store, filter, asked)
      : await searchMembers(prisma, platform, store, filter, asked.search);
  const segments = all.map(({ id, name }) => ({ id, name }));
  const groupUnknown = tierUnknown || (asked.segment !== null && segment === undefined);
  return { ...found, levels, segments, groupUnknown };
};

type Found = Omit<MemberList, 'levels' | 'segments' | 'groupUnknown'>;

const pageOf = async (
  prisma: Database['prisma'],
  platform: Pick<Platform, 'readCustomers'>,
  store: Store,
  filter: MemberFilter,
  place: Pick<MembersAsked, 'sort' | 'after'>,
): Promise<Found> => {
  const rows = await listMembers(prisma, store.programId, filter, place, pageSize + 1);
  const page = rows.slice(0, pageSize);
  const ids = page.flatMap(({ customers }) =>
    customers.filter(({ storeId }) => storeId === store.storeId).map(({ customerId }) => customerId),
  );
  const [cards, total] = await Promise.all([
    platform.readCustomers(ids),
    countMembers(prisma, store.programId, filter),
  ]);
  const last = rows.length > pageSize ? page.at(-1) : undefined;
  return {
    members: withCards(page, store, cards.ok ? cards.value : []),
    total,
    next: last === undefined ? null : { memberId: last.memberId, available: last.available },
    namesMissing: !cards.ok,
    isCut: false,
  };
};

const searchMembers = async (
  prisma: Database['prisma'],
  platform: Pick<Platform, 'readCustomers' | 'searchCustomers'>,
  store: Store,
  filter: MemberFilter,
  search: string,
): Promise<Found> => {
  const [found, numbered] = await Promise.all([
    platform.searchCustomers(search),
    cardsOfNumber(prisma, platform, store, search),
  ]);
  const named = found.ok ? found.value : [];
  const others = named.filter(({ customerId }) => !numbered.some((one) => one.customerId === customerId));
  const cards = [...numbered, ...others];
  const ids = cards.map(({ customerId }) => customerId);
  const rows = await membersOfCustomers(prisma, store, ids, filter);
  const rank = new Map(cards.map(({ customerId }, index) => [customerId, index]));
  const members = withCards(rows, store, cards);
  const rankOf = (member: ListedMember): number =>
    member.card === null ? cards.length : (rank.get(member.card.customerId) ?? cards.length);
  return {
    members: [...members].sort((a, b) => rankOf(a) - rankOf(b)),
    total: members.length,
    next: null,
    namesMissing: !found.ok,
    isCut: named.length >= searchMax,
  };
};

// As it stands on an order or in the shop's address of a customer; a phone may look like it, too.
const number = /^#?([\w-]*\d[\w-]*)$/;

const cardsOfNumber = async (
  prisma: Database['prisma'],
  platform: Pick<Platform, 'readCustomers'>,
  store: Store,
  search: string,
): Promise<readonly CustomerCard[]> => {
  const meant = number.exec(search)?.[1];
  const ids = meant === undefined ? [] : await customersOfNumber(prisma, store, meant);
  const cards = await platform.readCustomers(ids);
  return cards.ok ? cards.value : [];
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
