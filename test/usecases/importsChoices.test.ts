import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { agreeToImport, undoImport } from '~/features/pointFiles/usecases/decideImport';
import { matureMembers } from '~/usecases/matureMembers';
import { redeemReward } from '~/usecases/redeemReward';
import { importsPage } from '~/features/pointFiles/views/importsPage';
import { at, line, order, program } from 'test/support/builders';
import { engines } from 'test/support/database';
import { importsOf } from 'test/support/imports';
import { openWorld, type Tenant, type World } from 'test/support/world';

const now = at('12:00', 15);
const later = at('12:00', 16);

describe.each(engines)('what the merchant decides about a file, on %s', (engine) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld(engine);
  });
  afterAll(() => world.close());

  const shopOf = async (part: Parameters<World['tenant']>[0] = {}) => {
    const tenant = await world.tenant(part);
    tenant.shop.putCustomer('77', { email: 'giulia@example.com' });
    tenant.shop.putCustomer('78', { email: 'marco@example.com' });
    tenant.shop.putCustomer('79', { email: 'anna@example.com' });
    return { tenant, ...importsOf(tenant, now) };
  };
  const bought = (tenant: Tenant, euros: number, orderId = 1, when = now) =>
    tenant.settle([order({ orderId, instant: when, lines: [line({ listMinor: euros * 100 })] })], when);
  const pointsOf = async (tenant: Tenant) => (await tenant.entries()).map(({ kind, points }) => [kind, points]);
  const spend = (tenant: Tenant, points: number) =>
    redeemReward(
      tenant.deps,
      tenant.store,
      {
        redemptionId: asId<RedemptionId>(randomUUID()),
        customerId: asId<PlatformId>('77'),
        rewardId: 'as-you-like',
        points,
        cart: null,
      },
      now,
    );

  test('negative balances stay out unless the merchant agrees; then they are owed', async () => {
    const { tenant, look, batchOf } = await shopOf();
    const file = 'email,points\ngiulia@example.com,−50\nmarco@example.com,30\nguest@example.com,–7\n';
    const { batch, problems } = await look(file);
    expect(batch).toMatchObject({ good: 1, bad: 2, debts: 2, unknownDebts: 1, debtPoints: -57, points: 30 });
    expect(problems).toEqual([
      [2, 'negative_balance', '-50'],
      [4, 'negative_balance', '-7'],
    ]);
    expect(await agreeToImport(tenant.deps, tenant.store, batch.id, { leaveOut: false, withGuests: true })).toEqual({
      ok: false,
      error: { kind: 'bad_lines', count: 2 },
    });
    expect((await agreeToImport(tenant.deps, tenant.store, batch.id, { leaveOut: true, withGuests: true })).ok).toBe(
      true,
    );
    await importsOf(tenant, now).run(batch.id);
    expect(await pointsOf(tenant)).toEqual([['import', 30]]);

    const other = await shopOf();
    await bought(other.tenant, 20);
    const id = await other.post(file, { leaveOut: false, withDebts: true, withGuests: false });
    expect(await other.batchOf(id)).toMatchObject({ state: 'done', posted: 2, postedPoints: -20 });
    // 20 points were there: the debt takes them, 30 are owed until more is earned.
    expect(await other.tenant.balance(now, '77')).toMatchObject({ available: 0, debt: 30 });
    await bought(other.tenant, 100, 2);
    expect(await other.tenant.balance(now, '77')).toMatchObject({ available: 70, debt: 0 });
    await other.tenant.audit();
    await other.undo(id, later);
    expect(await other.tenant.balance(later, '77')).toMatchObject({ available: 120, debt: 0 });
    expect((await other.tenant.balance(later, '78')).available).toBe(0);
    await other.tenant.audit();
    expect(await batchOf(batch.id)).toMatchObject({ posted: 1, postedPoints: 30 });
  });

  test('undone while it is owed, a debt of a file is gone', async () => {
    const { tenant, post, undo } = await shopOf();
    const id = await post('email,points\ngiulia@example.com,-50\n', { withDebts: true });
    expect(await tenant.balance(now)).toMatchObject({ available: 0, debt: 50 });
    await undo(id);
    expect(await tenant.balance(now)).toMatchObject({ available: 0, debt: 0 });
    expect(await pointsOf(tenant)).toEqual([
      ['import', -50],
      ['import', 50],
    ]);
    await tenant.audit();
  });

  test('"reset to": every balance becomes what the file says; a second run of the file posts nothing', async () => {
    const { tenant, post, batchOf } = await shopOf();
    await bought(tenant, 30);
    await post('email,points\nanna@example.com,500\n');
    const file =
      'email,points\ngiulia@example.com,100\nmarco@example.com,40\nanna@example.com,0\nnobody@example.com,0\n';
    const id = await post(file, { mode: 'reset' });
    expect(await batchOf(id)).toMatchObject({ state: 'done', zeros: 1, posted: 3, postedPoints: 70 + 40 - 500 });
    expect((await tenant.balance(now, '77')).available).toBe(100);
    expect((await tenant.balance(now, '78')).available).toBe(40);
    expect((await tenant.balance(now, '79')).available).toBe(0);
    const entries = await tenant.entries();
    expect(entries.map(({ points }) => points)).toEqual([30, 500, 70, 40, -500]);
    const again = await post(file, { mode: 'reset' });
    expect(await batchOf(again)).toMatchObject({ state: 'done', posted: 3, postedPoints: 0 });
    expect(await tenant.entries()).toEqual(entries);
    await tenant.audit();
  });

  test('"reset to" takes the balance at posting: what was spent or earned since the review is no error', async () => {
    const { tenant, look, run } = await shopOf();
    await bought(tenant, 80);
    const { id } = await look('email,points\ngiulia@example.com,100\n');
    expect((await spend(tenant, 60)).ok).toBe(true);
    await agreeToImport(tenant.deps, tenant.store, id, { leaveOut: false, withGuests: true, mode: 'reset' });
    await bought(tenant, 5, 2);
    await Promise.all([run(id), run(id)]);
    expect((await tenant.balance(now)).available).toBe(100);
    expect((await pointsOf(tenant)).filter(([kind]) => kind === 'import')).toEqual([['import', 75]]);
    const why = await tenant.deps.database.prisma.entry.findFirstOrThrow({
      where: { programId: tenant.store.programId, kind: 'import' },
    });
    expect(why.why).toMatchObject({ kind: 'import', setTo: 100 });
    await tenant.audit();
  });

  test('"reset to": what is owed counts, what waits on hold stays and comes on top at its date', async () => {
    const { tenant, post, undo } = await shopOf({ document: program({ earning: { holdDays: 3 } }) });
    await bought(tenant, 40);
    await post('email,points\ngiulia@example.com,-25\n', { withDebts: true });
    expect(await tenant.balance(now)).toMatchObject({ available: 0, pending: 40, debt: 25 });
    const id = await post('email,points\ngiulia@example.com,100\n', { mode: 'reset' });
    // 125 were posted: 25 paid what was owed.
    expect(await tenant.balance(now)).toMatchObject({ available: 100, pending: 40, debt: 0 });
    const due = instant(now + 4 * 86_400_000);
    await matureMembers(tenant.deps, due);
    expect(await tenant.balance(due)).toMatchObject({ available: 140, pending: 0 });
    await undo(id, due);
    expect((await tenant.balance(due)).available).toBe(15);
    await tenant.audit();
  });

  test('"reset to" a debt, agreed to, ends at that debt; lowered balances come back when undone', async () => {
    const { tenant, post, undo } = await shopOf();
    await bought(tenant, 30);
    const id = await post('email,points\ngiulia@example.com,-20\n', { mode: 'reset', withDebts: true });
    expect(await pointsOf(tenant)).toEqual([
      ['award', 30],
      ['import', -50],
    ]);
    expect(await tenant.balance(now)).toMatchObject({ available: 0, debt: 20 });
    const again = await post('email,points\ngiulia@example.com,-20\n', { mode: 'reset', withDebts: true });
    expect(await pointsOf(tenant)).toHaveLength(2);
    await undo(again, later);
    await undo(id, later);
    expect(await tenant.balance(later)).toMatchObject({ available: 30, debt: 0 });
    await tenant.audit();
  });

  test('histories, points that wait and points to add are no balances: members are not set to them', async () => {
    for (const file of [
      'customer_id,points,occurred_at\n77,5,2026-01-01\n78,6,\n',
      'customer_id,points,available_at\n77,5,2026-12-01\n',
      'email,points,add_points\ngiulia@example.com,,5\n',
    ]) {
      const { tenant, look } = await shopOf();
      const { id } = await look(file);
      const agreement = { leaveOut: false, withGuests: true, mode: 'reset' as const };
      expect(await agreeToImport(tenant.deps, tenant.store, id, agreement)).toEqual({
        ok: false,
        error: { kind: 'no_balances' },
      });
      expect((await agreeToImport(tenant.deps, tenant.store, id, { ...agreement, mode: 'add' })).ok).toBe(true);
    }
  });

  test('points to add may be given to one person twice; a balance may not', async () => {
    const { look } = await shopOf();
    const added = await look(
      'email,points,add_points\ngiulia@example.com,,5\ngiulia@example.com,,6\n' +
        'giulia@example.com,7,\ngiulia@example.com,8,\n',
    );
    expect(added.problems).toEqual([[5, 'repeated', '4']]);
    expect(added.batch.points).toBe(18);
  });

  test('a negative balance beside another one of the same person is the repeated one', async () => {
    const { look } = await shopOf();
    const { problems, batch } = await look('email,points\ngiulia@example.com,-5\ngiulia@example.com,8\n');
    expect(problems).toEqual([[2, 'repeated', '3']]);
    expect(batch).toMatchObject({ good: 1, debts: 0 });
  });

  test('the page says what the points are worth and how many lines have which problem', async () => {
    const { tenant, look } = await shopOf();
    const { batch } = await look('email,points\ngiulia@example.com,250\nx,1\ny,2\nmarco@example.com,1.5\n');
    const page = await importsPage(tenant.deps.database, tenant.store);
    expect(page.current?.id).toBe(batch.id);
    expect(page.counts).toEqual([
      { kind: 'bad_email', count: 2 },
      { kind: 'bad_points', count: 1 },
    ]);
    // By the most generous reward of the program: 100 points are 5 €.
    expect(page.worthMinor).toBe(1250);
    expect(page.membersToUndo).toBe(0);
  });

  test('while a file is taken back the page says of how many members, each once', async () => {
    const { tenant, post, batchOf } = await shopOf();
    const lines = [
      'customer_id,points,occurred_at',
      '77,250,2026-01-10',
      '78,20,2026-01-10',
      '77,5,2026-02-10',
      '79,x,',
    ];
    const id = await post(`${lines.join('\n')}\n`, { leaveOut: true, withGuests: true });
    expect((await undoImport(tenant.deps, tenant.store, id)).ok).toBe(true);
    const page = await importsPage(tenant.deps.database, tenant.store);
    expect([page.current?.state, page.current?.undone, page.membersToUndo]).toEqual(['undoing', 0, 2]);
    await importsOf(tenant, now).run(id);
    expect(await batchOf(id)).toMatchObject({ state: 'undone', undone: 2 });
  });
});
