import { creditEnd, isOpen, type Transfer } from '~/core/transfers/transfer';
import { instant, type Instant } from '~/core/values/instant';
import { invariant } from '~/core/values/result';
import { updateRedemption, type RedemptionRecord } from '~/db/redemptions';
import { findTransfer } from '~/db/transfers';
import type { Deps } from '../deps';
import { carryOutTransfer } from './carryOutTransfer';
import { endTransfer } from './endTransfer';

/** The transfer of a redemption as it begins; it has the redemption's id. */
export const transferOf = (deps: Pick<Deps, 'secrets'>, redemption: RedemptionRecord): Transfer => {
  const { programId, id, memberId, storeId, customerId, amountMinor, currency, heldAt, endsAt } = redemption;
  invariant(amountMinor !== null && currency !== null, 'store credit is a sum of money');
  return {
    programId,
    id,
    memberId,
    storeId,
    customerId,
    redemptionId: id,
    amountMinor,
    currency,
    expiresAt: creditEnd(endsAt, deps.secrets.transferBytes(`${programId}:${id}`)),
    state: 'waiting',
    createdAt: heldAt,
    sentAt: null,
    absentAt: null,
    reference: null,
    refusal: null,
    attempts: 0,
    nextLookAt: heldAt,
  };
};

const followAgainMs = 60_000;

/** Brings the transfer of a held redemption a step on, and gives its points back should it have ended. */
export const followTransfer = async (deps: Deps, { programId, id }: RedemptionRecord, now: Instant): Promise<void> => {
  await carryOutTransfer(deps, programId, id, now);
  const transfer = await findTransfer(deps.database.prisma, programId, id);
  if (transfer === null) return;
  if (transfer.state === 'ended') return endTransfer(deps, transfer, transfer.refusal, now);
  if (!isOpen(transfer)) return;
  const nextLookAt = instant(Math.max(now + followAgainMs, transfer.nextLookAt ?? 0));
  await updateRedemption(deps.database.prisma, programId, id, { nextLookAt });
};
