import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asId, type PlatformId, type StoreId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { accountEmailOf } from '~/db/accounts';
import { customerIdentity } from '~/core/orders/owner';
import { memberOfIdentity } from '~/db/identities';
import { insertFurtherStore } from '~/db/stores';
import { claimGuest } from '~/usecases/claimGuest';
import type { CustomerMessage } from '~/platforms/message';
import { noteCustomer } from '~/usecases/noteCustomer';
import type { StoreRef } from '~/usecases/deps';
import { claimGuestLater } from '~/usecases/effects/claimGuest';
import { settleOrders } from '~/usecases/settleOrders';
import { uuidv7 } from '~/process/uuid';
import { at, line, order } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

describe.each(engines)('accounts and guests, on %s', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  const customer = (id: number) => asId<PlatformId>(String(id));
  const guestOrder = (orderId: number, minor: number) =>
    order({ orderId, customerId: null, emailHash: 'hash', instant: at('12:00'), lines: [line({ listMinor: minor })] });
  /** Does the claims that settling asked for. */
  const doClaims = async (tenant: Tenant): Promise<number> => {
    const jobs = (await world.queue.fetch(claimGuestLater, 100)).filter(
      ({ data }) => data.store.programId === tenant.store.programId,
    );
    for (const { data } of jobs)
      await claimGuest(tenant.deps, data.store, data.customerId, data.emailHash, at('15:00'));
    await world.queue.complete(claimGuestLater, jobs);
    return jobs.length;
  };
  /** A message about a customer that does not say when it was so. */
  const tell = (tenant: Tenant, store: StoreRef, id: number, emailHash: string | null, now: Instant) =>
    noteCustomer(tenant.deps, store, { customerId: customer(id), emailHash, toldAt: null, isDeleted: false }, now);
  const balanceOf = async (tenant: Tenant, id: number) => (await tenant.balance(at('16:00'), String(id))).available;

  test('a guest’s order that comes after the account is the account’s all the same, and nobody is a member without an order', async () => {
    const tenant = await world.tenant();
    await tell(tenant, tenant.store, 5, 'hash', at('12:30'));
    expect(await tenant.deps.database.prisma.member.count({ where: { programId: tenant.store.programId } })).toBe(0);
    await tenant.settle([guestOrder(1, 4000)], at('13:00'));
    expect(await doClaims(tenant)).toBe(1);
    expect(await balanceOf(tenant, 5)).toBe(40);
    await tenant.settle([guestOrder(2, 1000)], at('14:00'));
    expect(await doClaims(tenant)).toBe(0);
    expect(await balanceOf(tenant, 5)).toBe(50);
    await tenant.audit();
  });

  test('an address that another account of the shop had before brings no account’s points to another', async () => {
    const tenant = await world.tenant();
    await tenant.settle([guestOrder(1, 4000)], at('13:00'));
    await tell(tenant, tenant.store, 5, 'hash', at('13:01'));
    await tenant.settle(
      [order({ orderId: 2, customerId: customer(6), lines: [line({ listMinor: 700 })] })],
      at('13:02'),
    );
    await tell(tenant, tenant.store, 5, null, at('13:03'));
    await tell(tenant, tenant.store, 6, 'hash', at('13:04'));
    expect([await balanceOf(tenant, 5), await balanceOf(tenant, 6)]).toEqual([40, 7]);
    await tenant.settle([guestOrder(3, 1000)], at('14:00'));
    await doClaims(tenant);
    expect([await balanceOf(tenant, 5), await balanceOf(tenant, 6)]).toEqual([40, 17]);
    await tenant.audit();
  });

  test('customers of two stores of one program with the same verified e-mail are one member, whatever became known first', async () => {
    const tenant = await world.tenant();
    const { programId } = tenant.store;
    const second: StoreRef = {
      programId,
      storeId: asId<StoreId>(uuidv7()),
      platform: 'memory',
      domain: `second-${uuidv7()}.myshopify.com`,
    };
    await tenant.deps.database.prisma.$transaction((tx) =>
      insertFurtherStore(tx, {
        ...second,
        name: 'Second',
        currency: 'EUR',
        timeZone: 'Europe/Rome',
        codeHoldMinutes: 60,
        installedAt: at('10:00'),
      }),
    );
    await tell(tenant, tenant.store, 5, 'hash', at('12:30'));
    await tenant.settle(
      [order({ orderId: 1, customerId: customer(5), lines: [line({ listMinor: 4000 })] })],
      at('13:00'),
    );
    await tell(tenant, second, 900, 'hash', at('13:01'));
    const inSecond = order({ orderId: 1, customerId: customer(900), lines: [line({ listMinor: 1000 })] });
    await settleOrders(tenant.deps, [{ store: second, snapshot: inSecond }], at('13:02'));
    expect(await doClaims(tenant)).toBe(1);
    expect(await balanceOf(tenant, 5)).toBe(50);
    const [here, there] = await Promise.all(
      [
        customerIdentity(programId, tenant.store.storeId, customer(5)),
        customerIdentity(programId, second.storeId, customer(900)),
      ].map((identity) => memberOfIdentity(tenant.deps.database.prisma, identity)),
    );
    expect(here).toBe(there);
    await tenant.audit();
  });

  describe('messages about a customer count by their own time, whatever the order in which they come', () => {
    const said = (time: string, emailHash: string | null, isDeleted = false): CustomerMessage => ({
      customerId: customer(5),
      emailHash,
      toldAt: isDeleted ? null : at(time),
      isDeleted,
    });
    const unverified = said('10:00', null);
    const verified = said('10:09', 'hash');
    test.each([
      ['the newer one first', [verified, unverified], 'hash'],
      ['the older one first', [unverified, verified], 'hash'],
      ['of one second, the one that knows an address', [said('10:09', null), verified], 'hash'],
      ['of one second, the one that knows an address, the other way round', [verified, said('10:09', null)], 'hash'],
      ['two addresses of one second', [said('10:09', 'other'), verified], 'other'],
      ['two addresses of one second, the other way round', [verified, said('10:09', 'other')], 'other'],
      ['the address was taken away', [said('10:10', null), verified], null],
      ['a deletion is final, whatever is told afterwards', [said('', null, true), said('20:00', 'hash')], null],
      ['a deletion takes the address away', [verified, said('', null, true)], null],
    ])('%s', async (_, messages, expected) => {
      const tenant = await world.tenant();
      for (const message of messages) await noteCustomer(tenant.deps, tenant.store, message, at('12:30'));
      expect(await accountEmailOf(tenant.deps.database.prisma, { ...tenant.store, customerId: customer(5) })).toBe(
        expected,
      );
      await tenant.settle([guestOrder(1, 4000)], at('13:00'));
      await doClaims(tenant);
      expect(await balanceOf(tenant, 5)).toBe(expected === 'hash' ? 40 : 0);
    });
  });
});
