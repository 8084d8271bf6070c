import type { OrderSnapshot } from '~/core/orders/snapshot';
import type { PlatformId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';

/**
 * What a message says of a customer: the verified e-mail (null: none), as of `toldAt` (null: it does not say), or that
 * it is gone.
 */
export type CustomerMessage = {
  readonly customerId: PlatformId;
  readonly emailHash: string | null;
  readonly toldAt: Instant | null;
  readonly isDeleted: boolean;
};

/** A message about a customer's labels (tags): some were added or removed at a moment of the platform's. */
export type LabelChange = {
  readonly customerId: PlatformId;
  readonly kind: 'added' | 'removed';
  readonly labels: readonly string[];
  readonly at: Instant;
};

/** What a shop may tell us, whatever its platform; `usecases/followMessages` says what follows from it. */
export type ShopMessage =
  | { readonly kind: 'order'; readonly snapshot: OrderSnapshot }
  /** Something happened to an order, and the message does not carry it: its state is newer than this moment. */
  | { readonly kind: 'order_changed'; readonly orderId: PlatformId; readonly newerThan: Instant }
  | ({ readonly kind: 'customer' } & CustomerMessage)
  | { readonly kind: 'labels'; readonly change: LabelChange }
  /** Two customers became one; `at`: when, if the message says so. */
  | {
      readonly kind: 'customers_merged';
      readonly gone: PlatformId;
      readonly kept: PlatformId;
      readonly at: Instant | null;
    }
  | { readonly kind: 'product_changed'; readonly productId: PlatformId };

/** A message as it came. Headers are asked for by their names in lower case. */
export type RawMessage = {
  readonly header: (name: string) => string | null;
  readonly body: Uint8Array;
};

/** What a platform's messages are checked and read with. */
export type MessageKeys = {
  /** With which the platform signs. */
  readonly secret: string;
  readonly hashEmail: (email: string) => string;
};

/** Which message it is, and of which shop. What was not signed may say anything. */
export type Heading = {
  readonly domain: string;
  readonly topic: string;
  /** Of the message: one that is sent again has the same. */
  readonly messageId: string;
};

/** It is answered with this status, whoever sent it, and nothing of it is kept. The sentence is for the sender. */
export type TurnedAway = { readonly kind: 'refused'; readonly status: 400 | 401; readonly sentence: string };

/** What the body of a message says. `nothing`: it is none of our business. */
export type Read =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'told'; readonly messages: readonly ShopMessage[] }
  /** It is kept, for somebody to look at. 400: no text of the platform's form at all. The sentence is not personal. */
  | { readonly kind: 'unreadable'; readonly status: 400 | 422; readonly sentence: string };

export type Received = TurnedAway | (Heading & Read);
