import { readyEarning } from '~/core/earning/compile';
import type { ProductFacts } from '~/core/earning/conditions/condition';
import type { Regime } from '~/core/orders/history';
import type { ProgramId, StoreId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { knownProducts, productKeyText, writeProducts, type ProductKey } from '~/db/productFacts';
import type { Deps, StoreRef } from '../deps';
import type { OrderMessage } from '../settleOrders';
import type { Grounds } from './evaluate';

type GroundDeps = Pick<Deps, 'database' | 'programs' | 'platformOf'>;

/**
 * Reads what a batch is settled by, before anything is locked: settings, versions, and the product facts that rules
 * ask for. Orders whose products cannot be read have to wait: nothing is ever guessed.
 */
export const readGrounds = async (
  deps: GroundDeps,
  programIds: readonly ProgramId[],
  messages: readonly OrderMessage[],
  now: Instant,
): Promise<{ readonly grounds: Grounds; readonly waiting: ReadonlySet<OrderMessage> }> => {
  const settings = await deps.programs.settingsOf(programIds);
  const regimes = new Map<ProgramId, readonly Regime[]>();
  for (const programId of new Set(programIds)) {
    const versions = [...settings.values()].find((one) => one.programId === programId)?.versions ?? [];
    regimes.set(programId, await deps.programs.regimesOf(programId, versions));
  }
  const asking = messages.filter(({ store }) => (regimes.get(store.programId) ?? []).some(({ document }) => readyEarning(document).needs.has('products')));
  const { products, unread } = await readProducts(deps, asking, now);
  const waiting = new Set(
    asking.filter(({ store, snapshot }) =>
      snapshot.lines.some(({ productId }) => productId !== null && unread.has(productKeyText({ storeId: store.storeId, productId }))),
    ),
  );
  return { grounds: { settings, regimes, products }, waiting };
};

const readProducts = async (
  deps: GroundDeps,
  messages: readonly OrderMessage[],
  now: Instant,
): Promise<{ readonly products: ReadonlyMap<string, ProductFacts | null>; readonly unread: ReadonlySet<string> }> => {
  const keys = new Map<string, ProductKey>();
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
    const missing = [...keys.values()].filter((key) => key.storeId === store.storeId && !products.has(productKeyText(key)));
    if (missing.length === 0) continue;
    const read = await deps.platformOf(store).readProducts(missing.map(({ productId }) => productId));
    const known = missing.flatMap((key) => (read.ok ? [{ ...key, facts: read.value.get(key.productId) ?? null }] : []));
    await writeProducts(deps.database.prisma, known, now);
    for (const product of known) products.set(productKeyText(product), product.facts);
    if (!read.ok) for (const key of missing) unread.add(productKeyText(key));
  }
  return { products, unread };
};
