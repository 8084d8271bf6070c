import type { Why } from '../earning/explanation';
import { expiryOf } from '../earning/lotLife';
import type { ProgramDocument } from '../program/document';
import type { Instant } from '../values/instant';
import { points, zeroPoints } from '../values/points';
import { clawBack } from './clawback';
import { drawOrder, takeFrom } from './lots';
import { creditPlan, debitPlan } from './plan';
import type { Entry, LedgerPlan, OpenLedger, Slice } from './types';

/** A line of a file that is posted. */
export type PostedLine = {
  readonly points: number;
  readonly occurredAt: Instant;
  /** null: with the import. */
  readonly availableAt: Instant | null;
  /** null: by the policy, from its own date, but never before the minimum life from the import on. */
  readonly expiresAt: Instant | null;
};

type Draft = Omit<Entry, 'points' | 'forgiven' | 'occurredAt'> & { readonly why: Why };

/**
 * Posts a line: points given open a lot; points taken are drawn from what the same file gave. The member's own activities since
 * the line's date renew it, where points lapse by inactivity.
 */
export const importLine = (
  open: OpenLedger | null,
  draft: Draft,
  line: PostedLine,
  isOfFile: (slice: Slice) => boolean,
  document: Pick<ProgramDocument, 'policies' | 'timeZone'>,
  activities: readonly Instant[],
  now: Instant,
): LedgerPlan => {
  const { occurredAt } = line;
  const entry = { ...draft, occurredAt, points: points(line.points), forgiven: zeroPoints };
  if (line.points > 0) {
    const availableAt = line.availableAt ?? now;
    const byPolicy = expiryOf({ openedAt: occurredAt, availableAt, zone: document.timeZone }, document.policies, [], activities);
    return creditPlan(entry, { originOrder: null, availableAt, expiresAt: line.expiresAt ?? byPolicy });
  }
  const { takings, missing } = takeFrom((open?.slices ?? []).filter(isOfFile).sort(drawOrder), -line.points);
  return debitPlan(entry, takings, missing, now);
};

/**
 * Takes back what a file gave a member, net of what it took: first from the file's own lots; what lapsed of them is forgiven; what
 * was spent since is taken from other lots, or is owed. Afterwards the ledger adds up to what it did without the file.
 */
export const undoImport = (
  open: OpenLedger,
  draft: Omit<Entry, 'points' | 'forgiven'>,
  { given, lapsed, isOfFile }: { readonly given: number; readonly lapsed: number; readonly isOfFile: (slice: Slice) => boolean },
  now: Instant,
): LedgerPlan => clawBack(open, draft, { asked: given, policy: 'debt', ownExpired: lapsed, ownForgiven: 0, isOwn: isOfFile }, now).plan;
