import { findingOf, isOpen, lookAgainMs, type Credit, type Transfer } from '~/core/transfers/transfer';
import type { ProgramId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { inTransaction, type Tx } from '~/db/inTransaction';
import { lockMember } from '~/db/members';
import { storeById } from '~/db/stores';
import { dueTransfers, findTransfer, hasOlderOpen, takenReferences, updateTransfer } from '~/db/transfers';
import type { Platform } from '~/platforms/platform';
import type { Deps } from '../deps';
import { nextAttempt } from '../nextAttempt';
import { endTransfer, finishTransfer } from './endTransfer';

export const carriedOutAtOnce = 100;

// So long the platform may take to do what nobody answered for, before its account is read the first time.
const readAfterMs = 20_000;
const waitMs = 60_000;
const dayMs = 86_400_000;

/** Brings every transfer that is due a step on. Answers how many were looked at. */
export const carryOutTransfers = async (deps: Deps, now: Instant): Promise<number> => {
  const due = await dueTransfers(deps.database.prisma, now, carriedOutAtOnce);
  for (const { programId, id } of due) await carryOutTransfer(deps, programId, id, now);
  return due.length;
};

/**
 * Brings a transfer a step on: sends it, once it is written down that it is; or, when nobody knows what became of it,
 * reads the account. It is sent again only when it was not there twice, a minute apart. One transfer of a member at a
 * time. May be called again at any time, also by several processes.
 */
export const carryOutTransfer = async (deps: Deps, programId: ProgramId, id: string, now: Instant): Promise<void> => {
  const step = await inTransaction(deps.database, (tx) => nextStep(tx, programId, id, now));
  if (step === null) return;
  const { transfer } = step;
  // Of somebody who was erased no account can be read any more: what was sent counts as given, the rest is not sent.
  if (transfer.customerId === null)
    return step.kind === 'send' ? endTransfer(deps, transfer, null, now) : finishTransfer(deps, transfer, null, now);
  const store = await storeById(deps.database.prisma, programId, transfer.storeId);
  if (store === null) return;
  const platform = deps.platformOf(store);
  return step.kind === 'send' ? send(deps, platform, transfer, now) : readBack(deps, platform, transfer, now);
};

type Step = { readonly kind: 'send' | 'read'; readonly transfer: Transfer };

/** What is to be done now; null: nothing. That it is sent is written down here, and with it who else keeps off. */
const nextStep = async (tx: Tx, programId: ProgramId, id: string, now: Instant): Promise<Step | null> => {
  const transfer = await lockTransfer(tx, programId, id);
  if (transfer === null || !isOpen(transfer)) return null;
  if (transfer.nextLookAt === null || transfer.nextLookAt > now) return null;
  if (transfer.state === 'sent') return { kind: 'read', transfer };
  if (await hasOlderOpen(tx, transfer)) {
    await updateTransfer(tx, transfer, { nextLookAt: instant(now + waitMs) });
    return null;
  }
  return { kind: 'send', transfer: await markSent(tx, transfer, now) };
};

const markSent = async (tx: Tx, transfer: Transfer, now: Instant): Promise<Transfer> => {
  const attempts = transfer.attempts + 1;
  const sent = { state: 'sent' as const, sentAt: now, absentAt: null, attempts };
  const nextLookAt = instant(now + readAfterMs);
  await updateTransfer(tx, transfer, { ...sent, nextLookAt });
  return { ...transfer, ...sent, nextLookAt };
};

/** Locks a transfer's member, and reads it. null: there is none, or it went to another member meanwhile. */
const lockTransfer = async (tx: Tx, programId: ProgramId, id: string): Promise<Transfer | null> => {
  const seen = await findTransfer(tx, programId, id);
  if (seen === null) return null;
  await lockMember(tx, programId, seen.memberId);
  const transfer = await findTransfer(tx, programId, id);
  return transfer?.memberId === seen.memberId ? transfer : null;
};

const send = async (deps: Deps, platform: Platform, transfer: Transfer, now: Instant): Promise<void> => {
  const { customerId, amountMinor, currency, expiresAt } = transfer;
  if (customerId === null) return;
  const sent = await platform.creditAccount({ customerId, amountMinor, currency, expiresAt });
  if (sent.ok) return finishTransfer(deps, transfer, sent.value.reference, now);
  switch (sent.error.kind) {
    case 'unavailable':
      // Nobody knows: it stays sent, and the account is read.
      return;
    case 'limit_reached': {
      const change = { state: 'limited' as const, refusal: sent.error.reasons.join(' ') };
      return updateTransfer(deps.database.prisma, transfer, { ...change, nextLookAt: instant(now + dayMs) });
    }
    case 'refused':
      return endTransfer(deps, transfer, sent.error.reasons.join(' '), now);
  }
};

const readBack = async (deps: Deps, platform: Platform, transfer: Transfer, now: Instant): Promise<void> => {
  const { customerId, sentAt } = transfer;
  if (customerId === null || sentAt === null) return;
  const read = await platform.listCredits(customerId, transfer.currency, instant(sentAt - dayMs));
  if (!read.ok) {
    const nextLookAt = nextAttempt(transfer.attempts, now);
    return updateTransfer(deps.database.prisma, transfer, { nextLookAt });
  }
  const again = await inTransaction(deps.database, (tx) => conclude(tx, transfer, read.value, now));
  if (again === null) return;
  if (again.kind === 'done') return finishTransfer(deps, transfer, again.reference, now);
  return send(deps, platform, again.transfer, now);
};

type Conclusion =
  { readonly kind: 'done'; readonly reference: string } | { readonly kind: 'send'; readonly transfer: Transfer };

/** What follows from what was read, unless somebody else was faster; null: nothing yet. */
const conclude = async (
  tx: Tx,
  seen: Transfer,
  credits: readonly Credit[],
  now: Instant,
): Promise<Conclusion | null> => {
  const transfer = await lockTransfer(tx, seen.programId, seen.id);
  const isSame =
    transfer?.state === 'sent' && transfer.attempts === seen.attempts && transfer.absentAt === seen.absentAt;
  if (!isSame) return null;
  const finding = findingOf(transfer, credits, await takenReferences(tx, transfer), now);
  switch (finding.kind) {
    case 'done':
      return finding;
    case 'absent': {
      const nextLookAt = instant(finding.since + lookAgainMs);
      await updateTransfer(tx, transfer, { absentAt: finding.since, nextLookAt });
      return null;
    }
    case 'send_again':
      return { kind: 'send', transfer: await markSent(tx, transfer, now) };
  }
};
