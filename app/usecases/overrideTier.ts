import type { Grounds } from '~/core/settlement/grounds';
import type { MemberId, ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { ok, refuse, type Result } from '~/core/values/result';
import { inTransaction, type Tx } from '~/db/inTransaction';
import { lockMember } from '~/db/members';
import { currentProgram, keepVersion } from '~/db/programs';
import { insertOverride } from '~/db/tiers';
import type { Deps } from './deps';
import { settleMembersIn } from './settleOrders';
import { PublishedAgain, withGrounds } from './withGrounds';

/** A tier that staff gives (or with null takes), with a reason and an end; from now on. */
export type Override = {
  readonly id: string;
  readonly memberId: MemberId;
  readonly tierId: string | null;
  readonly until: Instant | null;
  readonly reason: string;
  readonly by: string;
};

export type OverrideRefusal =
  | { readonly kind: 'unknown_member' }
  | { readonly kind: 'unknown_tier' }
  | { readonly kind: 'no_reason' }
  /** Versions were published one after the other meanwhile: nothing is given, and it may be tried again. */
  | { readonly kind: 'publishing' };

/**
 * Gives a member a tier until its end; afterwards the member has the tier that was earned. A publication is before it,
 * and may have taken the tier away, or after it, and keeps it: never beside it.
 */
export const overrideTier = async (
  deps: Deps,
  programId: ProgramId,
  override: Override,
  now: Instant,
): Promise<Result<null, OverrideRefusal>> => {
  if (override.reason.trim() === '') return refuse({ kind: 'no_reason' });
  try {
    return await withGrounds(deps, { programIds: [programId] }, now, ({ grounds }) =>
      inTransaction(deps.database, (tx) => giveTier(deps, tx, { programId, override, grounds }, now)),
    );
  } catch (error) {
    if (error instanceof PublishedAgain) return refuse({ kind: 'publishing' });
    throw error;
  }
};

type Gift = { readonly programId: ProgramId; readonly override: Override; readonly grounds: Grounds };

const giveTier = async (
  deps: Deps,
  tx: Tx,
  { programId, override, grounds }: Gift,
  now: Instant,
): Promise<Result<null, OverrideRefusal>> => {
  await keepVersion(tx, programId);
  const member = await lockMember(tx, programId, override.memberId);
  if (member === null) return refuse({ kind: 'unknown_member' });
  const program = await currentProgram(tx, programId);
  const known = program?.document.tiers?.levels.some(({ id }) => id === override.tierId) ?? false;
  if (override.tierId !== null && !known) return refuse({ kind: 'unknown_tier' });
  await insertOverride(tx, programId, override, now);
  await settleMembersIn(deps, tx, [{ ...member, since: now }], grounds, now);
  return ok(null);
};
