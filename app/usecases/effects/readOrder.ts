import type { PlatformId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { StoreRef } from '../deps';
import { effectKind } from './effect';

export type ReadOrder = {
  readonly store: StoreRef;
  readonly orderId: PlatformId;
  /** Dropped when a snapshot at least as new has come by then. */
  readonly newerThan: Instant;
  readonly delaySeconds: number;
};

/** An order is to be read from the platform: a message told of it and did not carry it. */
export const readOrderLater = effectKind<ReadOrder>('read_order');
