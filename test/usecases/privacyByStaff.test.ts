import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asId, type MemberId, type PlatformId } from '~/core/values/ids';
import { askForMember, type MemberAsk } from '~/usecases/privacy/askForMember';
import { runOpenRequests } from '~/usecases/privacy/runRequest';
import { privacyFile, privacyRequests } from '~/views/privacyRequests';
import { line, order } from 'test/support/builders';
import { engines } from 'test/support/database';
import { whereFound } from 'test/support/everything';
import { document, now, privacyOf, somebody } from 'test/support/somebody';
import { openWorld, type Tenant, type World } from 'test/support/world';

describe.each(engines)('staff asks in the name of a customer (%s)', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world.close());

  const ask = (tenant: Tenant, memberId: MemberId, what: MemberAsk, wish: string = randomUUID()) =>
    askForMember(tenant.deps, tenant.store, { memberId, ask: what, wish }, now);
  const carryOut = (tenant: Tenant) => runOpenRequests(privacyOf(world).withJobs(tenant), now);
  const listed = ({ store }: Tenant) => privacyRequests(world.database, store, now);

  test('for the data: a file with all that is held, once however often it is sent', async () => {
    const tenant = await world.tenant({ document });
    const person = await somebody(world, tenant);
    const wish = randomUUID();
    expect(await ask(tenant, person.memberId, 'data_request', wish)).toEqual({ ok: true, value: null });
    expect(await ask(tenant, person.memberId, 'data_request', wish)).toEqual({ ok: true, value: null });
    await carryOut(tenant);
    const [request, ...others] = await listed(tenant);
    expect(others).toEqual([]);
    expect(request).toMatchObject({ kind: 'data_request', state: 'ready', hasFile: true });
    const file = await privacyFile(world.database, tenant.deps.secrets, tenant.store, request?.id ?? '', 'it');
    expect(file?.text).toContain(`reason-of-${person.customerId}`);
  });

  test('for the erasure: nothing of the person is found any more, the ledger stays, others stay', async () => {
    const tenant = await world.tenant({ document });
    const [person, other] = [await somebody(world, tenant), await somebody(world, tenant)];
    const before = await tenant.entries();
    const found = (await whereFound(world, other.words)).length;
    expect(await ask(tenant, person.memberId, 'customer_redact')).toEqual({ ok: true, value: null });
    await carryOut(tenant);
    expect(await whereFound(world, person.words)).toEqual([]);
    expect((await whereFound(world, other.words)).length).toBe(found);
    expect(await tenant.entries()).toEqual(before);
    await tenant.audit();
    expect(await listed(tenant)).toMatchObject([{ kind: 'customer_redact', state: 'done' }]);
  });

  test('not of a guest, nor of somebody unknown, nor while the shop does not say who it is', async () => {
    const tenant = await world.tenant({ document });
    const emailHash = tenant.deps.secrets.hashEmail('guest@example.com');
    await tenant.settle([order({ customerId: null, emailHash, lines: [line({ listMinor: 2000 })] })], now);
    const { programId } = tenant.store;
    const guest = await world.database.prisma.member.findFirstOrThrow({ where: { programId } });
    expect(await ask(tenant, asId<MemberId>(guest.id), 'customer_redact')).toEqual({
      ok: false,
      error: { kind: 'no_customer' },
    });
    expect(await ask(tenant, asId<MemberId>(randomUUID()), 'data_request')).toEqual({
      ok: false,
      error: { kind: 'unknown_member' },
    });
    await tenant.settle([order({ orderId: 2, customerId: asId<PlatformId>('78') })], now);
    const { memberId } = await world.database.prisma.memberIdentity.findFirstOrThrow({
      where: { programId, value: '78' },
    });
    tenant.shop.failure = { kind: 'unavailable', reason: 'away' };
    expect(await ask(tenant, asId<MemberId>(memberId), 'data_request')).toEqual({
      ok: false,
      error: { kind: 'shop_away' },
    });
    tenant.shop.failure = null;
    expect(await listed(tenant)).toEqual([]);
  });
});
