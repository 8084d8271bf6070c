import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { asId, type MemberId, type PlatformId, type RedemptionId } from '~/core/values/ids';
import { newReward, type RewardOf } from '~/core/rewards/section';
import { perTongue } from '~/core/values/text';
import { instant } from '~/core/values/instant';
import { findRequest, type PrivacyRequest } from '~/db/privacyRequests';
import { adjustPoints } from '~/usecases/adjustPoints';
import { settleOrderLater } from '~/usecases/effects/settleOrder';
import { mergeCustomers } from '~/usecases/mergeCustomers';
import { noteCustomer } from '~/usecases/noteCustomer';
import { noteLabels } from '~/usecases/noteLabels';
import type { StoreRef } from '~/usecases/deps';
import { uploadCodes } from '~/features/codePools/usecases/uploadCodes';
import { endFulfilment } from '~/features/fulfilment/usecases/endFulfilment';
import { agreeToImport } from '~/features/pointFiles/usecases/decideImport';
import { readImportFile } from '~/features/pointFiles/usecases/readImportFile';
import { runImport } from '~/features/pointFiles/usecases/runImport';
import { keepUnreadable } from '~/usecases/keepUnreadable';
import { overrideTier } from '~/usecases/overrideTier';
import { publishMember } from '~/usecases/publishMember';
import { receivePrivacyRequest, type PrivacyAsk } from '~/usecases/privacy/receiveRequest';
import type { PrivacyDeps } from '~/usecases/privacy/runRequest';
import { redeemReward } from '~/usecases/redeemReward';
import { uuidv7 } from '~/process/uuid';
import { at, line, order, program } from 'test/support/builders';
import { ticketReward, withFiles } from 'test/support/partners';
import type { Tenant, World } from 'test/support/world';

export const now = at('12:00', 15);
const gold = { en: 'Gold', it: 'Oro', de: 'Gold', fr: 'Or', es: 'Oro' };
const levels = [{ id: 'gold', name: gold, threshold: 20, entryPoints: 5 }];
/** A program with a tier, so that orders depend on each other. */
const ruled = program({ tiers: { metric: 'points', currency: 'EUR', window: { kind: 'lifetime' }, levels } });
const tour = {
  ...(newReward('experience', 'tour', 'EUR') as RewardOf<'experience'>),
  enabled: true,
  points: 1,
  question: perTongue(() => 'Which size?'),
};
const ticket = { ...newReward('pool_code', 'ticket', 'EUR'), enabled: true, points: 1 } as RewardOf<'pool_code'>;
const credit = { ...newReward('store_credit', 'credit', 'EUR'), enabled: true, points: 1 } as RewardOf<'store_credit'>;
export const document = {
  ...ruled,
  rewards: [...ruled.rewards, tour, ticket, credit, { ...ticketReward(), id: 'partner' }],
};

let next = 915_500_100;
let nextOrder = 3_000;
/** A customer id that nothing else in the database holds. */
export const newId = (): PlatformId => asId<PlatformId>(String((next += 7)));

/** Somebody of whom something is in every place where something can be. */
export type Somebody = {
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
  expect(
    await readImportFile(deps, store, { id, name: 'points.csv', by: 'staff:1', chunks: chunksOf(text) }, now),
  ).toMatchObject({ ok: true });
  await runImport(deps, store, id, () => now);
  expect((await agreeToImport(deps, store, id, { leaveOut: false, withGuests: true })).ok).toBe(true);
  await runImport(deps, store, id, () => now);
};

const wordsOf = (mark: string, email: string, tenant: Tenant, ids: readonly PlatformId[]): readonly string[] => [
  ...ids,
  tenant.deps.secrets.hashEmail(email),
  email,
  ...['title', 'label', 'reason', 'tier', 'note', 'CODE', 'refusal', 'body', 'answer', 'undone'].map(
    (kind) => `${kind}-${mark}`,
  ),
];

/** Somebody who did everything that leaves a trace. */
export const somebody = async (world: World, tenant: Tenant): Promise<Somebody> => {
  const { deps, store } = tenant;
  const [customerId, gone] = [newId(), newId()];
  const mark = `of-${customerId}`;
  const email = `giulia.${customerId}@private.example`;
  const emailHash = deps.secrets.hashEmail(email);
  const ref: StoreRef = store;
  const [first, second, third] = [1, 2, 3].map(() => (nextOrder += 1)) as [number, number, number];
  const own = line({ listMinor: 9000, title: `title-${mark}` });
  const bought = { customerId, emailHash, discountCodes: [`CODE-${mark}`] };
  await tenant.settle([order({ orderId: first, ...bought, lines: [own] })], now);
  await tenant.settle([order({ orderId: second, ...bought, customerId: gone })], now);
  await tenant.settle([order({ orderId: third, ...bought, customerId: null })], now);
  await noteCustomer(deps, ref, { customerId, emailHash, toldAt: now, isDeleted: false }, now);
  await noteLabels(deps, ref, { customerId, kind: 'added', labels: [`label-${mark}`], at: now }, now);
  // A state that names nobody any more: who the order was of stands in an older one.
  await tenant.settle(
    [order({ orderId: second, ...bought, customerId: null, emailHash: null, updatedAt: instant(now + 1000) })],
    now,
  );
  await mergeCustomers(deps, ref, { gone, kept: customerId }, now);
  const identity = await deps.database.prisma.memberIdentity.findFirstOrThrow({
    where: { programId: store.programId, value: customerId },
  });
  const memberId = asId<MemberId>(identity.memberId);
  const adjustment = {
    clientId: randomUUID(),
    memberId,
    points: 50,
    reason: `reason-${mark}`,
    by: 'Anna',
    actor: { kind: 'staff' as const, id: '1' },
  };
  expect((await adjustPoints(deps, store.programId, adjustment, now)).ok).toBe(true);
  const override = { id: randomUUID(), memberId, tierId: 'gold', until: null, reason: `tier-${mark}`, by: 'Anna' };
  expect((await overrideTier(deps, store.programId, override as Parameters<typeof overrideTier>[2], now)).ok).toBe(
    true,
  );
  tenant.shop.putCustomer(customerId, { email });
  await importOf(tenant, `email,points,note\n${email},30,note-${mark}\n`);
  const wish = (id: string) => ({
    redemptionId: asId<RedemptionId>(id),
    customerId,
    rewardId: 'as-you-like',
    points: 20,
    cart: null,
  });
  expect((await redeemReward(deps, store, wish(randomUUID()), now)).ok).toBe(true);
  tenant.shop.failure = { kind: 'refused', reasons: [`refusal-${mark}`] };
  expect((await redeemReward(deps, store, wish(randomUUID()), now)).ok).toBe(false);
  tenant.shop.failure = null;
  expect((await uploadCodes(deps, store, { poolId: 'ticket', text: `T-${mark}` }, now)).ok).toBe(true);
  const asked = { redemptionId: asId<RedemptionId>(randomUUID()), customerId, rewardId: 'ticket', points: null };
  expect((await redeemReward(deps, store, { ...asked, cart: null }, now)).ok).toBe(true);
  await withFiles(tenant, [`P-${mark}`]);
  const partnered = { ...asked, redemptionId: asId<RedemptionId>(randomUUID()), rewardId: 'partner', cart: null };
  expect(await redeemReward(deps, store, partnered, now)).toMatchObject({ ok: true, value: { state: 'used' } });
  const credited = { ...asked, redemptionId: asId<RedemptionId>(randomUUID()), rewardId: 'credit', cart: null };
  expect((await redeemReward(deps, store, credited, now)).ok).toBe(true);
  const tours = [randomUUID(), randomUUID()].map((id) => asId<RedemptionId>(id));
  for (const redemptionId of tours) {
    const asked = { redemptionId, customerId, rewardId: 'tour', points: null, cart: null, answer: `answer-${mark}` };
    expect((await redeemReward(deps, store, asked, now)).ok).toBe(true);
  }
  const ending = { id: tours[0] as RedemptionId, ending: { kind: 'not_done' as const, reason: `undone-${mark}` } };
  expect((await endFulfilment(deps, store.programId, ending, 'staff:1', now)).ok).toBe(true);
  await publishMember(deps, store.programId, memberId, now);
  const unread = { ...ref, topic: 'orders/paid', webhookId: randomUUID(), reason: 'It has no currency.' };
  await keepUnreadable(
    deps,
    unread,
    JSON.stringify({ customer: { id: Number(customerId) }, note: `body-${mark}` }),
    now,
  );
  const [done, buried] = [order({ orderId: first, ...bought }), order({ orderId: second, ...bought })];
  await deps.enqueue([settleOrderLater.of({ store: ref, snapshot: done })]);
  const jobs = await world.queue.fetch(settleOrderLater, 50);
  await world.queue.complete(settleOrderLater, jobs);
  await deps.enqueue([settleOrderLater.of({ store: ref, snapshot: buried })]);
  for (const job of await world.queue.fetch(settleOrderLater, 50))
    await world.queue.bury(settleOrderLater, job, 'a test');
  return {
    customerId,
    gone,
    email,
    memberId,
    orderIds: [first, second, third],
    words: wordsOf(mark, email, tenant, [customerId, gone]),
  };
};

/** What the requests are carried out with, and how one comes in and is looked at. */
export const privacyOf = (world: World) => ({
  withJobs: (tenant: Tenant): PrivacyDeps => ({ ...tenant.deps, forgetJobs: world.queue.forgetJobs }),
  receive: async (
    tenant: Tenant,
    ask: PrivacyAsk,
    webhookId: string = randomUUID(),
    domain = tenant.store.domain,
  ): Promise<string> => {
    const id = uuidv7();
    await receivePrivacyRequest(tenant.deps, { platform: tenant.store.platform, domain, webhookId, ask }, id, now);
    return id;
  },
  requestOf: async (id: string): Promise<PrivacyRequest> => {
    const request = await findRequest(world.database.prisma, id);
    if (request === null) throw new Error('no request');
    return request;
  },
});

export const redact = (
  { customerId, email }: Pick<Somebody, 'customerId' | 'email'>,
  orderIds: readonly PlatformId[] = [],
): PrivacyAsk => ({
  kind: 'customer_redact',
  customerId,
  email,
  orderIds,
});
