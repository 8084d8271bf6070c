import type { ProductFacts } from '~/core/earning/conditions/condition';
import { signOf } from '~/core/orders/sign';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { asId, type PlatformId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { ok, refuse, type Result } from '~/core/values/result';
import type { MemberSummary, ProgramSummary } from '~/core/storefront/summary';
import type { IssueRequest, Platform, PlatformFailure } from '~/platforms/platform';

export type FakeShop = Platform & {
  readonly codes: Map<string, { readonly request: IssueRequest; uses: number; active: boolean }>;
  readonly published: Map<string, MemberSummary>;
  readonly programs: ProgramSummary[];
  readonly orders: Map<string, OrderSnapshot>;
  readonly products: Map<string, ProductFacts>;
  /** Customer ids by e-mail address. */
  readonly emails: Map<string, string>;
  /** Customer ids that do not exist. */
  readonly strangers: Set<string>;
  readonly tags: Map<string, Set<string>>;
  /** When a customer was changed, for lists of changed ones; who is not in it was changed long ago. */
  readonly changedAt: Map<string, Instant>;
  /** Set it, and every call fails that way. */
  failure: PlatformFailure | null;
};

/** A shop in memory that keeps the platform's contract: codes are made once, and found again. */
export const createFakeShop = (): FakeShop => {
  const codes: FakeShop['codes'] = new Map();
  const published: FakeShop['published'] = new Map();
  const programs: ProgramSummary[] = [];
  const orders: FakeShop['orders'] = new Map();
  const products: FakeShop['products'] = new Map();
  const emails: FakeShop['emails'] = new Map();
  const tags: FakeShop['tags'] = new Map();
  const strangers: FakeShop['strangers'] = new Set();
  const changedAt: FakeShop['changedAt'] = new Map();
  const unless = async <Value>(value: () => Value): Promise<Result<Value, PlatformFailure>> => {
    await Promise.resolve();
    return shop.failure === null ? ok(value()) : refuse(shop.failure);
  };
  const shop: FakeShop = {
    codes,
    published,
    programs,
    orders,
    products,
    emails,
    strangers,
    tags,
    changedAt,
    failure: null,
    readShop: () => unless(() => ({ name: 'Shop', currency: 'EUR', timeZone: 'Europe/Rome' })),
    readOrder: (id) => unless(() => orders.get(id) ?? null),
    listOrders: ({ from, to }) =>
      unless(() => ({
        orders: [...orders.values()]
          .filter(({ updatedAt }) => (from === null || updatedAt >= from) && updatedAt <= to)
          .map(signOf),
        next: null,
      })),
    issueReward: (request) =>
      unless(() => {
        if (!codes.has(request.code)) codes.set(request.code, { request, uses: 0, active: true });
        return { reference: `gid://${request.code}` };
      }),
    voidReward: (reference) =>
      unless(() => {
        const code = codes.get(reference.slice('gid://'.length));
        if (code !== undefined) code.active = false;
        return null;
      }),
    readRewardUse: (code) =>
      unless(() => {
        const found = codes.get(code);
        return found === undefined
          ? { kind: 'unknown' }
          : { kind: 'known', reference: `gid://${code}`, uses: found.uses, active: found.active };
      }),
    publishMemberSummary: (customerId, summary) =>
      unless(() => {
        published.set(customerId, summary);
        return null;
      }),
    tagCustomer: (customerId, { add, remove }) =>
      unless(() => {
        const before = tags.get(customerId) ?? new Set<string>();
        tags.set(customerId, new Set([...before].filter((tag) => !remove.includes(tag)).concat(add)));
        return null;
      }),
    publishProgramSummary: (summary) =>
      unless(() => {
        programs.push(summary);
        return null;
      }),
    readProducts: (ids) =>
      unless(() => new Map(ids.flatMap((id) => (products.has(id) ? [[id, products.get(id) as ProductFacts]] : [])))),
    readLabels: (ids) =>
      unless(() => new Map(ids.flatMap((id) => (strangers.has(id) ? [] : [[id, [...(tags.get(id) ?? [])]]])))),
    listLabels: ({ from, to }) =>
      unless(() => ({
        customers: [...changedAt]
          .filter(([, at]) => (from === null || at >= from) && at <= to)
          .map(([id]) => ({ customerId: asId<PlatformId>(id), labels: [...(tags.get(id) ?? [])] })),
        next: null,
      })),
    readCustomers: (ids) =>
      unless(() =>
        ids
          .filter((id) => !strangers.has(id))
          .map((customerId) => ({ customerId, displayName: `Customer ${customerId}`, email: null })),
      ),
    searchCustomers: () => unless(() => []),
    findCustomersByEmail: (asked) =>
      unless(
        () =>
          new Map(
            asked.flatMap((email) => (emails.has(email) ? [[email, asId<PlatformId>(emails.get(email) ?? '')]] : [])),
          ),
      ),
    startOrderExport: () => unless(() => 'export-1'),
    readOrderExport: () => unless(() => ({ kind: 'ready', url: 'file', objects: orders.size })),
    streamOrderExport: async function* (_, skip) {
      await Promise.resolve();
      for (const order of [...orders.values()].slice(skip)) yield ok(order);
    },
  };
  return shop;
};
