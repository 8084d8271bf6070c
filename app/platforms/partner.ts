import type { PartnerCost } from '~/core/rewards/grants';
import type { PartnerItem } from '~/core/rewards/partners';
import type { RedemptionId } from '~/core/values/ids';
import type { Result } from '~/core/values/result';
import type { PlatformFailure } from './platform';

/**
 * What a partner asks for an item now.
 * `needsEmail`: it sends what it delivers by e-mail, so it has to be told the address.
 */
export type PartnerQuote = { readonly cost: PartnerCost; readonly available: boolean; readonly needsEmail: boolean };

/** An order at a partner. The reference is the redemption's id: the same reference is the same order, however often. */
export type PartnerOrder = {
  readonly reference: RedemptionId;
  readonly itemId: string;
  /** null: the partner did not ask for it, or the customer has none. */
  readonly email: string | null;
};

/** What a partner delivered: a code, an address at which it is used, both; or neither, where it is sent otherwise. */
export type Delivery = { readonly code: string | null; readonly link: string | null };

/** How an order stands. `unknown`: the partner has none with this reference. */
export type PartnerStatus =
  | { readonly kind: 'placed' }
  | ({ readonly kind: 'delivered' } & Delivery)
  | { readonly kind: 'refused'; readonly reasons: readonly string[] }
  | { readonly kind: 'unknown' };

/**
 * Nobody knows what the partner did: ask again later. `why`: it is not the net. `address`: it is none that is asked;
 * `private`: it lies in a private net; `redirect`: the partner sends elsewhere; `answer`: what it says makes no sense.
 */
export type PartnerAway = Extract<PlatformFailure, { readonly kind: 'unavailable' }> & {
  readonly why?: 'address' | 'private' | 'redirect' | 'answer';
};

/**
 * Somebody else who gives something for points: what use cases need of it. One implementation for each way in which
 * partners are spoken with, one contract test for all.
 */
export type Partner = {
  /** Everything that can be had, in the partner's order. */
  readonly catalogue: () => Promise<Result<readonly PartnerItem[], PartnerAway>>;
  /** What an item costs now; an item that does not exist (any more) is not available: null. */
  readonly quote: (itemId: string) => Promise<Result<PartnerQuote | null, PartnerAway>>;
  /**
   * Orders an item. Asked again with the same reference nothing more is ordered. `unavailable`: nobody knows whether it
   * was; `refused`: it was not, and will not be.
   */
  readonly place: (order: PartnerOrder) => Promise<Result<null, PlatformFailure | PartnerAway>>;
  readonly status: (reference: RedemptionId) => Promise<Result<PartnerStatus, PartnerAway>>;
};

/** Where a partner is spoken with over HTTP, and what proves who asks. */
export type PartnerAccess = { readonly address: string; readonly secret: string };

/** A question to a server of somebody else's. */
export type OutwardCall = {
  readonly method: 'GET' | 'POST';
  readonly address: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** So many bytes of the answer are read; a longer one is none. */
  readonly maxBytes: number;
};

/** Asks it, once: without an answer in time, or where the address is none to be asked, nobody answers. */
export type CallOutward = (
  call: OutwardCall,
) => Promise<Result<{ readonly status: number; readonly body: string }, PartnerAway>>;
