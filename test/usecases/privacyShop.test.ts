import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asId, type RedemptionId } from '~/core/values/ids';
import { insertFurtherStore, storeByDomain } from '~/db/stores';
import { newestRequests } from '~/db/privacyRequests';
import { inTransaction } from '~/db/inTransaction';
import { noteCustomer } from '~/usecases/noteCustomer';
import { runPrivacyRequest } from '~/usecases/privacy/runRequest';
import { redeemReward } from '~/usecases/redeemReward';
import { uninstallShop } from '~/usecases/uninstallShop';
import { uuidv7 } from '~/process/uuid';
import { order } from 'test/support/builders';
import { engines } from 'test/support/database';
import { whereFound } from 'test/support/everything';
import { document, newId, now, privacyOf, redact, somebody } from 'test/support/somebody';
import { openWorld, type Tenant, type World } from 'test/support/world';

describe.each(engines)('the erasure of a shop, on %s', (engine) => {
  let world: World;
  let privacy: ReturnType<typeof privacyOf>;
  beforeAll(async () => {
    world = await openWorld(engine);
    privacy = privacyOf(world);
  });
  afterAll(() => world.close());

  test('a shop that is erased leaves nothing but the proof, its ledger goes with it; other programs lose nothing', async () => {
    const [tenant, other] = [await world.tenant({ document }), await world.tenant({ document })];
    const [person, stranger] = [await somebody(world, tenant), await somebody(world, other)];
    const { programId, storeId, domain } = tenant.store;
    await world.database.prisma.session.create({
      data: { id: `offline_${domain}`, shop: domain, state: '', accessToken: 'v1:x' },
    });
    const open = await privacy.receive(tenant, redact(person));
    const id = await privacy.receive(tenant, { kind: 'shop_redact' });
    expect(await runPrivacyRequest(privacy.withJobs(tenant), id, now)).toBe('installed');
    expect(await privacy.requestOf(id)).toMatchObject({ doneAt: null, problem: 'installed' });
    await uninstallShop(tenant.deps, tenant.store, now);
    await world.database.prisma.session.create({
      data: { id: `offline_${domain}`, shop: domain, state: '', accessToken: 'v1:x' },
    });
    expect(await runPrivacyRequest(privacy.withJobs(tenant), id, now)).toBe('done');
    const left = (await whereFound(world, [...person.words, domain, programId, storeId])).filter(
      (text) => !text.startsWith('public.privacy_request'),
    );
    expect(left).toEqual([]);
    expect(await whereFound(world, [...person.words, domain])).toEqual([]);
    expect((await privacy.requestOf(id)).proof).toMatchObject({
      store: 1,
      program: 1,
      session: 1,
      tenant_directory: 1,
      order: 3,
      member_identity: 3,
    });
    expect((await privacy.requestOf(id)).proof.ledger).toBeGreaterThan(5);
    expect((await privacy.requestOf(open)).doneAt).toBe(now);
    expect((await whereFound(world, stranger.words)).length).toBeGreaterThan(12);
    await other.audit();
    // Again, under another delivery: there is no such shop any more.
    const again = await privacy.receive(tenant, { kind: 'shop_redact' }, randomUUID(), domain);
    expect(await runPrivacyRequest(privacy.withJobs(tenant), again, now)).toBe('done');
    expect((await privacy.requestOf(again)).proof).toEqual({});
  });

  test('stopped half-way, the erasure of a shop goes on where it was', async () => {
    const tenant = await world.tenant({ document });
    const person = await somebody(world, tenant);
    const { programId, storeId, domain } = tenant.store;
    await uninstallShop(tenant.deps, tenant.store, now);
    const id = await privacy.receive(tenant, { kind: 'shop_redact' });
    let statements = 0;
    const { prisma } = world.database;
    const failing = new Proxy(prisma, {
      get: (target, name) => {
        if (name !== '$executeRawUnsafe') return Reflect.get(target, name) as unknown;
        return (...values: Parameters<typeof prisma.$executeRawUnsafe>) =>
          (statements += 1) > 12 ? Promise.reject(new Error('killed')) : prisma.$executeRawUnsafe(...values);
      },
    });
    await expect(
      runPrivacyRequest({ ...privacy.withJobs(tenant), database: { ...world.database, prisma: failing } }, id, now),
    ).rejects.toThrow('killed');
    expect(await storeByDomain(prisma, tenant.store)).toBeNull();
    expect(await runPrivacyRequest(privacy.withJobs(tenant), id, now)).toBe('done');
    const left = (await whereFound(world, [...person.words, domain, programId, storeId])).filter(
      (text) => !text.startsWith('public.privacy_request'),
    );
    expect(left).toEqual([]);
  });

  test('in a program with another store the ledger stays: who was known there is, who was known only here is nobody', async () => {
    const tenant = await world.tenant({ document });
    const { deps, store } = tenant;
    const second = { ...store, storeId: deps.newId<typeof store.storeId>(), domain: `shop-${uuidv7()}.myshopify.com` };
    await inTransaction(deps.database, (tx) => insertFurtherStore(tx, second));
    const person = await somebody(world, tenant);
    const [shared, sharedThere] = [newId(), newId()];
    const hash = deps.secrets.hashEmail(`both.${shared}@private.example`);
    await tenant.settle([order({ orderId: 91, customerId: shared, emailHash: hash })], now);
    await noteCustomer(deps, store, { customerId: shared, emailHash: hash, toldAt: null, isDeleted: false }, now);
    const there: Tenant = { ...tenant, store: second };
    const { settleOrders } = await import('~/usecases/settleOrders');
    await settleOrders(
      deps,
      [{ store: second, snapshot: order({ orderId: 92, customerId: sharedThere, emailHash: hash }) }],
      now,
    );
    await settleOrders(
      deps,
      [{ store: second, snapshot: order({ orderId: 93, customerId: null, emailHash: hash }) }],
      now,
    );
    await noteCustomer(deps, second, { customerId: sharedThere, emailHash: hash, toldAt: null, isDeleted: false }, now);
    const wish = {
      redemptionId: asId<RedemptionId>(randomUUID()),
      customerId: shared,
      rewardId: 'as-you-like',
      points: 20,
      cart: null,
    };
    expect((await redeemReward(deps, store, wish, now)).ok).toBe(true);
    await uninstallShop(deps, store, now);
    const entries = (await tenant.entries()).length;
    expect(
      await runPrivacyRequest(privacy.withJobs(tenant), await privacy.receive(tenant, { kind: 'shop_redact' }), now),
    ).toBe('done');
    expect(await whereFound(world, [...person.words, `"${shared}"`, store.domain])).toEqual([]);
    // The two codes that were out and what staff had not done yet come back, an entry each.
    expect((await tenant.entries()).length).toBe(entries + 3);
    expect(
      (await world.database.prisma.memberIdentity.findMany({ where: { programId: store.programId } }))
        .map(({ value }) => value)
        .sort(),
    ).toEqual([sharedThere, hash].sort());
    const { storefrontBalance } = await import('~/views/storefrontBalance');
    expect((await storefrontBalance(deps.database, there.store, sharedThere, now)).available).toBe(35);
  });

  test('a shop that never had the app is answered with the proof that nothing was there', async () => {
    const tenant = await world.tenant({ document });
    const id = await privacy.receive(tenant, { kind: 'shop_redact' }, randomUUID(), 'never.myshopify.com');
    expect(await runPrivacyRequest(privacy.withJobs(tenant), id, now)).toBe('done');
    expect((await newestRequests(world.database.prisma, 1))[0]).toMatchObject({ place: null, proof: {} });
  });
});
