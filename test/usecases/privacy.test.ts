import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { findRequest } from '~/db/privacyRequests';
import { claimGuest } from '~/usecases/claimGuest';
import { claimGuestLater } from '~/usecases/effects/claimGuest';
import { runOpenRequests, runPrivacyRequest, type PrivacyDeps } from '~/usecases/privacy/runRequest';
import { keepUnreadable } from '~/usecases/keepUnreadable';
import { redeemReward } from '~/usecases/redeemReward';
import { finishRedemption } from '~/usecases/finishRedemption';
import { privacyAttention, privacyFile, privacyRequests } from '~/views/privacyRequests';
import { at, line, order } from 'test/support/builders';
import { engines } from 'test/support/database';
import { whereFound } from 'test/support/everything';
import { document, newId, now, privacyOf, redact, somebody } from 'test/support/somebody';
import { openWorld, type World } from 'test/support/world';

describe.each(engines)('requests in the name of the law, on %s', (engine) => {
  let world: World;
  let privacy: ReturnType<typeof privacyOf>;
  beforeAll(async () => {
    world = await openWorld(engine);
    privacy = privacyOf(world);
  });
  afterAll(() => world.close());

  test('a message that is kept without its body, because it was too large, holds no erasure up', async () => {
    const tenant = await world.tenant({ document });
    const person = await somebody(world, tenant);
    const kept = { ...tenant.store, topic: 'orders/updated', webhookId: randomUUID(), reason: 'It is too large.' };
    await keepUnreadable(tenant.deps, kept, null, now);
    const id = await privacy.receive(tenant, redact(person));
    expect(await runPrivacyRequest(privacy.withJobs(tenant), id, now)).toBe('done');
  });

  test('whoever is erased is found nowhere in the database any more; the ledger stays and adds up', async () => {
    const tenant = await world.tenant({ document });
    const [person, other] = [await somebody(world, tenant), await somebody(world, tenant)];
    expect((await whereFound(world, person.words)).length).toBeGreaterThan(12);
    const before = await tenant.entries();
    const id = await privacy.receive(tenant, redact(person));
    expect(await runPrivacyRequest(privacy.withJobs(tenant), id, now)).toBe('done');
    expect(await whereFound(world, person.words)).toEqual([]);
    expect(await tenant.entries()).toEqual(before);
    await tenant.audit();
    const { proof, doneAt } = await privacy.requestOf(id);
    expect(doneAt).toBe(now);
    // Three identities: two customers and the address; three orders; the alias has words, too.
    expect(proof).toMatchObject({
      member_identity: 3,
      account_email: 1,
      order: 3,
      redemption: 7,
      transfer: 1,
      fulfilment: 2,
      pool_code: 2,
      partner_order: 1,
      tier_override: 1,
      import_line: 1,
      unreadable_delivery: 1,
    });
    expect(proof.entry).toBeGreaterThanOrEqual(5);
    // Of the events only those of people who are still known are left.
    expect(proof.event).toBeGreaterThanOrEqual(5);
    const { programId } = tenant.store;
    const identities = await world.database.prisma.memberIdentity.findMany({ where: { programId } });
    const known = new Set(identities.map(({ memberId }) => memberId));
    const members = await world.database.prisma.member.findMany({ where: { programId } });
    const gone = members.filter(({ id, mergedInto }) => !known.has(mergedInto ?? id)).map(({ id }) => id);
    const told = await world.database.prisma.event.findMany({ where: { programId } });
    expect(gone.length).toBeGreaterThan(0);
    expect(told.length).toBeGreaterThan(0);
    expect(told.filter(({ memberId }) => gone.includes(memberId))).toEqual([]);
    // An address and an unreadable body are never there in clear text.
    const clear = other.words.filter((word) => word !== other.email && !word.startsWith('body-'));
    for (const word of clear) expect([word, (await whereFound(world, [word])).length > 0]).toEqual([word, true]);
    expect((await tenant.balance(now, person.customerId)).available).toBe(0);
    expect((await tenant.balance(now, other.customerId)).available).toBeGreaterThan(0);
  });

  test('a delivery that comes again is the same request, and one that is done does nothing more', async () => {
    const tenant = await world.tenant({ document });
    const person = await somebody(world, tenant);
    const webhookId = randomUUID();
    const id = await privacy.receive(tenant, redact(person), webhookId);
    const again = await privacy.receive(tenant, redact(person), webhookId);
    expect(await findRequest(world.database.prisma, again)).toBeNull();
    await runPrivacyRequest(privacy.withJobs(tenant), id, now);
    const first = await privacy.requestOf(id);
    expect(await runPrivacyRequest(privacy.withJobs(tenant), id, at('13:00', 15))).toBe('gone');
    expect(await privacy.requestOf(id)).toEqual(first);
    // The same wish under another delivery finds nothing.
    const third = await privacy.receive(tenant, redact(person));
    expect(await runPrivacyRequest(privacy.withJobs(tenant), third, now)).toBe('done');
    expect((await privacy.requestOf(third)).proof).toEqual({});
    expect(await whereFound(world, person.words)).toEqual([]);
  });

  test('later messages about an old order move no points and bring nobody back; a new order makes a new member', async () => {
    const tenant = await world.tenant({ document });
    const person = await somebody(world, tenant);
    const [first = 0, second = 0] = person.orderIds;
    await runPrivacyRequest(privacy.withJobs(tenant), await privacy.receive(tenant, redact(person)), now);
    const before = await tenant.entries();
    const emailHash = tenant.deps.secrets.hashEmail(person.email);
    const late = { emailHash, customerId: person.customerId, updatedAt: at('18:00', 15) };
    await tenant.settle(
      [order({ orderId: first, ...late, lines: [line({ listMinor: 9000, title: person.words[2] ?? '' })] })],
      at('18:01', 15),
    );
    await tenant.settle([order({ orderId: second, ...late, customerId: null })], at('18:02', 15));
    expect(await tenant.entries()).toEqual(before);
    expect(await whereFound(world, person.words)).toEqual([]);
    const { memberId } = await world.database.prisma.order.findFirstOrThrow({
      where: { programId: tenant.store.programId, orderId: String(first) },
    });
    expect(memberId).toBe(person.memberId);
    // Refunded later: the points of the order go, from the member nobody knows.
    await tenant.settle(
      [order({ orderId: first, ...late, updatedAt: at('19:00', 15), cancelledAt: at('19:00', 15) })],
      at('19:01', 15),
    );
    const { entitlement, posted } = await world.database.prisma.order.findFirstOrThrow({
      where: { programId: tenant.store.programId, orderId: String(first) },
    });
    expect([Number(entitlement), Number(posted)]).toEqual([0, 0]);
    await tenant.audit();
    await tenant.settle([order({ orderId: 4_711, customerId: person.customerId })], at('20:00', 15));
    expect((await tenant.balance(at('20:01', 15), person.customerId)).available).toBe(10);
    const made = await world.database.prisma.memberIdentity.findFirstOrThrow({
      where: { programId: tenant.store.programId, value: person.customerId },
    });
    expect(made.memberId).not.toBe(person.memberId);
    await tenant.audit();
  });

  test('work about the person that is still waiting is done first; then one looks again', async () => {
    const tenant = await world.tenant({ document });
    const person = await somebody(world, tenant);
    await tenant.deps.enqueue([
      claimGuestLater.of({
        store: tenant.store,
        customerId: person.customerId,
        emailHash: tenant.deps.secrets.hashEmail(person.email),
      }),
    ]);
    const id = await privacy.receive(tenant, redact(person));
    expect(await runPrivacyRequest(privacy.withJobs(tenant), id, now)).toBe('later');
    expect((await privacy.requestOf(id)).doneAt).toBeNull();
    const jobs = await world.queue.fetch(claimGuestLater, 50);
    for (const { data } of jobs) await claimGuest(tenant.deps, tenant.store, data.customerId, data.emailHash, now);
    await world.queue.complete(claimGuestLater, jobs);
    expect((await whereFound(world, person.words)).length).toBeGreaterThan(0);
    expect(await runPrivacyRequest(privacy.withJobs(tenant), id, now)).toBe('done');
    expect(await whereFound(world, person.words)).toEqual([]);
  });

  test('stopped half-way, nothing is half erased, and the next run does all of it', async () => {
    const tenant = await world.tenant({ document });
    const person = await somebody(world, tenant);
    const id = await privacy.receive(tenant, redact(person));
    const cut: PrivacyDeps = { ...privacy.withJobs(tenant), forgetJobs: () => Promise.reject(new Error('killed')) };
    await expect(runPrivacyRequest(cut, id, now)).rejects.toThrow('killed');
    expect(await privacy.requestOf(id)).toMatchObject({ doneAt: null, problem: 'failed' });
    const outcomes = await runOpenRequests(privacy.withJobs(tenant), now);
    expect(outcomes.filter(([one]) => one === id)).toEqual([[id, 'done']]);
    expect(await privacy.requestOf(id)).toMatchObject({
      doneAt: now,
      problem: null,
      proof: { member_identity: 3, order: 3 },
    });
    expect(await whereFound(world, person.words)).toEqual([]);
  });

  test('a code being made for somebody who was erased is not made: the points go back', async () => {
    const tenant = await world.tenant({ document });
    const person = await somebody(world, tenant);
    tenant.shop.failure = { kind: 'unavailable', reason: 'away' };
    const id = asId<RedemptionId>(randomUUID());
    await redeemReward(
      tenant.deps,
      tenant.store,
      { redemptionId: id, customerId: person.customerId, rewardId: 'as-you-like', points: 20, cart: null },
      now,
    );
    tenant.shop.failure = null;
    await runPrivacyRequest(privacy.withJobs(tenant), await privacy.receive(tenant, redact(person)), now);
    const codes = tenant.shop.codes.size;
    await finishRedemption(tenant.deps, tenant.store.programId, id, at('12:30', 15));
    expect(tenant.shop.codes.size).toBe(codes);
    expect((await world.database.prisma.redemption.findFirstOrThrow({ where: { id } })).state).toBe('released');
    await tenant.audit();
  });

  test('an address that changed hands takes nobody else with it; an order that is listed loses its customer, whosever it is', async () => {
    const tenant = await world.tenant({ document });
    const [before, after] = [await somebody(world, tenant), newId()];
    // The address is another customer's by now.
    await tenant.settle([order({ orderId: 81, customerId: after })], now);
    const guest = tenant.deps.secrets.hashEmail('listed@private.example');
    await tenant.settle([order({ orderId: 82, customerId: null, emailHash: guest })], now);
    const ask = redact({ customerId: after, email: before.email }, [asId<PlatformId>('82')]);
    expect(await runPrivacyRequest(privacy.withJobs(tenant), await privacy.receive(tenant, ask), now)).toBe('done');
    expect((await whereFound(world, [`"${after}"`])).length).toBe(0);
    expect((await tenant.balance(now, before.customerId)).available).toBeGreaterThan(0);
    const listed = await world.database.prisma.order.findFirstOrThrow({
      where: { programId: tenant.store.programId, orderId: '82' },
    });
    expect(JSON.stringify(listed.snapshot)).not.toContain(guest);
    await tenant.audit();
  });

  test('a data request makes a file of everything that is held, for the merchant, until its deadline', async () => {
    const tenant = await world.tenant({ document });
    const [person, other] = [await somebody(world, tenant), await somebody(world, tenant)];
    const ask = { kind: 'data_request' as const, customerId: person.customerId, email: person.email, orderIds: [] };
    const id = await privacy.receive(tenant, ask);
    expect(await privacyAttention(tenant.deps.database, tenant.store, now)).toEqual({
      privacyOpen: 1,
      privacyUrgent: 0,
    });
    expect(await runPrivacyRequest(privacy.withJobs(tenant), id, now)).toBe('done');
    expect((await privacyRequests(tenant.deps.database, tenant.store, now))[0]).toMatchObject({
      id,
      state: 'ready',
      hasFile: true,
    });
    const stored = await whereFound(world, [person.email]);
    expect(stored).toEqual([]); // encrypted at rest
    const file = await privacyFile(tenant.deps.database, tenant.deps.secrets, tenant.store, id, 'it');
    for (const kind of ['title', 'label', 'reason', 'tier', 'note', 'CODE', 'refusal', 'answer', 'undone', 'T'])
      expect(file?.text).toContain(`${kind}-of-${person.customerId}`);
    expect(file?.text).toContain(person.customerId);
    expect(file?.text).toContain('Ti diamo il benvenuto nel livello Oro');
    for (const word of other.words) expect([word, file?.text.includes(word)]).toEqual([word, false]);
    const stranger = await world.tenant({ document });
    expect(await privacyFile(tenant.deps.database, tenant.deps.secrets, stranger.store, id, 'it')).toBeNull();
    // Erased meanwhile, or after the deadline: there is nothing to hand out.
    const another = await privacy.receive(tenant, { ...ask, customerId: other.customerId, email: other.email });
    await runPrivacyRequest(privacy.withJobs(tenant), another, now);
    await runPrivacyRequest(privacy.withJobs(tenant), await privacy.receive(tenant, redact(person)), now);
    expect(await privacyFile(tenant.deps.database, tenant.deps.secrets, tenant.store, id, 'it')).toBeNull();
    expect(await privacyFile(tenant.deps.database, tenant.deps.secrets, tenant.store, another, 'it')).not.toBeNull();
    await runOpenRequests(privacy.withJobs(tenant), instant(now + 31 * 86_400_000));
    expect(await privacyFile(tenant.deps.database, tenant.deps.secrets, tenant.store, another, 'it')).toBeNull();
  });

  test('what cannot be read waits for somebody, and says when it is late', async () => {
    const tenant = await world.tenant({ document });
    const id = await privacy.receive(tenant, {
      kind: 'unreadable',
      topic: 'customer_redact',
      payload: { customer: null },
    });
    await runOpenRequests(privacy.withJobs(tenant), now);
    const view = (day: number) => privacyRequests(tenant.deps.database, tenant.store, instant(now + day * 86_400_000));
    expect((await view(0))[0]).toMatchObject({ id, state: 'open', problem: 'unreadable' });
    expect(await privacyAttention(tenant.deps.database, tenant.store, instant(now + 24 * 86_400_000))).toEqual({
      privacyOpen: 0,
      privacyUrgent: 1,
    });
    expect((await view(31))[0]).toMatchObject({ state: 'late' });
  });
});
