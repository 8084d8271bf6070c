import { randomInt, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OrderSnapshot } from '~/core/orders/snapshot';
import type { ProgramDocument } from '~/core/program/document';
import { asId, type PlatformId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { claimGuest } from '~/usecases/claimGuest';
import type { LabelChange } from '~/platforms/message';
import { mergeCustomers } from '~/usecases/mergeCustomers';
import { noteLabels } from '~/usecases/noteLabels';
import { reconcileStore, startReconciliation } from '~/usecases/reconcileStore';
import { settleOrders } from '~/usecases/settleOrders';
import { at, bonus, line, order, program } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

const customer = (id: number): PlatformId => asId<PlatformId>(String(id));
const name = (text: string) => ({ en: text, it: text, de: text, fr: text, es: text });

/** Wholesalers earn nothing, friends twice. */
const labelled = (part: Parameters<typeof program>[0] = {}): ProgramDocument =>
  program({
    ...part,
    segments: [{ id: 'friends', name: name('Friends'), customerTags: ['Friend'] }],
    earning: {
      exclude: { customerTags: ['Wholesale'] },
      bonuses: [bonus({ id: 'friends', times: 2, conditions: [{ kind: 'segment', segmentIds: ['friends'] }] })],
      ...part.earning,
    },
  });

const placed = (
  orderId: number,
  time: string,
  day = 10,
  part: Partial<Omit<OrderSnapshot, 'orderId'>> = {},
): OrderSnapshot =>
  order({
    orderId,
    instant: at(time, day),
    createdAt: at(time, day),
    updatedAt: at(time, day),
    lines: [line({ listMinor: 8000 })],
    ...part,
  });

const change = (kind: LabelChange['kind'], label: string, moment: Instant, id = 77): LabelChange => ({
  customerId: customer(id),
  kind,
  labels: [label],
  at: moment,
});

describe.each(engines)('labels of members, on %s', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  const postedOf = async (tenant: Tenant): Promise<Readonly<Record<string, number>>> => {
    const rows = await tenant.deps.database.prisma.order.findMany({
      where: { programId: tenant.store.programId },
      orderBy: { orderId: 'asc' },
    });
    return Object.fromEntries(rows.map(({ orderId, posted }) => [orderId, Number(posted)]));
  };
  const note = (tenant: Tenant, told: LabelChange, now: Instant) => noteLabels(tenant.deps, tenant.store, told, now);
  const compare = async (tenant: Tenant, now: Instant) => {
    const id = await startReconciliation(tenant.deps, tenant.store, randomUUID(), now);
    return reconcileStore(tenant.deps, tenant.store, id, now);
  };
  /** Counts how often the shop is asked for labels. */
  const countReads = (tenant: Tenant): { count: number } => {
    const reads = { count: 0 };
    const { readLabels } = tenant.shop;
    Object.assign(tenant.shop, { readLabels: (ids: readonly PlatformId[]) => ((reads.count += 1), readLabels(ids)) });
    return reads;
  };

  test('what a message told excludes the orders after it, and only those', async () => {
    const tenant = await world.tenant({ document: labelled() });
    await note(tenant, change('added', 'wholesale', at('12:00')), at('12:01'));
    tenant.shop.putCustomer('77', { marks: ['wholesale'] });
    await tenant.settle([placed(1, '11:00'), placed(2, '13:00')], at('13:01'));
    expect(await postedOf(tenant)).toEqual({ 1: 80, 2: 0 });
    await note(tenant, change('removed', 'Wholesale ', at('14:00')), at('14:01'));
    await tenant.settle([placed(3, '15:00')], at('15:01'));
    expect(await postedOf(tenant)).toEqual({ 1: 80, 2: 0, 3: 80 });
    await tenant.audit();
  });

  test('a message that comes late is judged by its own time: the orders after it are settled again', async () => {
    const tenant = await world.tenant({ document: labelled() });
    await tenant.settle([placed(1, '11:00'), placed(2, '13:00')], at('13:01'));
    expect(await postedOf(tenant)).toEqual({ 1: 80, 2: 80 });
    await note(tenant, change('added', 'friend', at('12:00')), at('18:00'));
    expect(await postedOf(tenant)).toEqual({ 1: 80, 2: 160 });
    await note(tenant, change('added', 'friend', at('12:00')), at('18:01'));
    expect((await tenant.entries()).length).toBe(3);
    await tenant.audit();
  });

  test('a small refund ten days later does not ask for the labels of then', async () => {
    const tenant = await world.tenant({ document: labelled() });
    await tenant.settle([placed(1, '10:00')], at('10:01'));
    await note(tenant, change('added', 'wholesale', at('09:00', 20)), at('09:01', 20));
    tenant.shop.putCustomer('77', { marks: ['wholesale'] });
    const refunded = placed(1, '10:00', 10, {
      updatedAt: at('10:00', 25),
      financialStatus: 'partially_refunded',
      refunds: [
        {
          refundId: customer(1),
          at: at('10:00', 25),
          lines: [],
          shippingMinor: 0,
          shippingTaxMinor: 0,
          adjustmentMinor: -800,
        },
      ],
    });
    await tenant.settle([refunded], at('10:01', 25));
    expect(await postedOf(tenant)).toEqual({ 1: 72 });
    await tenant.audit();
  });

  test('all labels are read once for each customer, and count from the beginning where nothing dates them', async () => {
    const tenant = await world.tenant({ document: labelled() });
    const reads = countReads(tenant);
    tenant.shop.putCustomer('77', { marks: ['Wholesale'] });
    await tenant.settle([placed(1, '11:00'), placed(2, '12:00', 10, { customerId: customer(78) })], at('13:00'));
    await tenant.settle([placed(3, '14:00'), placed(4, '14:00', 10, { customerId: customer(78) })], at('14:01'));
    expect(reads.count).toBe(1);
    expect(await postedOf(tenant)).toEqual({ 1: 0, 2: 80, 3: 0, 4: 80 });
    await note(tenant, change('added', 'wholesale', at('12:30')), at('15:00'));
    expect(await postedOf(tenant), 'a message dates it: the order before earns').toEqual({ 1: 80, 2: 80, 3: 0, 4: 80 });
    await tenant.audit();
  });

  test('where no rule asks, nothing is read, and what messages tell is kept all the same', async () => {
    const tenant = await world.tenant();
    const reads = countReads(tenant);
    await tenant.settle([placed(1, '11:00')], at('11:01'));
    await note(tenant, change('added', 'wholesale', at('10:00')), at('12:00'));
    expect([reads.count, await postedOf(tenant)]).toEqual([0, { 1: 80 }]);
    const kept = await tenant.deps.database.prisma.customer.findMany({ where: { programId: tenant.store.programId } });
    expect(kept.map(({ customerId, labels }) => [customerId, labels])).toEqual([
      ['77', [{ at: at('10:00'), kind: 'added', labels: ['wholesale'] }]],
    ]);
  });

  test('an order waits while the labels cannot be read; it never guesses', async () => {
    const tenant = await world.tenant({ document: labelled() });
    tenant.shop.putCustomer('77', { marks: ['wholesale'] });
    tenant.shop.failure = { kind: 'unavailable', reason: 'away' };
    const message = { store: tenant.store, snapshot: placed(1, '11:00') };
    expect((await settleOrders(tenant.deps, [message], at('11:01'))).waiting).toEqual([message]);
    expect(await postedOf(tenant)).toEqual({});
    tenant.shop.failure = null;
    expect((await settleOrders(tenant.deps, [message], at('11:02'))).waiting).toEqual([]);
    expect(await postedOf(tenant)).toEqual({ 1: 0 });
  });

  test('the nightly comparison mends what a lost message would have told, from its own time on, and the next finds nothing', async () => {
    const tenant = await world.tenant({ document: labelled() });
    await tenant.settle([placed(1, '11:00')], at('11:01'));
    tenant.shop.putCustomer('77', { marks: ['wholesale'] }, at('13:00'));
    await tenant.settle([placed(2, '14:00')], at('14:01'));
    expect(await compare(tenant, at('20:00'))).toMatchObject({ state: 'done', labels: 1, missing: 0, stale: 0 });
    expect(await compare(tenant, at('20:30'))).toMatchObject({ state: 'done', labels: 0 });
    await tenant.settle([placed(3, '21:00')], at('21:01'));
    expect(await postedOf(tenant)).toEqual({ 1: 80, 2: 80, 3: 0 });
    await tenant.audit();
  });

  test('a merge ends the labels of the customer who is gone, and reads those of the one who is kept', async () => {
    const tenant = await world.tenant({ document: labelled() });
    tenant.shop.putCustomer('77', { marks: ['wholesale'] });
    await tenant.settle([placed(1, '11:00'), placed(2, '11:30', 10, { customerId: customer(78) })], at('11:31'));
    expect(await postedOf(tenant)).toEqual({ 1: 0, 2: 80 });
    await mergeCustomers(tenant.deps, tenant.store, { gone: customer(77), kept: customer(78) }, at('12:00'));
    // They are one member now: who was a wholesaler then was one for both orders.
    expect(await postedOf(tenant)).toEqual({ 1: 0, 2: 0 });
    await tenant.settle([placed(3, '13:00', 10, { customerId: customer(78) })], at('13:01'));
    expect(await postedOf(tenant), 'the shop shows no such label of the customer who is left').toEqual({
      1: 0,
      2: 0,
      3: 80,
    });
    await tenant.audit();
  });

  test('a merge that becomes known late counts from its own time', async () => {
    const tenant = await world.tenant({ document: labelled() });
    await note(tenant, change('added', 'wholesale', at('09:00')), at('09:01'));
    tenant.shop.putCustomer('77', { marks: ['wholesale'] });
    await tenant.settle([placed(1, '10:00')], at('10:01'));
    await tenant.settle([placed(2, '13:00', 10, { customerId: customer(78) })], at('13:01'));
    await mergeCustomers(
      tenant.deps,
      tenant.store,
      { gone: customer(77), kept: customer(78), at: at('12:00') },
      at('14:00'),
    );
    expect(await postedOf(tenant)).toEqual({ 1: 0, 2: 80 });
    await tenant.audit();
  });

  test('a context that is final stays, and the difference is a finding', async () => {
    const tenant = await world.tenant({ document: labelled({ policies: { contextFinalDays: 5 } }) });
    await tenant.settle([placed(1, '11:00')], at('11:01'));
    await note(tenant, change('added', 'wholesale', at('10:00')), at('12:00', 20));
    expect(await postedOf(tenant)).toEqual({ 1: 80 });
    const finding = async () =>
      (await tenant.deps.database.prisma.order.findFirstOrThrow({ where: { programId: tenant.store.programId } }))
        .finding;
    expect(await finding()).toMatchObject({ labels: ['wholesale'] });
    await tenant.settle(
      [placed(1, '11:00', 10, { updatedAt: at('12:00', 21), fulfillmentStatus: 'fulfilled' })],
      at('12:01', 21),
    );
    expect([await postedOf(tenant), await finding()]).toMatchObject([{ 1: 80 }, { labels: ['wholesale'] }]);
  });

  test('a program with tiers and caps asks for labels, too', async () => {
    const document = labelled({ earning: { caps: { perDay: 100 } } });
    const tenant = await world.tenant({ document });
    await tenant.settle([placed(1, '10:00'), placed(2, '11:00')], at('11:01'));
    expect(await postedOf(tenant)).toEqual({ 1: 80, 2: 20 });
    await note(tenant, change('added', 'friend', at('09:00')), at('12:00'));
    expect(await postedOf(tenant)).toEqual({ 1: 100, 2: 0 });
    await note(tenant, change('added', 'wholesale', at('09:30')), at('12:01'));
    await note(tenant, change('removed', 'wholesale', at('10:30')), at('12:02'));
    expect(await postedOf(tenant)).toEqual({ 1: 0, 2: 100 });
    await tenant.audit();
  });

  test('guests have no labels until they are claimed', async () => {
    const tenant = await world.tenant({ document: labelled() });
    tenant.shop.putCustomer('77', { marks: ['friend'] });
    await tenant.settle(
      [placed(1, '11:00', 10, { customerId: null, emailHash: 'hash' }), placed(2, '12:00')],
      at('12:01'),
    );
    expect(await postedOf(tenant)).toEqual({ 1: 80, 2: 160 });
    await claimGuest(tenant.deps, tenant.store, customer(77), 'hash', at('13:00'));
    expect(await postedOf(tenant)).toEqual({ 1: 160, 2: 160 });
    await tenant.audit();
  });

  test('orders and messages about labels at the same moment: none is missed', async () => {
    const tenant = await world.tenant({ document: labelled() });
    await tenant.settle([placed(1, '09:00')], at('09:01'));
    for (let round = 0; round < 10; round += 1) {
      const snapshot = placed(10 + round, '10:00', 10, { customerId: customer(100 + round) });
      await Promise.all([
        tenant.settle([snapshot], at('10:01')),
        note(tenant, change('added', 'friend', at('09:00'), 100 + round), at('10:01')),
      ]);
    }
    const posted = await postedOf(tenant);
    expect(Object.entries(posted).filter(([id, points]) => Number(id) >= 10 && points !== 160)).toEqual([]);
    await tenant.audit();
  });

  test(
    'whatever the order in which orders and changes of labels become known, and however often, the points are the same',
    { timeout: 300_000 },
    async () => {
      const event = fc.oneof(
        fc.record({
          kind: fc.constantFrom('added' as const, 'removed' as const),
          label: fc.constantFrom('wholesale', 'friend'),
          hour: fc.integer({ min: 1, max: 22 }),
        }),
        fc.record({
          kind: fc.constant('order' as const),
          label: fc.constant(''),
          hour: fc.integer({ min: 1, max: 22 }),
        }),
      );
      const runs = fc
        .array(event, { minLength: 2, maxLength: 8 })
        .chain((events) =>
          fc.tuple(
            fc.constant(events),
            fc.shuffledSubarray([...events.keys(), ...events.keys()], { minLength: events.length * 2 }),
          ),
        );
      const seed = randomInt(2 ** 31);
      await fc.assert(
        fc.asyncProperty(runs, fc.boolean(), fc.boolean(), async ([events, shuffled], capped, carries) => {
          const tell = async (indexes: readonly number[]): Promise<unknown> => {
            const tenant = await world.tenant({
              document: labelled(capped ? { earning: { caps: { perDay: 200 } } } : {}),
            });
            if (carries) tenant.shop.putCustomer('77', { marks: ['friend'] });
            for (const index of indexes) {
              const { kind, label, hour } = events[index] ?? { kind: 'order', label: '', hour: 1 };
              const time = `${String(hour).padStart(2, '0')}:${String(index).padStart(2, '0')}`;
              if (kind === 'order') await tenant.settle([placed(index + 1, time)], at('23:00'));
              else await note(tenant, change(kind, label, at(time)), at('23:00'));
            }
            await tenant.audit();
            return postedOf(tenant);
          };
          expect(await tell(shuffled)).toEqual(await tell([...events.keys()]));
        }),
        { numRuns: engine === 'embedded' ? 25 : 10, seed },
      );
    },
  );
});
