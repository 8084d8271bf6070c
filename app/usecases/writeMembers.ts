import { eventsOf } from '~/core/events/eventsOf';
import type { EventOfMember } from '~/core/events/memberEvent';
import { openMemberBook, type MemberBook, type MemberSheet } from '~/core/ledger/memberBook';
import { renews, type Renewal } from '~/core/ledger/renew';
import type { OpenLedger } from '~/core/ledger/types';
import type { ProgramDocument } from '~/core/program/document';
import type { RedemptionState } from '~/core/redemptions/states';
import type { EntryId, MemberId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import { insertEvents } from '~/db/events';
import type { Tx } from '~/db/inTransaction';
import type { LoadedLedger, LockedMember, TierState } from '~/core/settlement/records';
import { memberKeyText, type MemberKey } from '~/core/values/keys';
import { loadLedgers } from '~/db/ledger';
import { writePlans } from '~/db/plans';
import { lockMembers } from '~/db/members';
import {
  insertRedemption,
  updateRedemption,
  writeUses,
  type RedemptionChange,
  type RedemptionRecord,
} from '~/db/redemptions';
import { writeBalancesAndTiers } from '~/db/tiers';
import type { Deps } from './deps';
import { publishMemberLater } from './effects/publishMember';

type WriteDeps = Pick<Deps, 'enqueue'>;

/** What is read of a member's ledger besides open lots and debts: see `loadLedgers`. */
export type Reading = { readonly withActivities?: boolean; readonly withSpent?: boolean };

/** The ledgers a decision looks at. */
export type OpenedMembers = {
  readonly book: MemberBook;
  /** A member's open ledger with all that was posted so far. Throws when it was not read. */
  readonly openOf: (memberId: MemberId) => OpenLedger;
  /** The moments of what renews the member's lots; empty unless they were asked for. */
  readonly activitiesOf: (memberId: MemberId) => readonly Instant[];
};

/** A decision about members who are locked in this transaction. */
export type Change<Answer> = {
  readonly members: readonly LockedMember[];
  /** What is read of a member's ledger; null: nothing, then the member can only be credited. Left out: what is open. */
  readonly read?: (member: LockedMember) => Reading | null;
  /** The program in force, where activities that are posted renew lots if it says so. */
  readonly renewedBy?: ProgramDocument | null;
  /** Posts to the book, and answers what the caller needs; what it did not post is not written. Makes no calls. */
  readonly decide: (opened: OpenedMembers) => Answer;
  /** false: the member's summary is not published yet, because the step that follows at once does it. */
  readonly isTold?: boolean;
};

/**
 * The one way in which members' ledgers change: reads what the decision needs, lets it decide, and writes what it
 * posted. The members come from `lockMembers` or `lockMember`, so nobody else changes them meanwhile. A fixed number
 * of statements, however many members.
 */
export const changeMembers = async <Answer>(
  deps: WriteDeps & Pick<Deps, 'newId'>,
  tx: Tx,
  change: Change<Answer>,
  now: Instant,
): Promise<Answer> => {
  const { members, isTold = true } = change;
  const ledgers = await readLedgers(tx, change);
  const { book, opened } = openBook(change, ledgers, now, deps.newId<EntryId>);
  const answer = change.decide(opened);
  await writeMembers(deps, tx, { members, sheets: book.changed(), isTold }, now);
  return answer;
};

const readLedgers = async (
  tx: Tx,
  { members, read = () => ({}), renewedBy = null }: Change<unknown>,
): Promise<ReadonlyMap<MemberId, LoadedLedger>> => {
  const renewing = renewedBy !== null && renews(versionsOf(renewedBy));
  const asked = members.flatMap((member) => {
    const reading = read(member);
    return reading === null ? [] : [{ ...member, ...reading, ...(renewing ? { withActivities: true } : {}) }];
  });
  const loaded = await loadLedgers(tx, asked);
  return new Map(loaded.map((ledger) => [ledger.memberId, ledger]));
};

const openBook = (
  { members, renewedBy = null }: Change<unknown>,
  ledgers: ReadonlyMap<MemberId, LoadedLedger>,
  now: Instant,
  newId: () => EntryId,
): { readonly book: MemberBook; readonly opened: OpenedMembers } => {
  const book = openMemberBook(
    members.map(({ memberId, cached }) => {
      const ledger = ledgers.get(memberId);
      const renewal = ledger === undefined || renewedBy === null ? null : renewalBy(renewedBy, ledger);
      return { memberId, cached, open: ledger?.open ?? null, renewal };
    }),
    now,
    newId,
  );
  const openOf = (memberId: MemberId): OpenLedger => {
    const open = book.openOf(memberId);
    if (open === null) throw new Error('a decision looks at a ledger that was not read');
    return open;
  };
  return { book, opened: { book, openOf, activitiesOf: (id) => ledgers.get(id)?.activities ?? [] } };
};

const versionsOf = (document: ProgramDocument): Renewal['versions'] => [
  { version: 0, publishedAt: instant(-8.64e15), document },
];

// What a sweep took out before comes back with orders that become known late; what happens now is not late.
const renewalBy = (document: ProgramDocument, { activities }: LoadedLedger): Renewal | null => {
  const versions = versionsOf(document);
  return renews(versions) ? { versions, activities, zone: document.timeZone, lapsed: [] } : null;
};

/** What was decided about locked members. */
export type Decided = {
  readonly members: readonly LockedMember[];
  /** Plans and balances: what `MemberBook.changed` answers. */
  readonly sheets: readonly (MemberSheet & { readonly memberId: MemberId })[];
  /** Tiers as they were derived anew. */
  readonly tiers?: readonly TierState[];
  /** What orders made of redemptions. */
  readonly uses?: readonly (Parameters<typeof writeUses>[1][number] & MemberKey)[];
  readonly isTold?: boolean;
};

/**
 * Writes what was decided about locked members with the events that tell it, and has the summary published of everybody
 * of whom something is new. At most five statements, however many members. A business key that exists already fails
 * with 23505.
 */
export const writeMembers = async (deps: WriteDeps, tx: Tx, decided: Decided, now: Instant): Promise<void> => {
  const { members, tiers = [], uses = [], isTold = true } = decided;
  const locked = new Map<MemberId, LockedMember>(members.map((member) => [member.memberId, member]));
  const sheets = decided.sheets.flatMap((sheet) => {
    const member = locked.get(sheet.memberId);
    return member === undefined ? [] : [{ ...sheet, programId: member.programId }];
  });
  const states = tiers.map((state) => ({ ...state, before: locked.get(state.memberId)?.tier ?? null }));
  const events = eventsOf({ sheets, tiers: states, redemptions: uses });
  await writePlans(tx, sheets, events, now);
  await writeBalancesAndTiers(tx, sheets, tiers);
  await writeUses(tx, uses, now);
  const moved = states.filter(({ tier, before }) => tier !== before);
  if (isTold) await publishMembers(deps, tx, [...sheets, ...uses, ...moved]);
};

/** What a member has is held for a redemption from now on; the member is locked, the points are drawn. */
export const holdRedemption = async (
  tx: Tx,
  redemption: RedemptionRecord,
  nextLookAt: Instant | null,
  now: Instant,
): Promise<void> => {
  await insertRedemption(tx, redemption, nextLookAt);
  await insertEvents(tx, eventsOf({ sheets: [], tiers: [], redemptions: [redemption] }), now);
};

/** A redemption whose member is locked takes a step; what the shop shows of the member's codes is no longer so. */
export const stepRedemption = async (
  deps: WriteDeps,
  tx: Tx,
  redemption: RedemptionRecord,
  step: RedemptionChange & { readonly state: RedemptionState },
  now: Instant,
): Promise<void> => {
  await updateRedemption(tx, redemption.programId, redemption.id, step);
  const after = { ...redemption, state: step.state };
  await insertEvents(tx, eventsOf({ sheets: [], tiers: [], redemptions: [after] }), now);
  await publishMembers(deps, tx, [redemption]);
};

/**
 * Tells what a wing finds out about members: its own writing (`work`) and the events that it answers happen while the
 * members are locked, so that they stand in the log where they happened. Members who are gone are not in the list.
 */
export const tellEvents = async (
  tx: Tx,
  members: readonly MemberKey[],
  work: (locked: readonly LockedMember[]) => Promise<readonly EventOfMember[]>,
  now: Instant,
): Promise<void> => {
  const locked = await lockMembers(tx, { identities: [], orders: [], codes: [], members });
  await insertEvents(tx, await work(locked), now);
};

/** Has the members' summaries published, each once. Enqueued in the transaction: it happens when the write does. */
const publishMembers = async (deps: WriteDeps, tx: Tx, members: readonly MemberKey[]): Promise<void> => {
  const told = new Map(
    members.map(({ programId, memberId }) => [memberKeyText({ programId, memberId }), { programId, memberId }]),
  );
  await deps.enqueue([...told.values()].map(publishMemberLater.of), tx);
};
