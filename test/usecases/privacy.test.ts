import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asId, type MemberId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { instant } from '~/core/values/instant';
import { insertFurtherStore, storeByDomain } from '~/db/stores';
import { findRequest, newestRequests, type PrivacyRequest } from '~/db/privacyRequests';
import { inTransaction } from '~/db/inTransaction';
import { adjustPoints } from '~/usecases/adjustPoints';
import { claimGuest, mergeCustomers } from '~/usecases/claimGuest';
import type { StoreRef } from '~/usecases/deps';
import { agreeToImport } from '~/usecases/imports/decideImport';
import { readImportFile } from '~/usecases/imports/readImportFile';
import { runImport } from '~/usecases/imports/runImport';
import { keepUnreadable } from '~/usecases/keepUnreadable';
import { overrideTier } from '~/usecases/overrideTier';
import { publishMember } from '~/usecases/publishMember';
import { receivePrivacyRequest, type PrivacyAsk } from '~/usecases/privacy/receiveRequest';
import { runOpenRequests, runPrivacyRequest, type PrivacyDeps } from '~/usecases/privacy/runRequest';
import { redeemReward } from '~/usecases/redeemReward';
import { settleRedemption } from '~/usecases/settleRedemption';
import { uninstallShop } from '~/usecases/uninstallShop';
import { privacyAttention, privacyFile, privacyRequests } from '~/views/privacyRequests';
import { uuidv7 } from '~/uuid.server';
import { at, line, order, program } from 'test/support/builders';
import { engines } from 'test/support/database';
import { whereFound } from 'test/support/everything';
import { openWorld, type Tenant, type World } from 'test/support/world';

const now = at('12:00', 15);
const gold = { en: 'Gold', it: 'Oro', de: 'Gold', fr: 'Or', es: 'Oro' };
const levels = [{ id: 'gold', name: gold, threshold: 20, entryPoints: 5 }];
const document = program({ tiers: { metric: 'points', currency: 'EUR', window: { kind: 'lifetime' }, levels } });

let next = 915_500_100;
let nextOrder = 3_000;
const newId = (): PlatformId => asId<PlatformId>(String((next += 7)));

/** Somebody of whom something is in every place where something can be. */
type Somebody = {
  readonly customerId: PlatformId;
  readonly gone: PlatformId;
  readonly email: string;
  /** What must not be found any more. */
  readonly words: readonly string[];
  readonly memberId: MemberId;
  readonly orderIds: readonly number[];
};

const chunksOf = async function* (text: string): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield Buffer.from(text);
};

const importOf = async ({ deps, store }: Tenant, text: string): Promise<void> => {
  const id = randomUUID();
  expect(await readImportFile(deps, store, { id, name: 'points.csv', by: 'staff:1', chunks: chunksOf(text) }, now)).toMatchObject({ ok: true });
  await runImport(deps, store, id, () => now);
  expect((await agreeToImport(deps, store, id, { leaveOut: false, withGuests: true })).ok).toBe(true);
  await runImport(deps, store, id, () => now);
};

const wordsOf = (mark: string, email: string, tenant: Tenant, ids: readonly PlatformId[]): readonly string[] => [
  ...ids,
  tenant.deps.secrets.hashEmail(email),
  email,
  ...['title', 'label', 'reason', 'tier', 'note', 'CODE', 'refusal', 'body'].map((kind) => `${kind}-${mark}`),
];

const somebody = async (world: World, tenant: Tenant): Promise<Somebody> => {
  const { deps, store } = tenant;
  const [customerId, gone] = [newId(), newId()];
  const mark = `of-${customerId}`;
  const email = `giulia.${customerId}@private.example`;
  const emailHash = deps.secrets.hashEmail(email);
  const ref: StoreRef = store;
  const [first, second, third] = [1, 2, 3].map(() => (nextOrder += 1)) as [number, number, number];
  const own = line({ listMinor: 9000, title: `title-${mark}` });
  const bought = { customerId, emailHash, customerTags: [`label-${mark}`], discountCodes: [`CODE-${mark}`] };
  await tenant.settle([order({ orderId: first, ...bought, lines: [own] })], now);
  await tenant.settle([order({ orderId: second, ...bought, customerId: gone })], now);
  await tenant.settle([order({ orderId: third, ...bought, customerId: null })], now);
  await claimGuest(deps, ref, customerId, emailHash, now);
  await mergeCustomers(deps, ref, gone, customerId, now);
  const identity = await deps.database.prisma.memberIdentity.findFirstOrThrow({ where: { programId: store.programId, value: customerId } });
  const memberId = asId<MemberId>(identity.memberId);
  const adjustment = { clientId: randomUUID(), memberId, points: 50, reason: `reason-${mark}`, by: 'Anna', actor: { kind: 'staff' as const, id: '1' } };
  expect((await adjustPoints(deps, store.programId, adjustment, now)).ok).toBe(true);
  const override = { id: randomUUID(), memberId, tierId: 'gold', until: null, reason: `tier-${mark}`, by: 'Anna' };
  expect((await overrideTier(deps, store.programId, override as Parameters<typeof overrideTier>[2], now)).ok).toBe(true);
  tenant.shop.emails.set(email, customerId);
  await importOf(tenant, `email,points,note\n${email},30,note-${mark}\n`);
  const wish = (id: string) => ({ redemptionId: asId<RedemptionId>(id), customerId, rewardId: 'as-you-like', points: 20, cart: null });
  expect((await redeemReward(deps, store, wish(randomUUID()), now)).ok).toBe(true);
  tenant.shop.failure = { kind: 'refused', reasons: [`refusal-${mark}`] };
  expect((await redeemReward(deps, store, wish(randomUUID()), now)).ok).toBe(false);
  tenant.shop.failure = null;
  await publishMember(deps, store.programId, memberId, now);
  const unread = { ...ref, topic: 'orders/paid', webhookId: randomUUID(), reason: 'It has no currency.' };
  await keepUnreadable(deps, unread, JSON.stringify({ customer: { id: Number(customerId) }, note: `body-${mark}` }), now);
  const [done, buried] = [order({ orderId: first, ...bought }), order({ orderId: second, ...bought })];
  await deps.enqueue([{ kind: 'settle_order', store: ref, snapshot: done }]);
  const jobs = await world.queue.fetch('settle_order', 50);
  await world.queue.complete('settle_order', jobs);
  await deps.enqueue([{ kind: 'settle_order', store: ref, snapshot: buried }]);
  for (const job of await world.queue.fetch('settle_order', 50)) await world.queue.bury('settle_order', job, 'a test');
  return { customerId, gone, email, memberId, orderIds: [first, second, third], words: wordsOf(mark, email, tenant, [customerId, gone]) };
};

describe.each(engines)('requests in the name of the law, on %s', (engine) => {
  let world: World;
  beforeAll(async () => void (world = await openWorld(engine)));
  afterAll(() => world.close());

  const withJobs = (tenant: Tenant): PrivacyDeps => ({ ...tenant.deps, forgetJobs: world.queue.forgetJobs });
  const receive = async (tenant: Tenant, ask: PrivacyAsk, webhookId: string = randomUUID(), domain = tenant.store.domain): Promise<string> => {
    const id = uuidv7();
    await receivePrivacyRequest(tenant.deps, { domain, webhookId, ask }, id, now);
    return id;
  };
  const requestOf = async (id: string): Promise<PrivacyRequest> => {
    const request = await findRequest(world.database.prisma, id);
    if (request === null) throw new Error('no request');
    return request;
  };
  const redact = ({ customerId, email }: Pick<Somebody, 'customerId' | 'email'>, orderIds: readonly PlatformId[] = []): PrivacyAsk => ({
    kind: 'customer_redact',
    customerId,
    email,
    orderIds,
  });

  test('whoever is erased is found nowhere in the database any more; the ledger stays and adds up', async () => {
    const tenant = await world.tenant({ document });
    const [person, other] = [await somebody(world, tenant), await somebody(world, tenant)];
    expect((await whereFound(world, person.words)).length).toBeGreaterThan(12);
    const before = await tenant.entries();
    const id = await receive(tenant, redact(person));
    expect(await runPrivacyRequest(withJobs(tenant), id, now)).toBe('done');
    expect(await whereFound(world, person.words)).toEqual([]);
    expect(await tenant.entries()).toEqual(before);
    await tenant.audit();
    const { proof, doneAt } = await requestOf(id);
    expect(doneAt).toBe(now);
    // Three identities: two customers and the address; three orders; the alias has words, too.
    expect(proof).toMatchObject({ member_identity: 3, account_email: 1, order: 3, redemption: 2, tier_override: 1, import_line: 1, unreadable_delivery: 1 });
    expect(proof.entry).toBeGreaterThanOrEqual(5);
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
    const id = await receive(tenant, redact(person), webhookId);
    const again = await receive(tenant, redact(person), webhookId);
    expect(await findRequest(world.database.prisma, again)).toBeNull();
    await runPrivacyRequest(withJobs(tenant), id, now);
    const first = await requestOf(id);
    expect(await runPrivacyRequest(withJobs(tenant), id, at('13:00', 15))).toBe('gone');
    expect(await requestOf(id)).toEqual(first);
    // The same wish under another delivery finds nothing.
    const third = await receive(tenant, redact(person));
    expect(await runPrivacyRequest(withJobs(tenant), third, now)).toBe('done');
    expect((await requestOf(third)).proof).toEqual({});
    expect(await whereFound(world, person.words)).toEqual([]);
  });

  test('later messages about an old order move no points and bring nobody back; a new order makes a new member', async () => {
    const tenant = await world.tenant({ document });
    const person = await somebody(world, tenant);
    const [first = 0, second = 0] = person.orderIds;
    await runPrivacyRequest(withJobs(tenant), await receive(tenant, redact(person)), now);
    const before = await tenant.entries();
    const emailHash = tenant.deps.secrets.hashEmail(person.email);
    const late = { emailHash, customerId: person.customerId, customerTags: [person.words[3] ?? ''], updatedAt: at('18:00', 15) };
    await tenant.settle([order({ orderId: first, ...late, lines: [line({ listMinor: 9000, title: person.words[2] ?? '' })] })], at('18:01', 15));
    await tenant.settle([order({ orderId: second, ...late, customerId: null })], at('18:02', 15));
    expect(await tenant.entries()).toEqual(before);
    expect(await whereFound(world, person.words)).toEqual([]);
    const { memberId } = await world.database.prisma.order.findFirstOrThrow({ where: { programId: tenant.store.programId, orderId: String(first) } });
    expect(memberId).toBe(person.memberId);
    // Refunded later: the points of the order go, from the member nobody knows.
    await tenant.settle([order({ orderId: first, ...late, updatedAt: at('19:00', 15), cancelledAt: at('19:00', 15) })], at('19:01', 15));
    const { entitlement, posted } = await world.database.prisma.order.findFirstOrThrow({
      where: { programId: tenant.store.programId, orderId: String(first) },
    });
    expect([Number(entitlement), Number(posted)]).toEqual([0, 0]);
    await tenant.audit();
    await tenant.settle([order({ orderId: 4_711, customerId: person.customerId })], at('20:00', 15));
    expect((await tenant.balance(at('20:01', 15), person.customerId)).available).toBe(10);
    const made = await world.database.prisma.memberIdentity.findFirstOrThrow({ where: { programId: tenant.store.programId, value: person.customerId } });
    expect(made.memberId).not.toBe(person.memberId);
    await tenant.audit();
  });

  test('work about the person that is still waiting is done first; then one looks again', async () => {
    const tenant = await world.tenant({ document });
    const person = await somebody(world, tenant);
    await tenant.deps.enqueue([
      { kind: 'claim_guest', store: tenant.store, customerId: person.customerId, emailHash: tenant.deps.secrets.hashEmail(person.email) },
    ]);
    const id = await receive(tenant, redact(person));
    expect(await runPrivacyRequest(withJobs(tenant), id, now)).toBe('later');
    expect((await requestOf(id)).doneAt).toBeNull();
    const jobs = await world.queue.fetch<{ customerId: PlatformId; emailHash: string }>('claim_guest', 50);
    for (const { data } of jobs) await claimGuest(tenant.deps, tenant.store, data.customerId, data.emailHash, now);
    await world.queue.complete('claim_guest', jobs);
    expect((await whereFound(world, person.words)).length).toBeGreaterThan(0);
    expect(await runPrivacyRequest(withJobs(tenant), id, now)).toBe('done');
    expect(await whereFound(world, person.words)).toEqual([]);
  });

  test('stopped half-way, nothing is half erased, and the next run does all of it', async () => {
    const tenant = await world.tenant({ document });
    const person = await somebody(world, tenant);
    const id = await receive(tenant, redact(person));
    const cut: PrivacyDeps = { ...withJobs(tenant), forgetJobs: () => Promise.reject(new Error('killed')) };
    await expect(runPrivacyRequest(cut, id, now)).rejects.toThrow('killed');
    expect(await requestOf(id)).toMatchObject({ doneAt: null, problem: 'failed' });
    const outcomes = await runOpenRequests(withJobs(tenant), now);
    expect(outcomes.filter(([one]) => one === id)).toEqual([[id, 'done']]);
    expect(await requestOf(id)).toMatchObject({ doneAt: now, problem: null, proof: { member_identity: 3, order: 3 } });
    expect(await whereFound(world, person.words)).toEqual([]);
  });

  test('a code being made for somebody who was erased is not made: the points go back', async () => {
    const tenant = await world.tenant({ document });
    const person = await somebody(world, tenant);
    tenant.shop.failure = { kind: 'unavailable', reason: 'away' };
    const id = asId<RedemptionId>(randomUUID());
    await redeemReward(tenant.deps, tenant.store, { redemptionId: id, customerId: person.customerId, rewardId: 'as-you-like', points: 20, cart: null }, now);
    tenant.shop.failure = null;
    await runPrivacyRequest(withJobs(tenant), await receive(tenant, redact(person)), now);
    const codes = tenant.shop.codes.size;
    await settleRedemption(tenant.deps, tenant.store.programId, id, at('12:30', 15));
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
    expect(await runPrivacyRequest(withJobs(tenant), await receive(tenant, ask), now)).toBe('done');
    expect((await whereFound(world, [`"${after}"`])).length).toBe(0);
    expect((await tenant.balance(now, before.customerId)).available).toBeGreaterThan(0);
    const listed = await world.database.prisma.order.findFirstOrThrow({ where: { programId: tenant.store.programId, orderId: '82' } });
    expect(JSON.stringify(listed.snapshot)).not.toContain(guest);
    await tenant.audit();
  });

  test('a data request makes a file of everything that is held, for the merchant, until its deadline', async () => {
    const tenant = await world.tenant({ document });
    const [person, other] = [await somebody(world, tenant), await somebody(world, tenant)];
    const ask = { kind: 'data_request' as const, customerId: person.customerId, email: person.email, orderIds: [] };
    const id = await receive(tenant, ask);
    expect(await privacyAttention(tenant.deps.database, tenant.store, now)).toEqual({ privacyOpen: 1, privacyUrgent: 0 });
    expect(await runPrivacyRequest(withJobs(tenant), id, now)).toBe('done');
    expect((await privacyRequests(tenant.deps.database, tenant.store, now))[0]).toMatchObject({ id, state: 'ready', hasFile: true });
    const stored = await whereFound(world, [person.email]);
    expect(stored).toEqual([]); // encrypted at rest
    const file = await privacyFile(tenant.deps.database, tenant.deps.secrets, tenant.store, id, 'it');
    for (const kind of ['title', 'label', 'reason', 'tier', 'note', 'CODE', 'refusal']) expect(file?.text).toContain(`${kind}-of-${person.customerId}`);
    expect(file?.text).toContain(person.customerId);
    expect(file?.text).toContain('Benvenuto nel livello Oro');
    for (const word of other.words) expect([word, file?.text.includes(word)]).toEqual([word, false]);
    const stranger = await world.tenant({ document });
    expect(await privacyFile(tenant.deps.database, tenant.deps.secrets, stranger.store, id, 'it')).toBeNull();
    // Erased meanwhile, or after the deadline: there is nothing to hand out.
    const another = await receive(tenant, { ...ask, customerId: other.customerId, email: other.email });
    await runPrivacyRequest(withJobs(tenant), another, now);
    await runPrivacyRequest(withJobs(tenant), await receive(tenant, redact(person)), now);
    expect(await privacyFile(tenant.deps.database, tenant.deps.secrets, tenant.store, id, 'it')).toBeNull();
    expect(await privacyFile(tenant.deps.database, tenant.deps.secrets, tenant.store, another, 'it')).not.toBeNull();
    await runOpenRequests(withJobs(tenant), instant(now + 31 * 86_400_000));
    expect(await privacyFile(tenant.deps.database, tenant.deps.secrets, tenant.store, another, 'it')).toBeNull();
  });

  test('what cannot be read waits for somebody, and says when it is late', async () => {
    const tenant = await world.tenant({ document });
    const id = await receive(tenant, { kind: 'unreadable', topic: 'customer_redact', payload: { customer: null } });
    await runOpenRequests(withJobs(tenant), now);
    const view = (day: number) => privacyRequests(tenant.deps.database, tenant.store, instant(now + day * 86_400_000));
    expect((await view(0))[0]).toMatchObject({ id, state: 'open', problem: 'unreadable' });
    expect(await privacyAttention(tenant.deps.database, tenant.store, instant(now + 24 * 86_400_000))).toEqual({ privacyOpen: 0, privacyUrgent: 1 });
    expect((await view(31))[0]).toMatchObject({ state: 'late' });
  });

  test('a shop that is erased leaves nothing but the proof, its ledger goes with it; other programs lose nothing', async () => {
    const [tenant, other] = [await world.tenant({ document }), await world.tenant({ document })];
    const [person, stranger] = [await somebody(world, tenant), await somebody(world, other)];
    const { programId, storeId, domain } = tenant.store;
    await world.database.prisma.session.create({ data: { id: `offline_${domain}`, shop: domain, state: '', accessToken: 'v1:x' } });
    const open = await receive(tenant, redact(person));
    const id = await receive(tenant, { kind: 'shop_redact' });
    expect(await runPrivacyRequest(withJobs(tenant), id, now)).toBe('installed');
    expect(await requestOf(id)).toMatchObject({ doneAt: null, problem: 'installed' });
    await uninstallShop(tenant.deps, domain, now);
    await world.database.prisma.session.create({ data: { id: `offline_${domain}`, shop: domain, state: '', accessToken: 'v1:x' } });
    expect(await runPrivacyRequest(withJobs(tenant), id, now)).toBe('done');
    const left = (await whereFound(world, [...person.words, domain, programId, storeId])).filter((text) => !text.startsWith('public.privacy_request'));
    expect(left).toEqual([]);
    expect(await whereFound(world, [...person.words, domain])).toEqual([]);
    expect((await requestOf(id)).proof).toMatchObject({ store: 1, program: 1, session: 1, tenant_directory: 1, order: 3, member_identity: 3 });
    expect((await requestOf(id)).proof.ledger).toBeGreaterThan(5);
    expect((await requestOf(open)).doneAt).toBe(now);
    expect((await whereFound(world, stranger.words)).length).toBeGreaterThan(12);
    await other.audit();
    // Again, under another delivery: there is no such shop any more.
    const again = await receive(tenant, { kind: 'shop_redact' }, randomUUID(), domain);
    expect(await runPrivacyRequest(withJobs(tenant), again, now)).toBe('done');
    expect((await requestOf(again)).proof).toEqual({});
  });

  test('stopped half-way, the erasure of a shop goes on where it was', async () => {
    const tenant = await world.tenant({ document });
    const person = await somebody(world, tenant);
    const { programId, storeId, domain } = tenant.store;
    await uninstallShop(tenant.deps, domain, now);
    const id = await receive(tenant, { kind: 'shop_redact' });
    let statements = 0;
    const { prisma } = world.database;
    const failing = new Proxy(prisma, {
      get: (target, name) => {
        if (name !== '$executeRawUnsafe') return Reflect.get(target, name) as unknown;
        return (...values: Parameters<typeof prisma.$executeRawUnsafe>) =>
          (statements += 1) > 12 ? Promise.reject(new Error('killed')) : prisma.$executeRawUnsafe(...values);
      },
    });
    await expect(runPrivacyRequest({ ...withJobs(tenant), database: { ...world.database, prisma: failing } }, id, now)).rejects.toThrow('killed');
    expect(await storeByDomain(prisma, domain)).toBeNull();
    expect(await runPrivacyRequest(withJobs(tenant), id, now)).toBe('done');
    const left = (await whereFound(world, [...person.words, domain, programId, storeId])).filter((text) => !text.startsWith('public.privacy_request'));
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
    await claimGuest(deps, store, shared, hash, now);
    const there: Tenant = { ...tenant, store: second };
    const { settleOrders } = await import('~/usecases/settleOrders');
    await settleOrders(deps, [{ store: second, snapshot: order({ orderId: 92, customerId: sharedThere, emailHash: hash }) }], now);
    await settleOrders(deps, [{ store: second, snapshot: order({ orderId: 93, customerId: null, emailHash: hash }) }], now);
    await claimGuest(deps, second, sharedThere, hash, now);
    const wish = { redemptionId: asId<RedemptionId>(randomUUID()), customerId: shared, rewardId: 'as-you-like', points: 20, cart: null };
    expect((await redeemReward(deps, store, wish, now)).ok).toBe(true);
    await uninstallShop(deps, store.domain, now);
    const entries = (await tenant.entries()).length;
    expect(await runPrivacyRequest(withJobs(tenant), await receive(tenant, { kind: 'shop_redact' }), now)).toBe('done');
    expect(await whereFound(world, [...person.words, `"${shared}"`, store.domain])).toEqual([]);
    // The one code that was out comes back as an entry.
    expect((await tenant.entries()).length).toBe(entries + 2);
    expect((await world.database.prisma.memberIdentity.findMany({ where: { programId: store.programId } })).map(({ value }) => value).sort()).toEqual(
      [sharedThere, hash].sort(),
    );
    const { storefrontBalance } = await import('~/views/storefrontBalance');
    expect((await storefrontBalance(deps.database, there.store, sharedThere, now)).available).toBe(35);
  });

  test('a shop that never had the app is answered with the proof that nothing was there', async () => {
    const tenant = await world.tenant({ document });
    const id = await receive(tenant, { kind: 'shop_redact' }, randomUUID(), 'never.myshopify.com');
    expect(await runPrivacyRequest(withJobs(tenant), id, now)).toBe('done');
    expect((await newestRequests(world.database.prisma, 1))[0]).toMatchObject({ place: null, proof: {} });
  });
});
