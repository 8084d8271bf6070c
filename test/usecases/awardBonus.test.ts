import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Why } from '~/core/explanation/why';
import { asId, type MemberId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { explain } from '~/i18n/explain';
import { awardBonus, type Bonus } from '~/usecases/awardBonus';
import { at, order, program } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

describe.each(engines)('a wing gives points (%s)', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  const member = async (tenant: Tenant): Promise<MemberId> => {
    await tenant.settle([order()], at('12:01'));
    const [found] = await world.database.prisma.member.findMany({ where: { programId: tenant.store.programId } });
    return asId<MemberId>(found?.id ?? '');
  };
  const bonus = (memberId: MemberId, part: Partial<Bonus> = {}): Bonus => ({
    wing: 'warnings',
    key: 'first',
    memberId,
    points: 25,
    why: { say: 'recorded', values: { points: '25', date: 'today' } },
    occurredAt: at('13:00'),
    ...part,
  });
  const give = (tenant: Tenant, wish: Bonus, now = at('13:01')) =>
    awardBonus(tenant.deps, tenant.store.programId, wish, now);

  test('once for a key, however often it asks; the member is told, and the ledger adds up', async () => {
    const tenant = await world.tenant();
    const memberId = await member(tenant);
    const before = (await tenant.balance(at('13:00'))).available;
    const [one, two] = await Promise.all([give(tenant, bonus(memberId)), give(tenant, bonus(memberId))]);
    expect(one.ok).toBe(true);
    expect(two).toEqual(one);
    expect(await give(tenant, bonus(memberId), at('18:00'))).toEqual(one);
    expect((await tenant.balance(at('13:02'))).available).toBe(before + 25);
    const events = await world.database.prisma.event.findMany({
      where: { programId: tenant.store.programId, kind: 'points_moved' },
    });
    expect(events.filter(({ data }) => (data as { entryKind?: string }).entryKind === 'bonus')).toHaveLength(1);
    await tenant.audit();
  });
  test('another bonus under the same key, nobody, nothing and halves are refused and change nothing', async () => {
    const tenant = await world.tenant();
    const memberId = await member(tenant);
    await give(tenant, bonus(memberId));
    const before = await tenant.balance(at('13:02'));
    expect(await give(tenant, bonus(memberId, { points: 26 }))).toMatchObject({
      ok: false,
      error: { kind: 'key_used_otherwise', key: 'wing:warnings:first' },
    });
    const nobody = asId<MemberId>('01890000-0000-7000-8000-00000000abcd');
    expect(await give(tenant, bonus(nobody, { key: 'b' }))).toEqual({ ok: false, error: { kind: 'unknown_member' } });
    for (const points of [0, -5, 2.5, Number.NaN, 2_000_000_000])
      expect(await give(tenant, bonus(memberId, { key: 'c', points }))).toEqual({
        ok: false,
        error: { kind: 'not_points' },
      });
    expect(await tenant.balance(at('13:02'))).toEqual(before);
  });
  test('it says why in the wing’s own words; and in ours once the wing is gone', async () => {
    const tenant = await world.tenant();
    const memberId = await member(tenant);
    const given = await give(tenant, bonus(memberId));
    if (!given.ok) throw new Error(given.error.kind);
    const [entry] = await world.database.prisma.entry.findMany({ where: { id: given.value.entryId } });
    const why = entry?.why as Why;
    expect(entry).toMatchObject({ kind: 'bonus', key: 'wing:warnings:first' });
    expect(explain(why, 25, 0, 'en', program().names).sentence).toBe('Warning for 25 on today');
    const gone = { ...why, wing: 'gone' } as Why;
    expect(explain(gone, 25, 0, 'it', program().names).sentence).toBe('Per un’iniziativa che il negozio non offre più');
  });
  test('one that becomes known late lives by the policies of its time, and by what was done since', async () => {
    const base = program();
    const policies = (months: number) => ({ ...base.policies, expiry: { kind: 'inactivity_months' as const, months } });
    const tenant = await world.tenant({ document: { ...base, policies: policies(3) } });
    const memberId = await member(tenant);
    await tenant.settle([order({ orderId: 2, instant: at('12:00', 25), updatedAt: at('12:00', 25) })], at('12:01', 25));
    const late = await give(tenant, bonus(memberId, { occurredAt: at('13:00') }), at('12:00', 28));
    if (!late.ok) throw new Error(late.error.kind);
    const [lot] = await world.database.prisma.lot.findMany({ where: { id: late.value.entryId } });
    const [ofOrder] = await world.database.prisma.lot.findMany({
      where: { programId: tenant.store.programId, originOrderId: '2' },
    });
    expect(lot?.openedAt.getTime()).toBe(at('13:00'));
    expect(lot?.expiresAt).toEqual(ofOrder?.expiresAt);
    await tenant.audit();
  });
  test('under inactivity it renews what the member has, from its own time on', async () => {
    const document = program();
    const expiry = { kind: 'inactivity_months', months: 6 } as const;
    const tenant = await world.tenant({ document: { ...document, policies: { ...document.policies, expiry } } });
    const memberId = await member(tenant);
    const endOf = async (): Promise<number> => {
      const [lot] = await world.database.prisma.lot.findMany({
        where: { programId: tenant.store.programId, originOrderId: { not: null } },
      });
      return lot?.expiresAt?.getTime() ?? 0;
    };
    const before = await endOf();
    const month = 30 * 86_400_000;
    const occurredAt = instant(at('12:00') + 2 * month);
    await give(tenant, bonus(memberId, { occurredAt }), occurredAt);
    expect(await endOf()).toBeGreaterThan(before + month);
    await tenant.audit();
  });
});
