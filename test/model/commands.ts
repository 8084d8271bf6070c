import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import { asId, type RedemptionId } from '~/core/values/ids';
import { instant, wholeSecond, type Instant } from '~/core/values/instant';
import type { House } from './house';
import { isRefunded, snapshotOf, type TrueOrder } from './shop';

export const customers = [1, 2, 3];

/** What truly is, and what is on its way. */
export type Model = {
  now: Instant;
  readonly orders: TrueOrder[];
  readonly redemptions: {
    readonly id: RedemptionId;
    readonly customer: number;
    readonly points: number;
    readonly code: string;
    used: boolean;
  }[];
  readonly adjusted: { readonly customer: number; readonly points: number }[];
  /** To whom a customer's things belong since a merge. */
  readonly mergedInto: Map<number, number>;
  readonly transit: OrderSnapshot[];
  readonly counts: Counts;
  /** Until when time may leap: so far as the naive model knows the zone. */
  readonly until: Instant;
};

/** `lapsed`, `forgiven`: points, `late`: codes that were released and used late, to see that all happen. */
export type Counts = {
  runs: number;
  steps: number;
  sent: number;
  dropped: number;
  doubled: number;
  swapped: number;
  lapsed: number;
  forgiven: number;
  late: number;
};

export const ownerOf = (model: Model, customer: number): number => {
  const into = model.mergedInto.get(customer);
  return into === undefined ? customer : ownerOf(model, into);
};

type Step = fc.AsyncCommand<Model, House>;

const pick = <Item>(items: readonly Item[], n: number): Item | undefined =>
  items.length === 0 ? undefined : items[n % items.length];

/** An order changed: the platform knows it, and a message about it may be lost, doubled, or overtaken. */
const changed = (model: Model, house: House, state: TrueOrder, luck: number): void => {
  state.updatedAt = wholeSecond(model.now);
  const snapshot = snapshotOf(state);
  house.place(snapshot);
  model.counts.sent += 1;
  if (luck % 7 === 0) {
    model.counts.dropped += 1;
    return;
  }
  model.transit.push(snapshot);
  if (luck % 5 === 0) {
    model.counts.doubled += 1;
    model.transit.push(snapshot);
  }
};

const step = (name: string, values: readonly number[], run: (model: Model, house: House) => Promise<void>): Step => ({
  check: () => true,
  run: async (model, house) => {
    model.counts.steps += 1;
    await run(model, house);
  },
  toString: () => `${name}(${values.join(', ')})`,
});

const onOrder = (name: string, act: (state: TrueOrder, b: number, model: Model) => boolean) =>
  fc.tuple(fc.nat(50), fc.nat(50), fc.nat(50)).map(([a, b, luck]) =>
    step(name, [a, b, luck], async (model, house) => {
      const state = pick(model.orders, a);
      if (state !== undefined && act(state, b, model)) changed(model, house, state, luck);
      return Promise.resolve();
    }),
  );

const buy = fc
  .tuple(
    fc.nat(50),
    fc.array(fc.tuple(fc.integer({ min: 1, max: 9000 }), fc.integer({ min: 1, max: 3 })), {
      minLength: 1,
      maxLength: 3,
    }),
    fc.nat(40),
    fc.nat(50),
    fc.nat(50),
  )
  .map(([who, parts, earlier, withCode, luck]) =>
    step('buy', [who, earlier, withCode, luck], async (model, house) => {
      const customer = pick(customers, who) ?? 1;
      const free = model.redemptions.filter(
        (one) => !one.used && ownerOf(model, one.customer) === ownerOf(model, customer),
      );
      const held = withCode % 2 === 0 ? pick(free, withCode) : undefined;
      const first = parts[0];
      const issued = held === undefined ? undefined : house.codes.get(held.code);
      const code =
        held === undefined || issued?.active !== true || first === undefined
          ? null
          : { text: held.code, amount: Math.min(300, first[0] * first[1]) };
      if (code !== null && held !== undefined && issued !== undefined) {
        held.used = true;
        issued.uses += 1;
      }
      place(model, house, {
        customer,
        parts,
        code,
        placedAt: wholeSecond(instant(model.now - earlier * 600_000)),
        paid: luck % 3 !== 0,
        luck,
      });
      return Promise.resolve();
    }),
  );

type Part = readonly [price: number, quantity: number];
type Purchase = Pick<TrueOrder, 'customer' | 'placedAt' | 'paid' | 'code'> & {
  readonly parts: readonly Part[];
  readonly luck: number;
};

const place = (model: Model, house: House, { parts, luck, ...purchase }: Purchase): TrueOrder => {
  const id = model.orders.length + 1;
  const state: TrueOrder = {
    ...purchase,
    id,
    updatedAt: model.now,
    fulfilled: false,
    cancelledAt: null,
    lines: parts.map(([price, quantity], index) => ({ id: id * 10 + index, price, quantity, edited: 0, refunded: 0 })),
    refunds: [],
  };
  model.orders.push(state);
  changed(model, house, state, luck);
  return state;
};

/**
 * A code is given back and released; an order with it, which the platform had not counted yet, becomes known
 * afterwards.
 */
const useLate = fc
  .tuple(fc.nat(50), fc.integer({ min: 1, max: 9000 }), fc.integer({ min: 1, max: 3 }), fc.nat(50))
  .map(([a, price, quantity, luck]) =>
    step('use a code late', [a, price, quantity, luck], async (model, house) => {
      const held = pick(
        model.redemptions.filter(({ used }) => !used),
        a,
      );
      if (held === undefined || house.codes.get(held.code)?.active !== true) return;
      const placedAt = wholeSecond(model.now);
      await house.giveBack(held.id, held.customer, model.now);
      model.now = instant(model.now + 2 * 3_600_000);
      await house.tick(model.now);
      held.used = true;
      const code = { text: held.code, amount: Math.min(300, price * quantity) };
      const state = place(model, house, {
        customer: held.customer,
        parts: [[price, quantity]],
        code,
        placedAt,
        paid: luck % 3 !== 0,
        luck,
      });
      if (luck % 4 !== 0) return;
      if (luck % 8 === 0) state.cancelledAt = wholeSecond(model.now);
      else state.refunds.push({ at: wholeSecond(model.now), lines: [[state.lines[0]?.id ?? 0, 1]], money: 0 });
      if (state.lines[0] !== undefined && state.refunds.length > 0) state.lines[0].refunded = 1;
      changed(model, house, state, luck + 1);
    }),
  );

const pay = onOrder('pay', (state) => {
  if (state.paid) return false;
  state.paid = true;
  return true;
});
const fulfil = onOrder('fulfil', (state) => (state.fulfilled = true));
const cancel = onOrder('cancel', (state, _, model) => {
  if (state.cancelledAt !== null) return false;
  state.cancelledAt = wholeSecond(model.now);
  return true;
});
// Of two states of one second that differ in nothing but the customer nobody can say which is newer.
const move = onOrder('move', (state, b, model) => {
  if (state.code !== null) return false;
  model.now = instant(model.now + 1000);
  state.customer = pick(customers, b) ?? 1;
  return true;
});
const edit = onOrder('edit', (state, b) => {
  const one = pick(state.lines, b);
  if (one === undefined || state.refunds.length > 0 || one.quantity - one.edited < 2) return false;
  one.edited += 1;
  return true;
});
const refundUnits = onOrder('refund units', (state, b, model) => {
  const one = pick(state.lines, b);
  if (one === undefined || !state.paid || one.quantity - one.edited - one.refunded < 1 || isRefunded(state))
    return false;
  one.refunded += 1;
  state.refunds.push({ at: wholeSecond(model.now), lines: [[one.id, 1]], money: 0 });
  return true;
});
const refundMoney = onOrder('refund money', (state, b, model) => {
  if (!state.paid || isRefunded(state)) return false;
  state.refunds.push({ at: wholeSecond(model.now), lines: [], money: (b + 1) * 37 });
  return true;
});

/** Some of the messages on their way arrive, in any order, together. */
const deliver = fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 4 })).map(([a, n]) =>
  step('deliver', [a, n], async (model, house) => {
    const come: OrderSnapshot[] = [];
    for (let index = 0; index < n && model.transit.length > 0; index += 1) {
      const at = (a * (index + 1)) % model.transit.length;
      if (at > 0) model.counts.swapped += 1;
      come.push(...model.transit.splice(at, 1));
    }
    if (come.length > 0) await house.settle(come, model.now);
  }),
);
const wait = fc.integer({ min: 0, max: 30_000 }).map((seconds) =>
  step('wait', [seconds], async (model, house) => {
    model.now = instant(model.now + seconds * 1000);
    await house.tick(model.now);
  }),
);
const leap = fc.integer({ min: 1, max: 24 }).map((days) =>
  step('leap', [days], async (model, house) => {
    const to = instant(model.now + days * 86_400_000);
    if (to > model.until) return;
    model.now = to;
    await house.tick(model.now);
  }),
);
const redeem = fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 10 })).map(([who, steps]) =>
  step('redeem', [who, steps], async (model, house) => {
    const customer = pick(customers, who) ?? 1;
    const id = asId<RedemptionId>(randomUUID());
    const code = await house.redeem(id, customer, 20 * steps, model.now);
    if (code !== null) model.redemptions.push({ id, customer, points: 20 * steps, code, used: false });
  }),
);
const giveBack = fc.nat(50).map((a) =>
  step('give a code back', [a], async (model, house) => {
    const one = pick(model.redemptions, a);
    if (one !== undefined) await house.giveBack(one.id, one.customer, model.now);
  }),
);
const adjust = fc.tuple(fc.nat(50), fc.integer({ min: -60, max: 60 })).map(([who, points]) =>
  step('adjust', [who, points], async (model, house) => {
    const customer = pick(customers, who) ?? 1;
    if (points === 0) return;
    if (await house.adjust(customer, points, model.now)) model.adjusted.push({ customer, points });
  }),
);
const merge = fc.tuple(fc.nat(50), fc.nat(50)).map(([a, b]) =>
  step('merge', [a, b], async (model, house) => {
    const [gone, kept] = [pick(customers, a) ?? 1, pick(customers, b) ?? 1];
    if (ownerOf(model, gone) === ownerOf(model, kept)) return;
    await house.merge(gone, kept, model.now);
    model.mergedInto.set(ownerOf(model, gone), ownerOf(model, kept));
  }),
);

/** What people and platforms do, often what is common, seldom what is rare; with `leaps` time passes in days, too. */
export const commands = ({ leaps }: { readonly leaps: boolean }) =>
  fc.commands(
    [
      ...(leaps ? [leap, leap] : []),
      buy,
      buy,
      buy,
      pay,
      pay,
      deliver,
      deliver,
      deliver,
      deliver,
      wait,
      refundUnits,
      refundUnits,
      refundMoney,
      edit,
      fulfil,
      cancel,
      move,
      redeem,
      redeem,
      giveBack,
      useLate,
      adjust,
      merge,
    ],
    {
      maxCommands: 40,
      size: 'large',
    },
  );
