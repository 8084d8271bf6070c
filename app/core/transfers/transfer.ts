import type { MemberId, PlatformId, ProgramId, RedemptionId, StoreId } from '../values/ids';
import { instant, type Instant } from '../values/instant';

/**
 * `waiting`: it was not sent yet. `sent`: it was, and nobody knows yet what became of it. `limited`: the member's
 * account is full; it is tried every day. `done`; `ended`: it will not be done.
 */
export type TransferState = 'waiting' | 'sent' | 'limited' | 'done' | 'ended';

/** One movement of store credit into the account of a member's customer. */
export type Transfer = {
  readonly programId: ProgramId;
  readonly id: string;
  readonly memberId: MemberId;
  readonly storeId: StoreId;
  /** null: somebody who was erased. */
  readonly customerId: PlatformId | null;
  /** null: it is for nothing that was redeemed. */
  readonly redemptionId: RedemptionId | null;
  readonly amountMinor: number;
  readonly currency: string;
  readonly expiresAt: Instant;
  readonly state: TransferState;
  readonly createdAt: Instant;
  readonly sentAt: Instant | null;
  /** When it was looked for the first time since it was sent, and was not there. */
  readonly absentAt: Instant | null;
  readonly reference: string | null;
  readonly refusal: string | null;
  readonly attempts: number;
  readonly nextLookAt: Instant | null;
};

export const isOpen = ({ state }: Pick<Transfer, 'state'>): boolean => state !== 'done' && state !== 'ended';

/** A credit as it stands in the account. */
export type Credit = {
  readonly reference: string;
  readonly amountMinor: number;
  readonly currency: string;
  readonly expiresAt: Instant | null;
};

const hourSeconds = 3_600;

/**
 * When a credit ends that can be spent to the end of a local day: 1 to 3,600 seconds before, by bytes that derive from
 * the transfer's own key. It is the one thing of a credit that we choose freely: by it we know ours again.
 */
export const creditEnd = (endOfDay: Instant, bytes: Uint8Array): Instant => {
  const [a = 0, b = 0, c = 0] = bytes;
  return instant(endOfDay - (((a * 256 + b) * 256 + c) % hourSeconds) * 1000 - 1000);
};

/** So long after it was not there a transfer is looked for again, before it is sent a second time. */
export const lookAgainMs = 60_000;

/** What is known of a transfer that was sent, after its account was read. */
export type Finding =
  | { readonly kind: 'done'; readonly reference: string }
  /** It was not there: now for the first time, or too short a time ago. */
  | { readonly kind: 'absent'; readonly since: Instant }
  /** It was not there twice: it can be sent again. */
  | { readonly kind: 'send_again' };

/** Judges the credits of an account. `taken`: references that belong to other transfers. */
export const findingOf = (
  { amountMinor, currency, expiresAt, absentAt }: Transfer,
  credits: readonly Credit[],
  taken: ReadonlySet<string>,
  now: Instant,
): Finding => {
  const ours = credits.find(
    (credit) =>
      credit.amountMinor === amountMinor &&
      credit.currency === currency &&
      credit.expiresAt === expiresAt &&
      !taken.has(credit.reference),
  );
  if (ours !== undefined) return { kind: 'done', reference: ours.reference };
  if (absentAt === null) return { kind: 'absent', since: now };
  return now >= absentAt + lookAgainMs ? { kind: 'send_again' } : { kind: 'absent', since: absentAt };
};
