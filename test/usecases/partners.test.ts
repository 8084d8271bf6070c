import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { asId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { writePartner } from '~/features/partners/db/partners';
import { filePartner } from '~/features/partners/usecases/filePartner';
import { removePartner } from '~/features/partners/usecases/removePartner';
import { setUpPartner } from '~/features/partners/usecases/setUpPartner';
import { uploadCatalogue } from '~/features/partners/usecases/uploadCatalogue';
import { uploadItemCodes } from '~/features/partners/usecases/uploadItemCodes';
import { partnerItems, partnerPage, partnersPage } from '~/features/partners/views/partnerPages';
import { fulfilmentDue } from '~/features/fulfilment/views/fulfilmentPage';
import { givenText, refusalText } from '~/i18n/storefrontWords';
import type { Partner, PartnerAccess } from '~/platforms/partner';
import { httpPartner } from '~/platforms/partners/http';
import { callOutward } from '~/process/callOutward';
import { uuidv7 } from '~/process/uuid';
import type { Deps } from '~/usecases/deps';
import { finishRedemption, finishRedemptions } from '~/usecases/finishRedemption';
import { redeemReward } from '~/usecases/redeemReward';
import { shownCodes } from '~/views/shownCodes';
import { at, line, order, program } from 'test/support/builders';
import { engines, runsOn } from 'test/support/database';
import { ticketReward, withFiles, withServer } from 'test/support/partners';
import { codeFor, openPartnerServer, type PartnerServer } from 'test/support/partnerServer';
import { numbers, unsteady } from 'test/support/unsteady';
import { openWorld, type Tenant, type World } from 'test/support/world';

const customerId = asId<PlatformId>('77');
const newId = (): RedemptionId => asId<RedemptionId>(uuidv7());
const noCode = { code: null, link: null };

describe.each(engines)('something of a partner’s (%s)', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world?.close());
  const servers: PartnerServer[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });

  const offering = async (part: Parameters<typeof ticketReward>[0] = {}): Promise<Tenant> => {
    const tenant = await world.tenant({ document: { ...program(), rewards: [ticketReward(part)] } });
    await tenant.settle([order({ lines: [line({ listMinor: 30_000 })] })], at('12:01'));
    return tenant;
  };
  const offeringOf = async (part: Partial<PartnerServer> = {}) => {
    const server = Object.assign(await openPartnerServer(), part);
    servers.push(server);
    const tenant = await offering({ points: 100 });
    await withServer(tenant, server);
    server.asked.length = 0;
    return { tenant, server };
  };
  const take = ({ deps, store }: Tenant, redemptionId = newId(), now = at('12:10'), with_: Deps = deps) =>
    redeemReward(with_, store, { redemptionId, customerId, rewardId: 'ticket', points: null, cart: null }, now);
  const rowOf = ({ store: { programId } }: Tenant, id: RedemptionId) =>
    world.database.prisma.redemption.findUniqueOrThrow({ where: { programId_id: { programId, id } } });
  const shown = async ({ deps, store }: Tenant, id: RedemptionId) =>
    (await shownCodes(deps, store.programId, [{ id, grant: 'partner' }])).get(id) ?? noCode;
  const available = async (tenant: Tenant, now = at('13:00')) => (await tenant.balance(now)).available;

  test('with files is delivered with the points: the code once, encrypted, with where it is used', async () => {
    const tenant = await offering({ points: 100 });
    await withFiles(tenant, ['A 1', 'B-2']);
    const id = newId();
    const taken = await take(tenant, id);
    if (!taken.ok) throw new Error(taken.error.kind);
    expect(taken.value).toMatchObject({ state: 'used', points: 100, amountMinor: null, code: null });
    expect(await shown(tenant, id)).toEqual({ code: 'A 1', link: 'https://cinema.example/use?code=A%201' });
    expect(givenText('en', taken.value, 'Europe/Rome', await shown(tenant, id))).toBe(
      'Your code: A 1 · Use it here: https://cinema.example/use?code=A%201 · You find it in your history, too.',
    );
    expect(await take(tenant, id, at('12:20'))).toMatchObject({ ok: true, value: { id, state: 'used' } });
    const rows = await world.database.prisma.partnerOrder.findMany({ where: { programId: tenant.store.programId } });
    expect(rows).toHaveLength(1);
    expect(Buffer.from(rows[0]?.delivery ?? []).toString('latin1')).not.toContain('A 1');
    expect(await available(tenant)).toBe(200);
    // Nothing comes back with the order.
    const cancelled = { updatedAt: at('14:00'), cancelledAt: at('14:00') };
    await tenant.settle([order({ lines: [line({ listMinor: 30_000 })], ...cancelled })], at('14:01'));
    expect((await tenant.balance(at('14:02'))).debt).toBe(100);
    await tenant.audit();
  });

  test('that is sold out, dearer by 10 % or not asked for any more is refused in words; points stay', async () => {
    const tenant = await offering({ points: 100 });
    await withFiles(tenant, []);
    const refused = async () => {
      const taken = await take(tenant);
      return taken.ok ? '' : refusalText('en', taken.error);
    };
    expect(await refused()).toBe('Sold out at the moment. Your balance stays.');
    const { deps, store } = tenant;
    const codes = { partnerId: 'cine', text: 'ticket,A\nticket,B\n' };
    expect(await uploadItemCodes(deps, store, codes, at('12:05'))).toMatchObject({ ok: true, value: 2 });
    const price = (cost: string) => uploadCatalogue(deps, store, { partnerId: 'cine', text: `ticket,Ticket,${cost}` });
    await price('8.25');
    expect(await refused()).toBe(
      'The partner’s price has gone up, so it cannot be had at the moment. Your balance stays.',
    );
    await price('8.24');
    expect(await refused()).toBe('');
    await uploadCatalogue(deps, store, { partnerId: 'cine', text: 'zoo,Zoo,7.50' });
    expect(await refused()).toBe('Sold out at the moment. Your balance stays.');
    expect(await available(tenant)).toBe(200);
    expect(await world.database.prisma.redemption.count({ where: { programId: store.programId } })).toBe(1);
  });

  test('of somebody who cannot pay is asked for nowhere', async () => {
    const { tenant, server } = await offeringOf();
    for (let n = 0; n < 3; n += 1) await take(tenant);
    server.asked.length = 0;
    expect(await take(tenant)).toEqual({
      ok: false,
      error: { kind: 'not_enough_points', available: 0, asked: 100 },
    });
    expect(server.asked).toEqual([]);
  });

  test('over HTTP is ordered, and shown once the partner delivers', async () => {
    const { tenant, server } = await offeringOf({ delivers: false });
    const id = newId();
    const taken = await take(tenant, id);
    if (!taken.ok) throw new Error(taken.error.kind);
    expect(taken.value).toMatchObject({ state: 'issued' });
    expect(givenText('en', taken.value, 'Europe/Rome', await shown(tenant, id))).toBe(
      'It is ordered. As soon as the partner delivers, you find it in your history.',
    );
    // It waits for a partner, not for staff.
    expect(await fulfilmentDue(tenant.deps.database, tenant.store.programId, at('13:00'))).toEqual({
      ...{ open: 0, overdue: 0 },
    });
    await finishRedemptions(tenant.deps, at('12:11'));
    expect((await rowOf(tenant, id)).state).toBe('issued');
    for (const one of server.orders.values()) one.status = 'delivered';
    await finishRedemptions(tenant.deps, at('13:11'));
    expect((await rowOf(tenant, id)).state).toBe('used');
    expect(await shown(tenant, id)).toEqual({ code: codeFor(id), link: 'https://cinema.example/use' });
    expect(server.orders.size).toBe(1);
    await tenant.audit();
  });

  test('that the partner refuses gives the points back at once, with the partner’s words for staff', async () => {
    const { tenant, server } = await offeringOf({ delivers: false });
    const late = newId();
    await take(tenant, late);
    for (const one of server.orders.values())
      Object.assign(one, { status: 'refused', reason: 'The show is cancelled.' });
    await finishRedemption(tenant.deps, tenant.store.programId, late, at('12:11'));
    expect(await rowOf(tenant, late)).toMatchObject({ state: 'released', refusal: 'The show is cancelled.' });
    server.trouble = (question) => (question.startsWith('POST') ? 'refused' : null);
    expect(await take(tenant)).toEqual({
      ok: false,
      error: { kind: 'refused_by_partner', reasons: ['Not today.'] },
    });
    expect(await available(tenant, at('12:12'))).toBe(300);
    await tenant.audit();
  });

  test('whose answer is lost stays held, and the status is asked before it is ordered again', async () => {
    const { tenant, server } = await offeringOf();
    const id = newId();
    server.trouble = (question) => (question.startsWith('POST') ? 'lost' : null);
    expect(await take(tenant, id)).toMatchObject({ ok: true, value: { state: 'held' } });
    const [away] = [newId()];
    server.trouble = (question) => (question.startsWith('POST') ? 'away' : null);
    expect(await take(tenant, away)).toMatchObject({ ok: true, value: { state: 'held' } });
    // From now on the partner says no to whatever is ordered: what was ordered before stays.
    server.trouble = (question) => (question.startsWith('POST') ? 'refused' : null);
    server.asked.length = 0;
    for (const one of [id, away]) await finishRedemption(tenant.deps, tenant.store.programId, one, at('12:11'));
    expect(server.asked.slice(0, 2)).toEqual([`GET /v1/orders/${id}`, `GET /v1/orders/${away}`]);
    expect(server.asked.filter((question) => question.startsWith('POST'))).toHaveLength(1);
    expect((await rowOf(tenant, id)).state).toBe('used');
    expect((await rowOf(tenant, away)).state).toBe('released');
    expect(await available(tenant)).toBe(200);
    await tenant.audit();
  });

  test('whose order arrives late is there, whatever the partner says to the next one', async () => {
    const { tenant, server } = await offeringOf();
    const id = newId();
    server.trouble = (question) => (question.startsWith('POST') ? 'away' : null);
    expect(await take(tenant, id)).toMatchObject({ ok: true, value: { state: 'held' } });
    // Somebody may still be asking: it is not asked for twice within a minute.
    server.asked.length = 0;
    await finishRedemption(tenant.deps, tenant.store.programId, id, at('12:10'));
    expect(server.asked).toEqual([`GET /v1/orders/${id}`]);
    server.trouble = (question) => {
      if (!question.startsWith('POST')) return null;
      server.orders.set(id, { itemId: 'ticket', email: null, status: 'delivered' });
      return 'refused';
    };
    await finishRedemption(tenant.deps, tenant.store.programId, id, at('12:12'));
    expect((await rowOf(tenant, id)).state).toBe('used');
    expect((await shown(tenant, id)).code).toBe(codeFor(id));
    await tenant.audit();
  });

  test('is ordered with the e-mail address only where the partner asks for it, and it is kept nowhere', async () => {
    const { tenant, server } = await offeringOf();
    tenant.shop.putCustomer(customerId, { email: 'giulia@private.example' });
    await take(tenant);
    server.items.set('ticket', { name: 'Cinema ticket', cost: 750, available: true, needsEmail: true });
    const id = newId();
    await take(tenant, id);
    expect([...server.orders.values()].map(({ email }) => email)).toEqual([null, 'giulia@private.example']);
    const kept = await world.database.prisma.$queryRawUnsafe<{ row: string }[]>(
      `SELECT to_jsonb(o)::text || to_jsonb(r)::text AS row FROM partner_order o
       JOIN redemption r ON r.id = o.redemption_id
       WHERE o.program_id = '${tenant.store.programId}'`,
    );
    expect(kept).toHaveLength(2);
    for (const { row } of kept) expect(row).not.toContain('private.example');
  });

  test('is not ordered any more for somebody who was erased; what was ordered stays, its code does not', async () => {
    for (const trouble of ['lost', 'away'] as const) {
      const { tenant, server } = await offeringOf();
      server.trouble = (question) => (question.startsWith('POST') ? trouble : null);
      const id = newId();
      await take(tenant, id);
      server.trouble = () => null;
      const { programId } = tenant.store;
      const where = { programId_id: { programId, id } };
      await world.database.prisma.redemption.update({ where, data: { customerId: null } });
      await finishRedemption(tenant.deps, programId, id, at('12:11'));
      expect((await rowOf(tenant, id)).state).toBe(trouble === 'lost' ? 'used' : 'released');
      expect(server.orders.size).toBe(trouble === 'lost' ? 1 : 0);
      expect(await shown(tenant, id)).toEqual(noCode);
      await tenant.audit();
    }
  });

  /** Presses, leaves and sweeps until nothing waits any more; answers how each redemption ended. */
  const ended = async (tenant: Tenant, deps: Deps, random: () => number): Promise<readonly RedemptionId[]> => {
    const ids = Array.from({ length: runsOn(engine, 100) }, newId);
    let now: Instant = at('12:10');
    for (const id of ids)
      for (let presses = 0; presses === 0 || (presses < 4 && random() < 0.7); presses += 1)
        await take(tenant, id, now, deps).catch(() => null);
    const { programId } = tenant.store;
    const waiting = () =>
      world.database.prisma.redemption.findMany({ where: { programId, state: { in: ['held', 'issued'] } } });
    for (let turn = 0, left = await waiting(); turn < 1_440 && left.length > 0; turn += 1, left = await waiting()) {
      now = instant(now + 3_600_000);
      // Whoever dies leaves the others to the next turn.
      for (const { id } of left) await finishRedemption(deps, programId, asId<RedemptionId>(id), now).catch(() => null);
    }
    const rows = await world.database.prisma.redemption.findMany({ where: { programId } });
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['used', 'released']));
    const used = rows.filter(({ state }) => state === 'used');
    expect((await tenant.balance(now)).available).toBe(300 - used.length);
    await tenant.audit();
    return used.map(({ id }) => asId<RedemptionId>(id));
  };
  const shaken = (partner: Partner, random: () => number): Partner => {
    const ask = unsteady(random, 0.5);
    const silence = unsteady(random, 0.3, ['away', 'lost', 'died_before', 'died_after']);
    return {
      catalogue: partner.catalogue,
      quote: (itemId) => silence(() => partner.quote(itemId)),
      place: (wanted) => ask(() => partner.place(wanted)),
      status: (reference) => silence(() => partner.status(reference)),
    } as Partner;
  };

  test('whatever goes wrong, there is one order for points that are spent, and none for others', async () => {
    const { tenant, server } = await offeringOf();
    await world.database.prisma.$executeRawUnsafe(
      `UPDATE program_version SET document = jsonb_set(document::jsonb, '{rewards,0,points}', '1')
       WHERE program_id = '${tenant.store.programId}'`,
    );
    const random = numbers(20_261_129);
    server.trouble = () => {
      const lot = random();
      return lot < 0.1 ? 'lost' : lot < 0.2 ? 'away' : null;
    };
    // Half of the orders take a while.
    Object.defineProperty(server, 'delivers', { get: () => random() < 0.5 });
    const call = callOutward({ isLocal: true });
    const deps = { ...tenant.deps, partnerAt: () => shaken(httpPartner(server, call), random) };
    const delivering = setInterval(() => {
      for (const one of server.orders.values()) one.status = 'delivered';
    }, 50);
    try {
      const used = await ended(tenant, deps, random);
      expect(used.length).toBeGreaterThan(runsOn(engine, 20));
      expect([...server.orders.keys()].sort()).toEqual([...used].sort());
      for (const id of used) expect((await shown(tenant, id)).code).toBe(codeFor(id));
    } finally {
      clearInterval(delivering);
    }
  }, 300_000);

  test('with files the same: each code goes to one who paid for it', async () => {
    const tenant = await offering();
    await withFiles(
      tenant,
      Array.from({ length: 150 }, (_, n) => `T-${n}`),
    );
    const { store } = tenant;
    const { programId, timeZone } = store;
    const random = numbers(20_261_130);
    const key = { programId, partnerId: 'cine' };
    // Spoken with through a partner that is asked, so that it can be away; its codes are those of the files.
    const secret = tenant.deps.secrets.encrypt('a secret');
    const asked = { ...key, name: 'Cine', kind: 'http' as const, address: 'https://cine.example', secret };
    await writePartner(world.database.prisma, { ...asked, createdAt: at('12:00') });
    await world.database.prisma.partner.updateMany({ where: { programId }, data: { kind: 'http' } });
    const files = () => filePartner(tenant.deps, { ...key, timeZone }, at('12:10'));
    const used = await ended(tenant, { ...tenant.deps, partnerAt: () => shaken(files(), random) }, random);
    expect(used.length).toBeGreaterThan(runsOn(engine, 20));
    const given = await world.database.prisma.poolCode.findMany({ where: { programId, redemptionId: { not: null } } });
    expect(given.map(({ redemptionId }) => redemptionId).sort()).toEqual([...used].sort());
    const codes = await Promise.all(used.map(async (id) => (await shown(tenant, id)).code));
    expect(new Set(codes).size).toBe(used.length);
  }, 300_000);

  test('is set up with what answers; its secret is kept encrypted, and is for its address only', async () => {
    const { tenant, server } = await offeringOf();
    const { deps, store } = tenant;
    const save = (part: Partial<Parameters<typeof setUpPartner>[2]>, with_: Deps = deps) => {
      const form = { id: 'cine', name: 'Cine', kind: 'http' as const, address: server.address, secret: '', ...part };
      return setUpPartner(with_, store.programId, form, at('12:20'));
    };
    const record = () => world.database.prisma.partner.findFirstOrThrow({ where: { programId: store.programId } });
    const before = await record();
    expect(Buffer.from(before.secret ?? []).toString('latin1')).not.toContain(server.secret);
    for (const [part, error] of [
      [{ name: ' ' }, { kind: 'name_missing' }],
      [{ address: 'cine' }, { kind: 'address_wrong' }],
      [{ address: 'file:///etc/passwd' }, { kind: 'address_wrong' }],
      [{ address: `${server.address}?x=1` }, { kind: 'address_wrong' }],
      [{ address: `${server.address}/other` }, { kind: 'secret_missing' }],
      [{ secret: 'guessed' }, { kind: 'away', why: 'answer' }],
    ] as const)
      expect(await save(part)).toEqual({ ok: false, error });
    expect(await record()).toEqual(before);
    // Outside of the demo an address of this machine is none.
    const outside = {
      ...deps,
      partnerAt: (access: PartnerAccess) => httpPartner(access, callOutward({ isLocal: false })),
    };
    expect(await save({}, outside)).toEqual({ ok: false, error: { kind: 'away', why: 'address' } });
    const secure = { address: server.address.replace('http:', 'https:'), secret: server.secret };
    expect(await save(secure, outside)).toEqual({ ok: false, error: { kind: 'away', why: 'private' } });
    expect(await save({ name: 'Cinema' })).toEqual({ ok: true, value: null });
    expect(await record()).toMatchObject({ name: 'Cinema', secret: before.secret });
    const page = await partnerPage(deps, store, 'cine', at('12:30'));
    expect(page).toMatchObject({ partner: { name: 'Cinema' }, items: [{ itemId: 'ticket', free: null }, {}] });
    expect(JSON.stringify([page, await partnersPage(deps, store)])).not.toContain(server.secret);
    server.trouble = () => 'away';
    expect(await partnerItems(deps, store, at('12:30'))).toEqual([{ id: 'cine', name: 'Cinema', items: null }]);
  });

  test('a partner goes when nothing is of it any more; a wrong file leaves its catalogue as it was', async () => {
    const tenant = await offering();
    await withFiles(tenant, ['A', 'B']);
    const { deps, store } = tenant;
    const free = async () => (await partnerPage(deps, store, 'cine', at('12:30')))?.items?.map((item) => item.free);
    expect(await free()).toEqual([2, 0]);
    const upload = (text: string) => uploadCatalogue(deps, store, { partnerId: 'cine', text });
    expect(await upload('id,name,cost\n?,A,1\nb,,1\nc,C,much\nd,D,1,http://d.example\ne,E,1\ne,E,1\n')).toEqual({
      ok: false,
      error: {
        kind: 'lines',
        count: 5,
        problems: ['id', 'name', 'cost', 'link', 'twice'].map((kind, n) => ({ line: n === 4 ? 7 : n + 2, kind })),
      },
    });
    expect(await free()).toEqual([2, 0]);
    expect(await removePartner(deps, store.programId, 'cine')).toEqual({ ok: false, error: { kind: 'used' } });
    const unused = await world.tenant({ document: { ...program(), rewards: [] } });
    await withFiles(unused, ['A']);
    expect(await removePartner(unused.deps, unused.store.programId, 'cine')).toEqual({ ok: true, value: null });
    expect(await partnersPage(unused.deps, unused.store)).toEqual([]);
    expect(await world.database.prisma.poolCode.count({ where: { programId: unused.store.programId } })).toBe(0);
  });
});
