import { ok, type Result } from '~/core/values/result';
import type { ProductFacts } from '~/core/earning/conditions/condition';
import { signOf } from '~/core/orders/sign';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { addLabelFact, allLabelsAt, type LabelFact } from '~/core/evaluation/labels';
import type { PlatformId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { IssueRequest, Platform, PlatformFailure } from '~/platforms/platform';

/** A platform that knows what the files of a replay say, and keeps the contract of the real one. */
export type ReplayShop = {
  readonly platform: Platform;
  /** A state of an order that the platform knows from its `updatedAt` on. */
  readonly addOrder: (snapshot: OrderSnapshot) => void;
  readonly addProduct: (productId: PlatformId, facts: ProductFacts) => void;
  /** What the files tell of a customer's labels, at any moment. */
  readonly addLabels: (customerId: PlatformId, fact: LabelFact) => void;
  /** Whether the files tell of labels at all. */
  readonly hasLabels: () => boolean;
  readonly collectionsOf: (productId: PlatformId) => readonly string[];
  /** A code as the file's orders write it. */
  readonly renameCode: (made: string, written: string) => void;
  /** An order that used codes, as a delivery told. */
  readonly sawCodes: (order: OrderSnapshot) => void;
};

const pageSize = 250;

/** `clock` tells how far the replay is: the platform knows no later state, unless it knows no other. */
export const createReplayShop = (
  shop: { readonly name: string; readonly currency: string; readonly timeZone: string },
  clock: () => Instant,
): ReplayShop => {
  const orders = new Map<PlatformId, OrderSnapshot[]>();
  const products = new Map<string, ProductFacts>();
  const labels = new Map<PlatformId, readonly LabelFact[]>();
  const labelsOf = (customerId: PlatformId): readonly string[] => allLabelsAt(labels.get(customerId) ?? [], clock());
  const codes = new Map<string, { readonly request: IssueRequest; active: boolean }>();
  const uses = new Map<string, Set<PlatformId>>();

  const stateOf = (orderId: PlatformId): OrderSnapshot | null => {
    const states = orders.get(orderId) ?? [];
    return states.findLast(({ updatedAt }) => updatedAt <= clock()) ?? states[0] ?? null;
  };
  const answer = async <Value>(value: Value): Promise<Result<Value, PlatformFailure>> => Promise.resolve(ok(value));
  const placed = new Map<string, Map<PlatformId, Instant>>();
  const placeCodes = ({ orderId, createdAt, discountCodes }: OrderSnapshot): void => {
    for (const code of discountCodes)
      placed.set(code.toUpperCase(), (placed.get(code.toUpperCase()) ?? new Map()).set(orderId, createdAt));
  };
  /** Orders that used a code by now: those of deliveries, and those that the platform knows without one. */
  const usesOf = (code: string): number => {
    const orderIds = new Set(uses.get(code));
    for (const [orderId, createdAt] of placed.get(code) ?? []) if (createdAt <= clock()) orderIds.add(orderId);
    return orderIds.size;
  };
  const sawCodes = (order: OrderSnapshot): void => {
    for (const code of order.discountCodes)
      uses.set(code.toUpperCase(), (uses.get(code.toUpperCase()) ?? new Set()).add(order.orderId));
  };

  return {
    addOrder: (snapshot) => {
      placeCodes(snapshot);
      const states = [...(orders.get(snapshot.orderId) ?? []), snapshot].sort((a, b) => a.updatedAt - b.updatedAt);
      orders.set(snapshot.orderId, states);
    },
    addProduct: (productId, facts) => void products.set(productId, facts),
    addLabels: (customerId, fact) => void labels.set(customerId, addLabelFact(labels.get(customerId) ?? [], fact)),
    hasLabels: () => labels.size > 0,
    collectionsOf: (productId) => products.get(productId)?.collections ?? [],
    sawCodes,
    renameCode: (made, written) => {
      const code = codes.get(made);
      if (code !== undefined && made !== written) codes.set(written, code);
    },
    platform: {
      readShop: () => answer(shop),
      readOrder: (orderId) => {
        const state = stateOf(orderId);
        if (state !== null) sawCodes(state);
        return answer(state);
      },
      listOrders: ({ from, to }, cursor) => {
        const all = [...orders.keys()]
          .flatMap((orderId) => stateOf(orderId) ?? [])
          .filter(({ updatedAt }) => (from === null || updatedAt >= from) && updatedAt <= to)
          .sort((a, b) => a.updatedAt - b.updatedAt || (a.orderId < b.orderId ? -1 : 1));
        const start = cursor === null ? 0 : Number(cursor);
        return answer({
          orders: all.slice(start, start + pageSize).map(signOf),
          next: start + pageSize < all.length ? String(start + pageSize) : null,
        });
      },
      issueReward: (request) => {
        if (!codes.has(request.code)) codes.set(request.code, { request, active: true });
        return answer({ reference: request.code });
      },
      voidReward: (reference) => {
        const code = codes.get(reference);
        if (code !== undefined) code.active = false;
        return answer(null);
      },
      readRewardUse: (code) => {
        const found = codes.get(code);
        if (found === undefined) return answer({ kind: 'unknown' as const });
        return answer({
          kind: 'known' as const,
          reference: code,
          uses: usesOf(code.toUpperCase()),
          active: found.active,
        });
      },
      publishMemberSummary: () => answer(null),
      publishProgramSummary: () => answer(null),
      readProducts: (ids) =>
        answer(
          new Map(
            ids.flatMap((id): [string, ProductFacts][] => [
              ...(products.has(id) ? [[id, products.get(id)] as [string, ProductFacts]] : []),
            ]),
          ),
        ),
      readLabels: (ids) => answer(new Map(ids.map((id) => [id, labelsOf(id)]))),
      listLabels: ({ from, to }) => {
        const changed = [...labels].filter(([, facts]) =>
          facts.some(({ at }) => (from === null || at >= from) && at <= to),
        );
        return answer({
          customers: changed.map(([customerId]) => ({ customerId, labels: labelsOf(customerId) })),
          next: null,
        });
      },
      readCustomers: () => answer([]),
      searchCustomers: () => answer([]),
      tagCustomer: () => answer(null),
      findCustomersByEmail: () => answer(new Map<string, PlatformId>()),
      startOrderExport: () => answer('none'),
      readOrderExport: () => answer({ kind: 'ready' as const, url: null, objects: 0 }),
      streamOrderExport: async function* () {
        // a replay has no export
      },
    },
  };
};
