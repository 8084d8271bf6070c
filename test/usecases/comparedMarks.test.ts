import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProgramDocument } from '~/core/program/document';
import { asId, type MemberId, type PlatformId } from '~/core/values/ids';
import { perTongue } from '~/core/values/text';
import type { Instant } from '~/core/values/instant';
import { publishMemberLater } from '~/usecases/effects/publishMember';
import { publishMember } from '~/usecases/publishMember';
import { reconcileStore, startReconciliation } from '~/usecases/reconcileStore';
import { at, line, order, program } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

const ids = (...numbers: readonly number[]): readonly PlatformId[] => numbers.map((n) => asId<PlatformId>(String(n)));
const tag = 'tier:gold';

describe.each(engines)('the mark of a tier that ships for nothing (%s)', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  const ships = { kind: 'free_shipping', currency: 'EUR', minimumSubtotalMinor: null, maxRateMinor: null } as const;
  const documentWith = (perks: readonly object[]): ProgramDocument => {
    const level = { id: 'gold', name: perTongue(() => 'Gold'), threshold: 10_000, perks };
    return program({
      tiers: { metric: 'spend', currency: 'EUR', window: { kind: 'lifetime' }, levels: [level] } as never,
    });
  };
  const [anna, ben, cora, stranger] = ids(701, 702, 703, 799) as [PlatformId, PlatformId, PlatformId, PlatformId];

  /** Anna and Ben are gold, Cora is not; all are published. */
  const published = async (perks: readonly object[] = [ships]): Promise<Tenant> => {
    const tenant = await world.tenant({ document: documentWith(perks) });
    await tenant.settle(
      [anna, ben, cora].map((customerId, n) =>
        order({ orderId: n + 1, customerId, lines: [line({ listMinor: customerId === cora ? 100 : 20_000 })] }),
      ),
      at('12:01'),
    );
    for (const memberId of await members(tenant))
      await publishMember(tenant.deps, tenant.store.programId, memberId, at('12:02'));
    return tenant;
  };
  const members = async ({ store: { programId } }: Tenant): Promise<readonly MemberId[]> =>
    (await world.database.prisma.member.findMany({ where: { programId } })).map(({ id }) => asId<MemberId>(id));
  const marks = ({ shop }: Tenant, customerId: PlatformId) => shop.customerOf(customerId)?.marks ?? [];
  const compare = async ({ deps, store }: Tenant, now: Instant) =>
    reconcileStore(deps, store, await startReconciliation(deps, store, randomUUID(), now), now);
  /** What the job of the night left to the job that tells the shop. */
  const publishAsked = async ({ deps, store }: Tenant, now: Instant): Promise<number> => {
    const jobs = await world.queue.fetch(publishMemberLater, 50);
    const own = jobs.filter(({ data }) => data.programId === store.programId);
    for (const { data } of own) await publishMember(deps, data.programId, data.memberId, now);
    await world.queue.complete(publishMemberLater, jobs);
    return own.length;
  };

  test('is given back to whoever lost it, and taken from whoever should not carry it', async () => {
    const tenant = await published();
    await publishAsked(tenant, at('12:03'));
    expect([anna, ben, cora].map((customer) => marks(tenant, customer).includes(tag))).toEqual([true, true, false]);
    expect(await compare(tenant, at('13:00'))).toMatchObject({ state: 'done', marks: 0 });
    // Somebody tidied up tags in the shop.
    tenant.shop.putCustomer(ben, { marks: ['friend'] });
    tenant.shop.putCustomer(cora, { marks: [tag, 'friend'] });
    tenant.shop.putCustomer(stranger, { marks: [tag] });
    expect(await compare(tenant, at('14:00'))).toMatchObject({ state: 'done', marks: 3 });
    expect(marks(tenant, stranger)).toEqual([]);
    expect(await publishAsked(tenant, at('14:01'))).toBe(2);
    expect(marks(tenant, anna)).toContain(tag);
    expect([...marks(tenant, ben)].sort()).toEqual(['friend', tag]);
    expect(marks(tenant, cora)).toEqual(['friend']);
    expect(await compare(tenant, at('15:00'))).toMatchObject({ state: 'done', marks: 0 });
  });

  test('is not compared where nothing depends on it', async () => {
    const tenant = await published([]);
    await publishAsked(tenant, at('12:03'));
    tenant.shop.putCustomer(stranger, { marks: [tag] });
    expect(await compare(tenant, at('13:00'))).toMatchObject({ state: 'done', marks: 0 });
    expect(marks(tenant, stranger)).toEqual([tag]);
  });

  test('waits for the shop: what could not be read is compared later, and nothing is taken on suspicion', async () => {
    const tenant = await published();
    await publishAsked(tenant, at('12:03'));
    const away = {
      ...tenant.shop,
      listMarked: () =>
        Promise.resolve({ ok: false as const, error: { kind: 'unavailable' as const, reason: 'away' } }),
    };
    const deps = { ...tenant.deps, platformOf: () => away };
    await expect(compare({ ...tenant, deps }, at('13:00'))).rejects.toThrow('could not be listed: away');
    expect(await publishAsked(tenant, at('13:01'))).toBe(0);
    expect(await compare(tenant, at('13:02'))).toMatchObject({ state: 'done', marks: 0 });
  });
});
