import type { PlatformId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { StoreRef } from '../deps';
import { effectKind } from './effect';

export type MergeCustomers = {
  readonly store: StoreRef;
  readonly gone: PlatformId;
  readonly kept: PlatformId;
  /** When the platform merged them, if it says so. */
  readonly at?: Instant;
};

/** The platform made two customers one. */
export const mergeCustomersLater = effectKind<MergeCustomers>('merge_customers');
