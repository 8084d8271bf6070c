import type { GrantKind } from '~/core/rewards/grants';
import type { ProgramId, RedemptionId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { Result } from '~/core/values/result';
import type { Tx } from '~/db/inTransaction';
import type { RedemptionRecord } from '~/db/redemptions';
import type { Deps } from './deps';

/** Why nothing is given: there is none left at the moment. */
export type GiveRefusal = { readonly kind: 'sold_out' };

/** For what a wing is asked: the redemption as it will be written, and what the member answered. */
export type GiveRequest = {
  readonly redemption: RedemptionRecord;
  readonly answer: string | null;
  readonly timeZone: string;
};

/** What a wing has put aside in this transaction. */
export type Reserved = {
  /** When it ends; left out: as the reward says. */
  readonly endsAt?: Instant;
  /** Writes down that it is given: the points are drawn, the redemption is written. */
  readonly keep: (tx: Tx) => Promise<void>;
};

/**
 * How a wing gives what redemptions of one grant turn into: within the transaction that holds the points, so that both
 * happen or neither. Whatever it reserves is free again when the transaction ends without keeping it.
 */
export type Giver = {
  readonly grant: GrantKind;
  readonly reserve: (tx: Tx, request: GiveRequest, now: Instant) => Promise<Result<Reserved, GiveRefusal>>;
  /** The codes that redemptions gave, by the redemption, for the member who has them; left out: it gives none. */
  readonly codesOf?: (
    deps: Pick<Deps, 'database' | 'secrets'>,
    programId: ProgramId,
    redemptions: readonly RedemptionId[],
  ) => Promise<ReadonlyMap<string, string>>;
};
