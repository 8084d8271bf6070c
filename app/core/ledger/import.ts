import type { Instant } from '../values/instant';
import { points, zeroPoints } from '../values/points';
import { balanceOf } from './balance';
import { clawBack } from './clawback';
import { drawOrder, isAvailable, takeFrom } from './lots';
import { expiryOf } from './lotLife';
import { creditPlan, debitPlan } from './plan';
import type { LedgerDocument } from './policies';
import { ledgerAt } from './repay';
import type { Entry, LedgerPlan, OpenLedger, Slice } from './types';
import type { LedgerWhy } from './why';

/** A line of a file that is posted. */
export type PostedLine = {
  readonly points: number;
  /** A balance of today, no part of a history. */
  readonly isBalance: boolean;
  readonly occurredAt: Instant;
  /** null: with the import. */
  readonly availableAt: Instant | null;
  /** null: by the policy, from its own date, but never before the minimum life from the import on. */
  readonly expiresAt: Instant | null;
};

type Draft = Omit<Entry, 'points' | 'forgiven' | 'occurredAt'> & { readonly why: LedgerWhy };

/**
 * What is to be posted so that a member has exactly `target`. A balance is what can be spent less what is owed; what
 * waits on hold is no part of it and comes on top when it is due, as it would have.
 */
export const changeTo = (open: OpenLedger | null, target: number, now: Instant): number =>
  target - (open === null ? 0 : balanceOf(ledgerAt(open, now), now).available);

/** By what a line is posted. */
export type ImportGrounds = {
  readonly document: LedgerDocument;
  /** The moments of what renews the member's lots. */
  readonly activities: readonly Instant[];
  /** Whether a slice is of a lot that the same file gave. */
  readonly isOfFile: (slice: Slice) => boolean;
};

/**
 * Posts a line: points given open a lot; points taken by a history are drawn from what the same file gave, those taken
 * by a balance from what the member can spend; what is missing is owed. The member's own activities since the line's
 * date renew it, where points lapse by inactivity.
 */
export const importLine = (
  open: OpenLedger | null,
  draft: Draft,
  line: PostedLine,
  { document, activities, isOfFile }: ImportGrounds,
  now: Instant,
): LedgerPlan => {
  const { occurredAt } = line;
  const entry = { ...draft, occurredAt, points: points(line.points), forgiven: zeroPoints };
  if (line.points > 0) {
    const availableAt = line.availableAt ?? now;
    const byPolicy = expiryOf(
      { openedAt: occurredAt, availableAt, zone: document.timeZone },
      document.policies,
      [],
      activities,
    );
    return creditPlan(entry, { originOrder: null, availableAt, expiresAt: line.expiresAt ?? byPolicy });
  }
  const isMeant = line.isBalance ? (slice: Slice): boolean => isAvailable(slice, now) : isOfFile;
  const { takings, missing } = takeFrom((open?.slices ?? []).filter(isMeant).sort(drawOrder), -line.points);
  return debitPlan(entry, takings, missing, now);
};

/**
 * Takes back what a file gave a member, net of what it took: first from the file's own lots; what lapsed of them is
 * forgiven; what was spent since is taken from other lots, or is owed. Afterwards the ledger adds up to what it did
 * without the file.
 */
export const undoImport = (
  open: OpenLedger,
  draft: Omit<Entry, 'points' | 'forgiven'>,
  {
    given,
    lapsed,
    isOfFile,
  }: { readonly given: number; readonly lapsed: number; readonly isOfFile: (slice: Slice) => boolean },
  now: Instant,
): LedgerPlan =>
  clawBack(open, draft, { asked: given, policy: 'debt', ownExpired: lapsed, ownForgiven: 0, isOwn: isOfFile }, now)
    .plan;

/**
 * Gives back what a file took from a member in all (a debt it brought, a balance it lowered): one lot of exactly these
 * points, which pays the debt first and lives by the policy from now on.
 */
export const giveBackImport = (
  draft: Omit<Entry, 'points' | 'forgiven'>,
  taken: number,
  { policies, timeZone }: LedgerDocument,
): LedgerPlan => {
  const { occurredAt } = draft;
  const expiresAt = expiryOf({ openedAt: occurredAt, availableAt: occurredAt, zone: timeZone }, policies, [], []);
  return creditPlan(
    { ...draft, points: points(taken), forgiven: zeroPoints },
    { originOrder: null, availableAt: occurredAt, expiresAt },
  );
};
