import type { ProductFacts } from '~/core/earning/conditions/condition';
import { asksOfProducts } from '~/core/earning/frozenLines';
import type { ProgramVersion } from '~/core/program/versions';
import { hasLabels, waitsForProducts, type Grounds } from '~/core/settlement/grounds';
import type { ProgramId, StoreId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { customerKeyText, productKeyText, type CustomerKey, type ProductKey } from '~/core/values/keys';
import { unreadCustomers } from '~/db/customers';
import { knownProducts, productsOfOrders, writeProducts } from '~/db/productFacts';
import type { Deps, StoreRef } from './deps';
import { readLabels } from './readLabels';
import type { OrderMessage } from './settleOrders';

type GroundDeps = Pick<Deps, 'database' | 'programs' | 'platformOf'>;

/** What was read before anything is locked. */
export type Readings = {
  readonly grounds: Grounds;
  /** What has to wait, because the platform could not be asked. */
  readonly waiting: ReadonlySet<OrderMessage>;
  /** Customers whose labels were read just now, for the first time: orders that are known already did not have them. */
  readonly labelled: readonly CustomerKey[];
};

/**
 * Reads what a batch is settled by, before anything is locked: settings, versions, and the facts of products and the
 * labels of customers that rules ask for. Orders of which these cannot be read have to wait: nothing is ever guessed.
 */
export const readGrounds = async (
  deps: GroundDeps,
  programIds: readonly ProgramId[],
  messages: readonly OrderMessage[],
  now: Instant,
): Promise<Readings> => {
  const settings = await deps.programs.settingsOf(programIds);
  const versions = new Map<ProgramId, readonly ProgramVersion[]>();
  for (const programId of new Set(programIds)) {
    const published = [...settings.values()].find((one) => one.programId === programId)?.versions ?? [];
    versions.set(programId, await deps.programs.versionsOf(programId, published));
  }
  const asking = messages.filter(({ store }) =>
    (versions.get(store.programId) ?? []).some(({ document }) => asksOfProducts(document)),
  );
  const { products, unread } = await readProducts(deps, asking, now);
  const waiting = new Set(asking.filter(({ store, snapshot }) => waitsForProducts(store.storeId, snapshot, unread)));
  const labels = await readMissingLabels(
    deps,
    messages.filter(({ store }) => hasLabels({ versions }, store.programId)),
    now,
  );
  for (const message of labels.waiting) waiting.add(message);
  return { grounds: { settings, versions, products, labels: new Map() }, waiting, labelled: labels.read };
};

/** Reads the labels of customers who turn up for the first time since a program asks for labels (rules §2.9). */
export const readMissingLabels = async (
  deps: GroundDeps,
  messages: readonly OrderMessage[],
  now: Instant,
): Promise<{ readonly read: readonly CustomerKey[]; readonly waiting: readonly OrderMessage[] }> => {
  if (messages.length === 0) return { read: [], waiting: [] };
  const missing = await unreadCustomers(
    deps.database.prisma,
    messages.map(({ store: { programId, storeId }, snapshot: { orderId, customerId } }) => ({
      programId,
      storeId,
      orderId,
      customerId,
    })),
  );
  const read: CustomerKey[] = [];
  const stores = new Map(messages.map(({ store }) => [store.storeId, store]));
  const unread = new Set<StoreId>();
  for (const store of stores.values()) {
    const mine = missing.filter(({ storeId }) => storeId === store.storeId);
    const ids = mine.map(({ customerId }) => customerId);
    if (await readLabels(deps, store, ids, now)) read.push(...mine);
    else unread.add(store.storeId);
  }
  const names = new Set(missing.map(customerKeyText));
  const waits = ({ store: { storeId }, snapshot: { customerId } }: OrderMessage): boolean =>
    unread.has(storeId) && (customerId === null || names.has(customerKeyText({ storeId, customerId })));
  return { read, waiting: messages.filter(waits) };
};

// A line whose product is deleted has no ids any more; the state of the order that is known may have them.
const productsSeenBefore = async (
  deps: GroundDeps,
  messages: readonly Pick<OrderMessage, 'store' | 'snapshot'>[],
): Promise<readonly ProductKey[]> => {
  const nameless = messages.filter(({ snapshot }) => snapshot.lines.some(({ productId }) => productId === null));
  return productsOfOrders(
    deps.database.prisma,
    nameless.map(({ store: { programId, storeId }, snapshot: { orderId } }) => ({ programId, storeId, orderId })),
  );
};

/**
 * Reads what rules may ask of the products on orders, from what is kept and else from the platform. `unread`: those of
 * which the platform did not answer.
 */
export const readProducts = async (
  deps: GroundDeps,
  messages: readonly Pick<OrderMessage, 'store' | 'snapshot'>[],
  now: Instant,
): Promise<{ readonly products: ReadonlyMap<string, ProductFacts | null>; readonly unread: ReadonlySet<string> }> => {
  const keys = new Map((await productsSeenBefore(deps, messages)).map((key) => [productKeyText(key), key]));
  const stores = new Map<StoreId, StoreRef>();
  for (const { store, snapshot } of messages) {
    stores.set(store.storeId, store);
    for (const { productId } of snapshot.lines) {
      if (productId === null) continue;
      const key = { programId: store.programId, storeId: store.storeId, productId };
      keys.set(productKeyText(key), key);
    }
  }
  const products = new Map(await knownProducts(deps.database.prisma, [...keys.values()]));
  const unread = new Set<string>();
  for (const store of stores.values()) {
    const missing = [...keys.values()].filter(
      (key) => key.storeId === store.storeId && !products.has(productKeyText(key)),
    );
    if (missing.length === 0) continue;
    const read = await deps.platformOf(store).readProducts(missing.map(({ productId }) => productId));
    const known = missing.flatMap((key) => (read.ok ? [{ ...key, facts: read.value.get(key.productId) ?? null }] : []));
    await writeProducts(deps.database.prisma, known, now);
    for (const product of known) products.set(productKeyText(product), product.facts);
    if (!read.ok) for (const key of missing) unread.add(productKeyText(key));
  }
  return { products, unread };
};
