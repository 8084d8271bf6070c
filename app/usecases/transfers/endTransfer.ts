import { mayReach } from '~/core/redemptions/states';
import { isOpen, type Transfer } from '~/core/transfers/transfer';
import type { Instant } from '~/core/values/instant';
import { inTransaction, type Tx } from '~/db/inTransaction';
import { lockMember } from '~/db/members';
import { lockRedemption } from '~/db/spentRedemptions';
import { findTransfer, updateTransfer } from '~/db/transfers';
import type { Deps } from '../deps';
import { releaseRedemption } from '../releaseRedemption';
import { stepRedemption } from '../writeMembers';

/** The credit is in the account: what it was given for is used. `reference` null: nobody can look it up any more. */
export const finishTransfer = async (
  deps: Deps,
  { programId, id, memberId }: Transfer,
  reference: string | null,
  now: Instant,
): Promise<void> => {
  await inTransaction(deps.database, async (tx) => {
    await lockMember(tx, programId, memberId);
    const transfer = await findTransfer(tx, programId, id);
    if (transfer === null || !isOpen(transfer)) return;
    const done = { state: 'done' as const, finishedAt: now, nextLookAt: null };
    await updateTransfer(tx, transfer, { ...done, ...(reference === null ? {} : { reference }) });
    await useRedemption(deps, tx, transfer, reference, now);
  });
};

const useRedemption = async (
  deps: Deps,
  tx: Tx,
  { programId, redemptionId }: Transfer,
  reference: string | null,
  now: Instant,
): Promise<void> => {
  const locked = redemptionId === null ? null : await lockRedemption(tx, programId, redemptionId);
  if (locked === null || !mayReach(locked.redemption, 'used')) return;
  const used = { state: 'used' as const, issuedAt: now, finishedAt: now, nextLookAt: null };
  await stepRedemption(deps, tx, locked.redemption, { ...used, ...(reference === null ? {} : { reference }) }, now);
};

/**
 * It is surely not in the account, and will not be: the points of what it was for go back. First it is written down
 * that it ended: whoever comes after a crash finds it so, and gives the points back.
 */
export const endTransfer = async (
  deps: Deps,
  { programId, id, memberId }: Transfer,
  words: string | null,
  now: Instant,
): Promise<void> => {
  const ended = await inTransaction(deps.database, async (tx) => {
    await lockMember(tx, programId, memberId);
    const transfer = await findTransfer(tx, programId, id);
    if (transfer === null || transfer.state === 'done') return null;
    const refusal = words === null ? {} : { refusal: words };
    if (isOpen(transfer))
      await updateTransfer(tx, transfer, { state: 'ended', finishedAt: now, nextLookAt: null, ...refusal });
    return transfer;
  });
  if (ended?.redemptionId == null) return;
  await releaseRedemption(deps, programId, ended.redemptionId, { because: 'refused', words }, now);
};
