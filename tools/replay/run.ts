import { orderOwner } from '~/core/orders/owner';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { asId, type PlatformId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { memberOfIdentity } from '~/db/identities';
import { nextDueAt } from '~/db/due';
import type { Store } from '~/db/stores';
import { effectsOf } from '~/platforms/shopify/receive';
import { claimGuest } from '~/usecases/claimGuest';
import type { Effect, StoreRef } from '~/usecases/deps';
import { forgetProduct } from '~/usecases/forgetProduct';
import { matureMembers, maturedAtOnce } from '~/usecases/matureMembers';
import { mergeCustomers } from '~/usecases/mergeCustomers';
import { noteCustomer } from '~/usecases/noteCustomer';
import { noteLabels } from '~/usecases/noteLabels';
import { readBackOrder } from '~/usecases/readBackOrder';
import { requalifiedAtOnce, requalifyMembers } from '~/usecases/requalifyMembers';
import { identityOf } from '~/core/orders/owner';
import { settleMembers, settleOrders, type OrderMessage } from '~/usecases/settleOrders';
import { settledAtOnce, settleRedemptions } from '~/usecases/settleRedemption';
import { carryOutCommand } from './commands';
import { refOf, type House } from './house';
import { BadLine, type Delivery, type Line } from './lines';

/** What became of a command: its line, and the answer of the use case. */
export type CommandResult = {
  readonly line: number;
  readonly command: string;
  readonly ok: boolean;
  readonly answer: unknown;
};

export type Counts = { deliveries: number; orders: number; ignored: number; commands: number };

/** A replay under way. */
export type Run = {
  readonly take: (line: Line) => Promise<void>;
  /** Settles what waits, and lets time go on to a moment. */
  readonly finish: (now: Instant) => Promise<void>;
  readonly results: readonly CommandResult[];
  readonly counts: Counts;
};

type Waiting = OrderMessage & { readonly receivedAt: Instant; readonly wave: number };
type ReadBack = Extract<Effect, { kind: 'read_order' }> & { readonly dueAt: Instant };

// Deliveries are settled together as the queue would, but never two of one member: each decision is made at its own
// time.
const windowMax = 1000;
const windowMs = 30 * 24 * 3_600_000;
const batchMax = 200;

export const startRun = (house: House, clock: { now: Instant }, file: string): Run => {
  const { deps } = house;
  const results: CommandResult[] = [];
  const counts: Counts = { deliveries: 0, orders: 0, ignored: 0, commands: 0 };
  const readBacks = new Map<string, ReadBack>();
  let waiting: Waiting[] = [];
  let waves = new Map<string, number>();
  // Who is one member since a merge; asked of the database only when there was one.
  let owners: Map<string, string> | null = null;
  const labelled = new Set<string>();
  let openedAt: Instant | null = null;
  let nextDue: Instant | null = null;

  const flush = async (): Promise<void> => {
    const batch = waiting;
    waiting = [];
    waves = new Map();
    openedAt = null;
    const last = batch.reduce((wave, message) => Math.max(wave, message.wave), 0);
    for (let wave = 1; wave <= last; wave += 1) {
      const together = batch.filter((message) => message.wave === wave);
      for (let from = 0; from < together.length; from += batchMax) {
        const some = together.slice(from, from + batchMax);
        const at = instant(Math.max(...some.map(({ receivedAt }) => receivedAt)));
        await settleOrders(deps, some, at);
        await doEffects(at);
      }
    }
    if (batch.length > 0) await after();
  };

  /** Does what use cases asked for, until nothing is left; read-backs wait for their time. */
  const doEffects = async (at: Instant): Promise<void> => {
    for (let effects = house.takeEffects(); effects.length > 0; effects = house.takeEffects())
      for (const effect of effects) await carryOut(effect, at);
  };

  const after = async (): Promise<void> => {
    await doEffects(clock.now);
    nextDue = await nextDueAt(house.database.prisma);
    for (const { dueAt } of readBacks.values()) if (nextDue === null || dueAt < nextDue) nextDue = dueAt;
  };

  const carryOut = async (effect: Effect, at: Instant): Promise<void> => {
    switch (effect.kind) {
      case 'settle_order':
        return void (await settleOrders(deps, [effect], at));
      case 'read_order': {
        const key = `${effect.store.storeId}:${effect.orderId}`;
        const { dueAt, newerThan } = readBacks.get(key) ?? {
          dueAt: instant(at + effect.delaySeconds * 1000),
          newerThan: effect.newerThan,
        };
        readBacks.set(key, { ...effect, dueAt, newerThan: instant(Math.max(newerThan, effect.newerThan)) });
        return;
      }
      case 'settle_member':
        return settleMembers(deps, [{ ...effect, since: null }], at);
      case 'note_customer':
        owners = new Map();
        return noteCustomer(deps, effect.store, effect, at);
      case 'note_labels':
        return noteLabels(deps, effect.store, effect.change, at);
      case 'claim_guest':
        owners = new Map();
        return claimGuest(deps, effect.store, effect.customerId, effect.emailHash, at);
      case 'merge_customers':
        owners = new Map();
        return mergeCustomers(deps, effect.store, effect.gone, effect.kept, at, effect.at);
      case 'forget_product':
        return forgetProduct(deps, effect.store, effect.productId);
      case 'audit_program':
      case 'publish_member':
      case 'publish_program':
      case 'import_past_orders':
      case 'run_import':
      case 'run_privacy':
      case 'reconcile_store':
        return; // nothing outside is told in a replay
    }
  };

  /** Lets time go on; whatever is due on the way is done at its own moment. */
  const advance = async (to: Instant): Promise<void> => {
    if (nextDue !== null && nextDue <= to) await flush();
    while (nextDue !== null && nextDue <= to) {
      clock.now = instant(Math.max(clock.now, nextDue));
      await doDue();
      const before: Instant = nextDue;
      await after();
      // What is due and stays due cannot be done by waiting.
      if (nextDue !== null && nextDue <= before && nextDue <= clock.now) nextDue = null;
    }
    clock.now = instant(Math.max(clock.now, to));
  };

  const doDue = async (): Promise<void> => {
    const { now } = clock;
    while ((await settleRedemptions(deps, now)) >= settledAtOnce);
    while ((await matureMembers(deps, now)) >= maturedAtOnce);
    while ((await requalifyMembers(deps, now)) >= requalifiedAtOnce);
    for (const [key, { store, orderId, newerThan, dueAt }] of readBacks) {
      if (dueAt > now) continue;
      readBacks.delete(key);
      await readBackOrder(deps, store, orderId, newerThan, now);
    }
  };

  const deliver = async (delivery: Delivery, line: number): Promise<void> => {
    counts.deliveries += 1;
    await advance(delivery.triggeredAt ?? clock.now);
    const store = await house.storeOf(delivery.shop);
    const effects = effectsOf(
      delivery.topic,
      delivery.body,
      refOf(store),
      deps.secrets.hashEmail,
      delivery.triggeredAt ?? null,
    );
    if (typeof effects === 'string') throw new BadLine(`${file}, line ${line}: ${effects}`);
    if (delivery.topic === 'products/update' || delivery.topic === 'products/create') {
      await flush(); // orders that came before read what the product was until now
      learnProduct(house, store, delivery.body);
    }
    if (effects.length === 0) counts.ignored += 1;
    for (const effect of effects) {
      if (effect.kind === 'settle_order') await enqueueOrder(effect);
      else {
        await flush();
        await carryOut(effect, clock.now);
        await after();
      }
    }
  };

  const ownerOf = async (store: StoreRef, snapshot: OrderSnapshot): Promise<string> => {
    const owner = JSON.stringify(orderOwner(snapshot));
    if (owners === null) return owner;
    const key = `${store.storeId} ${owner}`;
    const known = owners.get(key);
    if (known !== undefined) return known;
    const identity = identityOf({ ...store, orderId: snapshot.orderId }, snapshot);
    const member = (identity === null ? null : await memberOfIdentity(house.database.prisma, identity)) ?? owner;
    owners.set(key, member);
    return member;
  };

  const enqueueOrder = async (effect: Extract<Effect, { kind: 'settle_order' }>): Promise<void> => {
    counts.orders += 1;
    house.shopOf(effect.store.domain).sawCodes(effect.snapshot);
    if (waiting.length >= windowMax || (openedAt !== null && clock.now - openedAt > windowMs)) await flush();
    openedAt ??= clock.now;
    const { snapshot, store } = effect;
    const keys = [
      `order ${store.storeId} ${snapshot.orderId}`,
      `owner ${await ownerOf(store, snapshot)}`,
      ...snapshot.discountCodes.map((code) => `code ${code.toUpperCase()}`),
    ];
    const wave = 1 + Math.max(0, ...keys.map((key) => waves.get(key) ?? 0));
    for (const key of keys) waves.set(key, wave);
    waiting.push({ store, snapshot, receivedAt: clock.now, wave });
    // Where rules ask for labels, they are read when the customer turns up, not when the batch is full.
    const customer = `${store.storeId} ${snapshot.customerId}`;
    if (labelled.has(customer) || !house.shopOf(store.domain).hasLabels()) return;
    labelled.add(customer);
    await flush();
  };

  return {
    results,
    counts,
    take: async (line) => {
      if (line.kind === 'delivery') return deliver(line.delivery, line.number);
      counts.commands += 1;
      await advance(line.command.at ?? clock.now);
      await flush();
      if (line.command.command === 'merge') owners = new Map();
      const result = await carryOutCommand(house, line.command, clock.now);
      results.push({ line: line.number, command: line.command.command, ...result });
      await after();
    },
    finish: async (now) => {
      await flush();
      await advance(now);
    },
  };
};

/** What a message about a product says of it; collections are not in it, so those that are known stay. */
const learnProduct = (house: House, store: Store, body: unknown): void => {
  const product = body as {
    id?: unknown;
    product_type?: unknown;
    tags?: unknown;
    collections?: unknown;
    variants?: readonly { id?: unknown; price?: unknown; compare_at_price?: unknown }[];
  };
  const text = (value: unknown): string =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const shop = house.shopOf(store.domain);
  const id = asId<PlatformId>(text(product.id));
  shop.addProduct(id, {
    type: text(product.product_type) === '' ? null : text(product.product_type),
    tags: (Array.isArray(product.tags) ? product.tags.map(text) : text(product.tags).split(','))
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
    collections: Array.isArray(product.collections) ? product.collections.map(text) : shop.collectionsOf(id),
    saleVariants: (product.variants ?? [])
      .filter(({ price, compare_at_price: compare }) => Number(text(compare)) > Number(text(price)))
      .map(({ id }) => text(id)),
  });
};
