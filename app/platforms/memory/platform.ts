import { signOf } from '~/core/orders/sign';
import { storefrontParts } from '~/core/storefront/parts';
import { compareIds, type PlatformId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { ok, refuse } from '~/core/values/result';
import type { CustomerCard, OrderWindow, Platform } from '../platform';
import { pastOrdersOf } from './pastOrders';
import { answersOf, type Answers, type Shop } from './answers';
import { rewardPart } from './rewards';

const within = ({ from, to }: OrderWindow, at: Instant): boolean => (from === null || at >= from) && at <= to;

/** The contract, kept by a shop in memory: every call is answered by what the shop knows at its moment. */
export const memoryPlatform = (shop: Shop): Platform => {
  const answers = answersOf(shop);
  return { ...shopPart(shop, answers), ...rewardPart(shop, answers), ...customerPart(shop, answers) };
};

type Part<Names extends keyof Platform> = Pick<Platform, Names>;

const shopPart = (
  shop: Shop,
  { answer, tell }: Answers,
): Part<
  | 'readShop'
  | 'readOrder'
  | 'listOrders'
  | 'pastOrders'
  | 'readProducts'
  | 'readVariants'
  | 'readThings'
  | 'readParts'
  | 'readWords'
  | 'publishProgramSummary'
  | 'keepShippingOffers'
> => ({
  readShop: () => tell(() => shop.facts),
  readOrder: (orderId) =>
    answer(() => {
      const sentence = shop.unreadable.get(orderId);
      if (sentence !== undefined) return refuse({ kind: 'unreadable' as const, sentence });
      return ok(shop.orders.now(orderId)?.state ?? null);
    }),
  listOrders: (window, cursor) =>
    tell(() => {
      const orders = shop.orders.all().map(({ state }) => signOf(state));
      const { items, next } = pageOf(
        orders
          .filter(({ updatedAt }) => within(window, updatedAt))
          .sort((a, b) => a.updatedAt - b.updatedAt || compareIds(a.orderId, b.orderId)),
        shop.pageSize,
        cursor,
      );
      return { orders: items, next };
    }),
  pastOrders: (since, resume) => pastOrdersOf(shop, since, resume),
  readProducts: (ids) => tell(() => known(shop.products, ids)),
  readVariants: (ids) => tell(() => known(shop.variants, ids)),
  readThings: (kind, ids) => tell(() => ids.flatMap((id) => shop.things.get(`${kind} ${id}`) ?? [])),
  readParts: () =>
    tell(() =>
      storefrontParts.map((name) => ({
        name,
        isShown: shop.parts?.has(name) ?? null,
        editor: `https://shop.example.com/admin/editor?part=${name}`,
      })),
    ),
  readWords: () =>
    tell(() => ({
      customer_tag: shop.customers.all().flatMap(({ state }) => state.marks),
      product_tag: [...shop.products.values()].flatMap(({ tags }) => tags),
      product_type: [...shop.products.values()].flatMap(({ type }) => type ?? []),
      vendor: [],
    })),
  keepShippingOffers: (offers) =>
    tell(() => {
      shop.offers = offers;
      return null;
    }),
  publishProgramSummary: (summary) =>
    tell(() => {
      shop.programs.push(summary);
      return null;
    }),
});

const known = <Value>(all: ReadonlyMap<string, Value>, ids: readonly PlatformId[]): ReadonlyMap<string, Value> =>
  new Map(
    ids.flatMap((id) => {
      const one = all.get(id);
      return one === undefined ? [] : [[id, one] as const];
    }),
  );

const customerPart = (
  shop: Shop,
  { tell, ofCustomer }: Answers,
): Omit<Platform, keyof ReturnType<typeof shopPart> | keyof ReturnType<typeof rewardPart>> => {
  const cardOf = (customerId: PlatformId): readonly CustomerCard[] => {
    const customer = shop.customerOf(customerId);
    return customer === null ? [] : [{ customerId, ...customer }];
  };
  const everybody = (): readonly CustomerCard[] => shop.customers.all().flatMap(({ id }) => cardOf(id));
  return {
    publishMemberSummary: (customerId, summary) =>
      ofCustomer(customerId, () => void shop.published.set(customerId, summary)),
    markCustomer: (customerId, { add, remove }) =>
      ofCustomer(customerId, () => {
        const before = shop.customerOf(customerId)?.marks ?? [];
        const marks = [...new Set([...before.filter((mark) => !remove.includes(mark)), ...add])];
        shop.putCustomer(customerId, { marks });
      }),
    readLabels: (ids) => tell(() => new Map(ids.flatMap(cardOf).map(({ customerId, marks }) => [customerId, marks]))),
    listLabels: (window, cursor) =>
      tell(() => {
        const changed = shop.customers.all().filter(({ at }) => within(window, at));
        const { items, next } = pageOf(
          changed.sort((a, b) => a.at - b.at || compareIds(a.id, b.id)),
          shop.pageSize,
          cursor,
        );
        return { customers: items.map(({ id, state }) => ({ customerId: id, labels: state.marks })), next };
      }),
    listMarked: (mark, cursor) =>
      tell(() => {
        const marked = everybody().filter(({ marks }) => marks.includes(mark));
        const { items, next } = pageOf(marked, shop.pageSize, cursor);
        return { customerIds: items.map(({ customerId }) => customerId), next };
      }),
    readCustomers: (ids) => tell(() => ids.flatMap(cardOf)),
    searchCustomers: (text) =>
      tell(() => {
        const words = text.toLowerCase().split(/\s+/).filter(Boolean);
        return everybody()
          .filter(({ displayName, email }) =>
            words.every((word) => `${displayName} ${email ?? ''}`.toLowerCase().includes(word)),
          )
          .slice(0, words.length === 0 ? 0 : 50);
      }),
    findCustomersByEmail: (asked) =>
      tell(() => {
        const verified = everybody().flatMap(({ customerId, email, emailVerified }) =>
          email !== null && emailVerified ? [[email.toLowerCase(), customerId] as const] : [],
        );
        return new Map(verified.filter(([email]) => asked.includes(email)));
      }),
  };
};

const pageOf = <Item>(
  all: readonly Item[],
  size: number,
  cursor: string | null,
): { readonly items: readonly Item[]; readonly next: string | null } => {
  const start = Number(cursor ?? 0);
  return { items: all.slice(start, start + size), next: start + size < all.length ? String(start + size) : null };
};
