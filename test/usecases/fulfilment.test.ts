import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newReward, type RewardOf } from '~/core/rewards/section';
import { asId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { perTongue } from '~/core/values/text';
import { endFulfilment, type Ending } from '~/features/fulfilment/usecases/endFulfilment';
import { reopenFulfilment } from '~/features/fulfilment/usecases/reopenFulfilment';
import { forgetAnswers } from '~/features/fulfilment/usecases/forgetAnswers';
import { fulfilmentDue, fulfilmentFile, fulfilmentPage } from '~/features/fulfilment/views/fulfilmentPage';
import { explain } from '~/i18n/explain';
import { whyForMember, type Why } from '~/core/explanation/why';
import { givenText } from '~/i18n/storefrontWords';
import { uuidv7 } from '~/process/uuid';
import { cancelRedemption } from '~/usecases/cancelRedemption';
import { finishRedemptions } from '~/usecases/finishRedemption';
import { publishMember } from '~/usecases/publishMember';
import { redeemReward } from '~/usecases/redeemReward';
import { at, line, order, program } from 'test/support/builders';
import { engines } from 'test/support/database';
import { openWorld, type Tenant, type World } from 'test/support/world';

const [anna, ben] = [asId<PlatformId>('77'), asId<PlatformId>('78')];
const newId = (): RedemptionId => asId<RedemptionId>(uuidv7());
const day = 86_400_000;

describe.each(engines)('an experience (%s)', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());

  const bought = (orderId: number, customerId: PlatformId) =>
    order({ orderId, customerId, lines: [line({ listMinor: 30_000 })] });
  /** A program with a tour of the cellar for 100 points, due in 14 days; Anna and Ben have 300 points each. */
  const offering = async (part: Partial<RewardOf<'experience'>> = {}): Promise<Tenant> => {
    const tour = newReward('experience', 'tour', 'EUR') as RewardOf<'experience'>;
    const reward = { ...tour, name: perTongue(() => 'Cellar tour'), enabled: true, points: 100, ...part };
    const tenant = await world.tenant({ document: { ...program(), rewards: [reward] } });
    await tenant.settle([bought(1, anna), bought(2, ben)], at('12:01'));
    return tenant;
  };
  const take = (tenant: Tenant, part: Partial<Parameters<typeof redeemReward>[2]> = {}, now = at('12:10')) =>
    redeemReward(
      tenant.deps,
      tenant.store,
      { redemptionId: newId(), customerId: anna, rewardId: 'tour', points: null, cart: null, ...part },
      now,
    );
  const list = (tenant: Tenant, view: 'to_do' | 'ended' = 'to_do') =>
    fulfilmentPage(tenant.deps.database, tenant.shop, tenant.store, { view, after: null });
  const end = (tenant: Tenant, id: RedemptionId, ending: Ending, by = 'staff:1') =>
    endFulfilment(tenant.deps, tenant.store.programId, { id, ending }, by, at('13:00'));
  const question = perTongue(() => 'Which size?');

  test('is taken without asking the shop, and stands on staff’s list with its day and answer', async () => {
    const tenant = await offering({ question });
    tenant.shop.failure = { kind: 'unavailable', reason: 'away' };
    const id = newId();
    const taken = await take(tenant, { redemptionId: id, answer: ' M, please ' });
    expect(taken).toMatchObject({ ok: true, value: { state: 'issued', points: 100, code: null, amountMinor: null } });
    if (!taken.ok) throw new Error(taken.error.kind);
    // The 24th is the last local day; in Rome it ends at 22:00 UTC.
    expect(taken.value.endsAt).toBe(Date.parse('2026-06-24T22:00:00Z'));
    expect(givenText('en', taken.value, 'Europe/Rome')).toBe('It is yours. We write to you by 24 Jun 2026.');
    tenant.shop.failure = null;
    expect((await list(tenant)).items).toMatchObject([
      { id, answer: 'M, please', points: 100, state: 'issued', card: { displayName: 'Customer 77' } },
    ]);
    expect((await tenant.balance(at('12:11'))).available).toBe(200);
    expect(await take(tenant, { redemptionId: id, answer: 'L' })).toEqual(taken);
    expect((await list(tenant)).items).toMatchObject([{ answer: 'M, please' }]);
    await tenant.audit();
  });

  test('is no code: nothing ends by itself, nothing can be given back, and the shop is told of none', async () => {
    const tenant = await offering();
    const id = newId();
    const taken = await take(tenant, { redemptionId: id });
    if (!taken.ok) throw new Error(taken.error.kind);
    const late = instant(at('12:10') + 300 * day);
    await finishRedemptions(tenant.deps, late);
    await publishMember(tenant.deps, tenant.store.programId, taken.value.memberId, late);
    expect(tenant.shop.published.get('77')).toMatchObject({ codes: [], returning: null });
    expect(await cancelRedemption(tenant.deps, tenant.store, anna, id, late)).toMatchObject({ ok: false });
    expect((await list(tenant)).items).toHaveLength(1);
    expect(await fulfilmentDue(tenant.deps.database, tenant.store.programId, at('12:11'))).toEqual({
      open: 1,
      overdue: 0,
    });
    expect(await fulfilmentDue(tenant.deps.database, tenant.store.programId, late)).toEqual({ open: 1, overdue: 1 });
  });

  test('done: the points are spent, once, and nobody can say otherwise any more', async () => {
    const tenant = await offering();
    const id = newId();
    await take(tenant, { redemptionId: id });
    expect(await end(tenant, id, { kind: 'done' })).toEqual({ ok: true, value: null });
    const ended = { ok: false, error: { kind: 'ended' } };
    expect(await end(tenant, id, { kind: 'done' }), 'the answer got lost').toEqual({ ok: true, value: null });
    expect(await end(tenant, id, { kind: 'done' }, 'staff:2'), 'somebody was quicker').toEqual(ended);
    expect(await end(tenant, id, { kind: 'not_done', reason: 'late' })).toEqual(ended);
    expect(await end(tenant, newId(), { kind: 'done' })).toEqual(ended);
    expect((await list(tenant)).items).toEqual([]);
    expect((await list(tenant, 'ended')).items).toMatchObject([
      { id, state: 'used', by: 'staff:1', finishedAt: at('13:00') },
    ]);
    expect((await tenant.balance(at('13:01'))).available).toBe(200);
    await tenant.audit();
  });

  test('that was marked as done by mistake is on the list again, and can end either way', async () => {
    const tenant = await offering();
    const id = newId();
    await take(tenant, { redemptionId: id });
    const reopen = (of = id) => reopenFulfilment(tenant.deps, tenant.store.programId, of, at('13:05'));
    expect(await reopen(), 'it is on the list').toEqual({ ok: true, value: null });
    await end(tenant, id, { kind: 'done' });
    expect(await reopen()).toEqual({ ok: true, value: null });
    expect(await reopen(), 'the answer got lost').toEqual({ ok: true, value: null });
    expect((await list(tenant)).items).toMatchObject([{ id, state: 'issued', by: null, finishedAt: null }]);
    expect((await list(tenant, 'ended')).items).toEqual([]);
    expect((await tenant.balance(at('13:06'))).available).toBe(200);
    await end(tenant, id, { kind: 'not_done', reason: 'ill' }, 'staff:2');
    expect((await tenant.balance(at('13:07'))).available).toBe(300);
    expect(await reopen(), 'the points are back').toEqual({ ok: false, error: { kind: 'not_done' } });
    expect(await reopen(newId())).toEqual({ ok: false, error: { kind: 'not_done' } });
    expect((await tenant.balance(at('13:08'))).available).toBe(300);
    await tenant.audit();
  });

  test('that cannot be done gives the points back, once, with the reason for the member', async () => {
    const tenant = await offering();
    const id = newId();
    await take(tenant, { redemptionId: id });
    expect(await end(tenant, id, { kind: 'not_done', reason: ' ' })).toEqual({
      ok: false,
      error: { kind: 'reason_missing' },
    });
    const twice = await Promise.all(
      [1, 2].map(() => end(tenant, id, { kind: 'not_done', reason: 'The cellar is flooded' })),
    );
    expect(twice.some(({ ok }) => ok)).toBe(true);
    const flooded = { kind: 'not_done', reason: 'The cellar is flooded ' } as const;
    expect(await end(tenant, id, flooded), 'the answer got lost').toEqual({ ok: true, value: null });
    for (const [other, by] of [
      [{ kind: 'done' }, 'staff:1'],
      [{ kind: 'not_done', reason: 'Nobody is there' }, 'staff:1'],
      [flooded, 'staff:2'],
    ] as const)
      expect(await end(tenant, id, other, by)).toEqual({ ok: false, error: { kind: 'ended' } });
    expect((await tenant.balance(at('13:01'))).available).toBe(300);
    expect((await list(tenant, 'ended')).items).toMatchObject([{ state: 'released', reason: 'The cellar is flooded' }]);
    const entry = await world.database.prisma.entry.findFirstOrThrow({
      where: { programId: tenant.store.programId, kind: 'release' },
    });
    const why = whyForMember(entry.why as unknown as Why);
    expect(explain(why, 100, 0, 'en', program().names).sentence).toBe('It could not be done: The cellar is flooded');
    // It is free for somebody else, and the member may take it again.
    expect(await take(tenant)).toMatchObject({ ok: true });
    await tenant.audit();
  });

  test('of which none is left is refused; one that could not be done is there again', async () => {
    const tenant = await offering({ stock: 1 });
    const both = await Promise.all([anna, ben].map((customerId) => take(tenant, { customerId })));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)).toEqual({ ok: false, error: { kind: 'sold_out' } });
    const [item] = (await list(tenant)).items;
    if (item === undefined) throw new Error('nothing on the list');
    await end(tenant, item.id, { kind: 'not_done', reason: 'ill' });
    expect(await take(tenant, { customerId: ben })).toMatchObject({ ok: true });
    await tenant.audit();
  });

  test('without an answer, or without points, nothing is written', async () => {
    const tenant = await offering({ question, points: 301 });
    expect(await take(tenant)).toEqual({ ok: false, error: { kind: 'answer_missing' } });
    expect(await take(tenant, { answer: 'M' })).toMatchObject({ ok: false, error: { kind: 'not_enough_points' } });
    expect(await world.database.prisma.fulfilment.count({ where: { programId: tenant.store.programId } })).toBe(0);
  });

  test('its answer is erased after 90 days; the rest stays on the list', async () => {
    const tenant = await offering({ question });
    await take(tenant, { answer: 'M' });
    await forgetAnswers(tenant.deps, instant(at('12:10') + 90 * day));
    expect((await list(tenant)).items).toMatchObject([{ answer: 'M' }]);
    await forgetAnswers(tenant.deps, instant(at('12:10') + 90 * day + 1));
    expect((await list(tenant)).items).toMatchObject([{ answer: null, points: 100 }]);
  });

  test('the file has both lists, in pages, with what a spreadsheet would run made plain', async () => {
    const tenant = await offering({ question });
    const id = newId();
    await take(tenant, { redemptionId: id, answer: '=1+1' });
    await take(tenant, { customerId: ben, answer: 'a "big" one' });
    await end(tenant, id, { kind: 'done' });
    let text = '';
    for await (const part of fulfilmentFile(tenant.deps.database, tenant.shop, tenant.store, 'en')) text += part;
    const [, open, done] = text.split('\n');
    expect(open).toContain(',to do,Cellar tour,100,Customer 78,,');
    expect(open).toContain('Which size?,"a ""big"" one",');
    expect(done).toContain(',done,Cellar tour,100,Customer 77,,');
    expect(done).toContain(",'=1+1,");
  });
});
