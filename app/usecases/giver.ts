import type { GrantKind, RewardGrant } from '~/core/rewards/grants';
import type { ProgramId, RedemptionId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { Result } from '~/core/values/result';
import type { Tx } from '~/db/inTransaction';
import type { RedemptionRecord } from '~/db/redemptions';
import type { Deps } from './deps';

/**
 * Why nothing is given: there is none left at the moment; or the partner whose it is asks more than was agreed, or does
 * not answer.
 */
export type GiveRefusal = { readonly kind: 'sold_out' | 'partner_dearer' | 'partner_away' };

/** What somebody else said who had to be asked first. */
export type Heard = {
  /** The customer's e-mail address is sent with the order. */
  readonly needsEmail: boolean;
};

/** For what a wing is asked: the redemption as it will be written, and what the member answered. */
export type GiveRequest = {
  readonly redemption: RedemptionRecord;
  readonly answer: string | null;
  readonly timeZone: string;
  /** null: nobody had to be asked. */
  readonly heard: Heard | null;
};

/** What a wing has put aside in this transaction. */
export type Reserved = {
  /** When it ends; left out: as the reward says. */
  readonly endsAt?: Instant;
  /** Writes down that it is given: the points are drawn, the redemption is written. */
  readonly keep: (tx: Tx) => Promise<void>;
};

/** A code of somebody else's, and the address at which it is used; null: it has none. */
export type ShownCode = { readonly code: string | null; readonly link: string | null };

/**
 * How a wing gives what redemptions of one grant turn into: within the transaction that holds the points, so that both
 * happen or neither. Whatever it reserves is free again when the transaction ends without keeping it.
 */
export type Giver = {
  readonly grant: GrantKind;
  /**
   * Asks somebody else whether it can be had, before any point is held and outside of every transaction; left out:
   * nobody has to be asked.
   */
  readonly ask?: (
    deps: Deps,
    asked: { readonly programId: ProgramId; readonly grant: RewardGrant; readonly timeZone: string },
    now: Instant,
  ) => Promise<Result<Heard, GiveRefusal>>;
  readonly reserve: (tx: Tx, request: GiveRequest, now: Instant) => Promise<Result<Reserved, GiveRefusal>>;
  /**
   * Brings a redemption that is held or issued a step on, where somebody else makes it. May be called again at any
   * time, also by several processes. Left out: it is given with the points.
   */
  readonly follow?: (deps: Deps, redemption: RedemptionRecord, now: Instant) => Promise<void>;
  /** The codes that redemptions gave, by the redemption, for the member who has them; left out: it gives none. */
  readonly codesOf?: (
    deps: Pick<Deps, 'database' | 'secrets'>,
    programId: ProgramId,
    redemptions: readonly RedemptionId[],
  ) => Promise<ReadonlyMap<string, ShownCode>>;
};
