import type { EntryKind } from '../ledger/types';
import type { RedemptionState } from '../redemptions/states';
import type { EntryId, MemberId, ProgramId, RedemptionId } from '../values/ids';
import type { Instant } from '../values/instant';

/**
 * What happened to a member, for those who follow. It says what moved and not how things stand: a follower reads the
 * newest state itself, and may be told the same event twice. Nothing personal is in it.
 */
export type MemberEvent =
  /** An entry was written: `points` is what moved. */
  | {
      readonly kind: 'points_moved';
      readonly entryId: EntryId;
      readonly entryKind: EntryKind;
      readonly points: number;
      readonly occurredAt: Instant;
    }
  /** The member has another tier now; null: none. */
  | { readonly kind: 'tier_changed'; readonly tierId: string | null; readonly before: string | null }
  /** A redemption took a step, or more of its points came back (`returned`: all that came back so far). */
  | {
      readonly kind: 'redemption_changed';
      readonly redemptionId: RedemptionId;
      readonly state: RedemptionState;
      readonly returned: number;
    }
  /** What a wing tells: the spine carries it and knows nothing of it. */
  | {
      readonly kind: 'wing';
      readonly wing: string;
      readonly name: string;
      readonly values: Readonly<Record<string, string | number | null>>;
    };

/** An event with whose it is. */
export type EventOfMember = { readonly programId: ProgramId; readonly memberId: MemberId; readonly event: MemberEvent };

/** An event as followers read it. Of one member a higher `seq` came later. `at`: when it was written. */
export type NumberedEvent = EventOfMember & { readonly seq: number; readonly at: Instant };

/** The name by which followers ask for an event: its kind; a wing's own is `wing.name`. */
export const eventName = (event: MemberEvent): string =>
  event.kind === 'wing' ? `${event.wing}.${event.name}` : event.kind;

/** The event of a name and what was kept with it: the way back from `eventName`. */
export const eventFrom = (name: string, data: Readonly<Record<string, unknown>>): MemberEvent => {
  const [wing = '', told] = name.split('.');
  return (
    told === undefined ? { kind: name, ...data } : { kind: 'wing', wing, name: told, values: data }
  ) as MemberEvent;
};

/** What is kept with an event's name. */
export const eventData = (event: MemberEvent): Readonly<Record<string, unknown>> => {
  if (event.kind === 'wing') return event.values;
  return Object.fromEntries(Object.entries(event).filter(([name]) => name !== 'kind'));
};
