import type { LedgerPlan } from '../ledger/types';
import type { RedemptionState } from '../redemptions/states';
import type { MemberId, ProgramId, RedemptionId } from '../values/ids';
import type { EventOfMember } from './memberEvent';

type Member = { readonly programId: ProgramId; readonly memberId: MemberId };

/** What was written of members in one transaction. */
export type Written = {
  readonly sheets: readonly (Member & { readonly plan: LedgerPlan })[];
  /** Tiers as they are now, and as they were. */
  readonly tiers: readonly (Member & { readonly tier: string | null; readonly before: string | null })[];
  readonly redemptions: readonly (Member & {
    readonly id: RedemptionId;
    readonly state: RedemptionState;
    readonly returned: number;
  })[];
};

/**
 * What happened, from what was written: one event per entry, per tier that is another one now, and per step of a
 * redemption; in the order in which it was decided.
 */
export const eventsOf = ({ sheets, tiers, redemptions }: Written): readonly EventOfMember[] => [
  ...sheets.flatMap(({ programId, plan }) =>
    plan.entries.map(({ id, memberId, kind, points, occurredAt }): EventOfMember => {
      const event = { kind: 'points_moved' as const, entryId: id, entryKind: kind, points, occurredAt };
      return { programId, memberId, event };
    }),
  ),
  ...tiers
    .filter(({ tier, before }) => tier !== before)
    .map(({ programId, memberId, tier, before }): EventOfMember => {
      return { programId, memberId, event: { kind: 'tier_changed', tierId: tier, before } };
    }),
  ...redemptions.map(({ programId, memberId, id, state, returned }): EventOfMember => {
    return { programId, memberId, event: { kind: 'redemption_changed', redemptionId: id, state, returned } };
  }),
];
