import { instant, type Instant } from '~/core/values/instant';
import { invariant, ok, type Result } from '~/core/values/result';
import { findRedemption, updateRedemption, type RedemptionRecord } from '~/db/redemptions';
import { storeById, type Store } from '~/db/stores';
import type { Delivery, Partner, PartnerAway, PartnerStatus } from '~/platforms/partner';
import type { PlatformFailure } from '~/platforms/platform';
import type { Deps } from '~/usecases/deps';
import { fulfilRedemption } from '~/usecases/fulfilRedemption';
import { confirmRedemption } from '~/usecases/issueRedemption';
import { nextAttempt } from '~/usecases/nextAttempt';
import { releaseRedemption } from '~/usecases/releaseRedemption';
import { nextStatusAt } from '../core/looks';
import { findOrder, keepDelivery, markSent, type PartnerOrderRecord } from '../db/partnerOrders';
import { findPartner } from '../db/partners';
import { partnerOf } from './partnerOf';

// Whoever asks for an order has so long to hear of it (twice ten seconds, and what lies between); then others may ask.
const oneAtATimeMs = 60_000;

/** What one step works with. */
type Turn = {
  readonly deps: Deps;
  readonly redemption: RedemptionRecord;
  readonly order: PartnerOrderRecord;
  readonly partner: Partner;
  readonly store: Store;
  readonly now: Instant;
};

/**
 * Brings the order of a redemption a step on. A held one is ordered, once it is written down that it is; where it may
 * have been ordered before, the partner is asked for its status first, and one asks for an order at a time. A refusal
 * gives the points back; without an answer it stays as it is, and the settling job goes on. May be called again at any
 * time, also by several processes.
 */
export const followOrder = async (deps: Deps, redemption: RedemptionRecord, now: Instant): Promise<void> => {
  const { prisma } = deps.database;
  const { programId, id } = redemption;
  const order = await findOrder(prisma, programId, id);
  const record = order === null ? null : await findPartner(prisma, order);
  const store = await storeById(prisma, programId, redemption.storeId);
  if (store === null) return;
  invariant(order !== null && record !== null, 'what a partner makes has an order');
  const partner = partnerOf(deps, record, store.timeZone, now);
  const turn = { deps, redemption, order, partner, store, now };
  return redemption.state === 'held' ? placeOrder(turn) : lookAfter(turn);
};

const placeOrder = async (turn: Turn): Promise<void> => {
  const { deps, redemption, order, partner, now } = turn;
  const { id, customerId } = redemption;
  const isErased = customerId === null;
  if (order.sentAt !== null) {
    const before = await partner.status(id);
    if (!before.ok) return lookLater(turn);
    if (before.value.kind !== 'unknown') return conclude(turn, before.value);
  }
  // Somebody may be asking just now: an order may still be on its way.
  if (order.sentAt !== null && order.sentAt > now - oneAtATimeMs) return lookLater(turn);
  // Of somebody who was erased nothing is ordered any more.
  if (isErased) return release(turn, null);
  const email = order.needsEmail ? await emailOf(turn) : ok(null);
  if (!email.ok) return lookLater(turn);
  if (!(await markSent(deps.database.prisma, order, now, instant(now - oneAtATimeMs)))) return lookLater(turn);
  const placed = await partner.place({ reference: id, itemId: order.itemId, email: email.value });
  if (placed.ok) return conclude(turn, { kind: 'placed' });
  if (placed.error.kind === 'unavailable') return lookLater(turn);
  // A refusal of a question that was asked before says nothing of the one before.
  const before = order.sentAt === null ? ok({ kind: 'unknown' as const }) : await partner.status(id);
  if (!before.ok) return lookLater(turn);
  if (before.value.kind === 'placed' || before.value.kind === 'delivered') return conclude(turn, before.value);
  return release(turn, placed.error.reasons);
};

// What the shop says now; it is kept nowhere.
const emailOf = async ({
  deps,
  redemption,
  store,
}: Turn): Promise<Result<string | null, PlatformFailure | PartnerAway>> => {
  const { customerId } = redemption;
  if (customerId === null) return ok(null);
  const cards = await deps.platformOf(store).readCustomers([customerId]);
  return cards.ok ? ok(cards.value.find((card) => card.customerId === customerId)?.email ?? null) : cards;
};

const lookAfter = async (turn: Turn): Promise<void> => {
  const status = await turn.partner.status(turn.redemption.id);
  // One that was taken and that the partner does not know now is looked for again, and never ordered twice.
  if (!status.ok || status.value.kind === 'placed' || status.value.kind === 'unknown') return lookLater(turn);
  return conclude(turn, status.value);
};

const conclude = async (turn: Turn, status: Exclude<PartnerStatus, { readonly kind: 'unknown' }>): Promise<void> => {
  const { deps, redemption, partner, now } = turn;
  if (status.kind === 'refused') return release(turn, status.reasons);
  if (redemption.state === 'held') await confirmRedemption(deps, redemption, redemption.id, now);
  if (status.kind === 'delivered') return deliver(turn, status);
  if (redemption.state !== 'held') return lookLater(turn);
  // Many deliver at once: then the member reads the code in the same answer.
  const taken = { ...turn, redemption: { ...redemption, state: 'issued' as const, attempts: 0 } };
  const after = await partner.status(redemption.id);
  if (after.ok && after.value.kind === 'delivered') return deliver(taken, after.value);
  return lookLater(taken);
};

const deliver = async ({ deps, redemption, now }: Turn, { code, link }: Delivery): Promise<void> => {
  const { programId, id } = redemption;
  const sealed = code === null && link === null ? null : deps.secrets.encrypt(JSON.stringify({ code, link }));
  await fulfilRedemption(
    deps,
    programId,
    id,
    async (tx) => {
      const isErased = (await findRedemption(tx, programId, id))?.customerId == null;
      await keepDelivery(tx, programId, id, isErased ? null : sealed, now);
    },
    now,
  );
};

const release = ({ deps, redemption, now }: Turn, reasons: readonly string[] | null): Promise<void> => {
  const words = reasons === null ? null : reasons.join(' ');
  const reason = { because: 'not_delivered' as const, words };
  return releaseRedemption(deps, redemption.programId, redemption.id, reason, now);
};

const lookLater = ({ deps, redemption, now }: Turn): Promise<void> => {
  const attempts = redemption.attempts + 1;
  const nextLookAt = redemption.state === 'held' ? nextAttempt(attempts, now) : nextStatusAt(redemption.attempts, now);
  return updateRedemption(deps.database.prisma, redemption.programId, redemption.id, {
    attempts,
    nextLookAt,
  });
};
