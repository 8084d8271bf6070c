import { orderOwner } from '~/core/orders/owner';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { instant, type Instant } from '~/core/values/instant';
import { memberOfIdentity } from '~/db/identities';
import { nextDueAt } from '~/db/due';
import { readTopic } from '~/platforms/shopify/readTopic';
import { identityOf } from '~/core/orders/owner';
import type { JobContext } from '~/jobs/job';
import { jobs, sweeps } from '~/process/wings';
import { refOf, type StoreRef } from '~/usecases/deps';
import { claimGuestLater } from '~/usecases/effects/claimGuest';
import type { Effect } from '~/usecases/effects/effect';
import { effectOf } from '~/usecases/followMessages';
import { mergeCustomersLater } from '~/usecases/effects/mergeCustomers';
import { noteCustomerLater } from '~/usecases/effects/noteCustomer';
import { readOrderLater, type ReadOrder } from '~/usecases/effects/readOrder';
import { settleOrderLater } from '~/usecases/effects/settleOrder';
import { settleOrders, type OrderMessage } from '~/usecases/settleOrders';
import { carryOutCommand } from './commands';
import type { House } from './house';
import { learnProduct } from './learnProduct';
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
type ReadBack = Effect & ReadOrder & { readonly dueAt: Instant };

const mayChangeOwners = [noteCustomerLater, claimGuestLater, mergeCustomersLater];

// Deliveries are settled together as the queue would, but never two of one member: each decision is made at its own
// time.
const windowMax = 1000;
const windowMs = 30 * 24 * 3_600_000;
const batchMax = 200;

/** Does an effect as its job does it; what only tells others is left out: nothing outside is told in a replay. */
const doJob = async (effect: Effect, context: JobContext): Promise<void> => {
  const job = jobs.find(({ effect: { kind } }) => kind === effect.kind);
  if (job === undefined) throw new Error(`No job does "${effect.kind}".`);
  if (!job.inReplay) return;
  if (job.work.kind === 'in_batches') await job.work.run(context, [effect]);
  else await job.work.run(context, effect);
};

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

  const contextAt = (at: Instant): JobContext => ({
    deps: { ...deps, forgetJobs: () => Promise.resolve({ waiting: 0 }) },
    clock: () => at,
  });

  const carryOut = async (effect: Effect, at: Instant): Promise<void> => {
    if (readOrderLater.is(effect)) return waitToRead(effect, at);
    if (mayChangeOwners.some((kind) => kind.is(effect))) owners = new Map();
    await doJob(effect, contextAt(at));
  };

  /**
   * One read-back waits for each order, until the moment at which the first was to be; it sees what the newest told.
   */
  const waitToRead = (effect: Effect & ReadOrder, at: Instant): void => {
    const key = `${effect.store.storeId}:${effect.orderId}`;
    const { dueAt, newerThan } = readBacks.get(key) ?? {
      dueAt: instant(at + effect.delaySeconds * 1000),
      newerThan: effect.newerThan,
    };
    readBacks.set(key, { ...effect, dueAt, newerThan: instant(Math.max(newerThan, effect.newerThan)) });
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
    for (const { step, atOnce } of sweeps.filter(({ inReplay }) => inReplay))
      while ((await step(contextAt(now))) >= (atOnce ?? Infinity));
    for (const [key, { dueAt, ...readBack }] of readBacks) {
      if (dueAt > now) continue;
      readBacks.delete(key);
      await doJob(readBack, contextAt(now));
    }
  };

  const deliver = async (delivery: Delivery, line: number): Promise<void> => {
    counts.deliveries += 1;
    await advance(delivery.triggeredAt ?? clock.now);
    const store = await house.storeOf(delivery.shop);
    const read = readTopic(delivery.topic, delivery.body, deps.secrets.hashEmail, delivery.triggeredAt ?? null);
    if (read.kind === 'unreadable') throw new BadLine(`${file}, line ${line}: ${read.sentence}`);
    if (delivery.topic === 'products/update' || delivery.topic === 'products/create') {
      await flush(); // orders that came before read what the product was until now
      learnProduct(house, store, delivery.body);
    }
    if (read.kind === 'nothing') counts.ignored += 1;
    for (const message of read.kind === 'told' ? read.messages : []) {
      const effect = effectOf(refOf(store), message, clock.now);
      if (settleOrderLater.is(effect)) await enqueueOrder(effect);
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

  const enqueueOrder = async (effect: OrderMessage): Promise<void> => {
    counts.orders += 1;
    house.shopOf(effect.store.domain).useCodes(effect.snapshot);
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
