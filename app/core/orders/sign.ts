import type { PlatformId } from '../values/ids';
import type { Instant } from '../values/instant';
import type { OrderSnapshot } from './snapshot';

/**
 * What tells whether we know an order's newest state, without reading it whole. Times have whole seconds, so
 * the same time does not yet mean the same state: whatever can happen to an order changes one of the others.
 */
export type OrderSign = {
  readonly orderId: PlatformId;
  readonly updatedAt: Instant;
  readonly customerId: PlatformId | null;
  readonly financialStatus: OrderSnapshot['financialStatus'];
  readonly fulfillmentStatus: OrderSnapshot['fulfillmentStatus'];
  readonly cancelled: boolean;
  readonly refunds: number;
  /** Units ever ordered, and units left. */
  readonly units: number;
  readonly currentUnits: number;
  /** Ours only: the customer was erased, and whom the platform names says nothing new. */
  readonly erased?: boolean;
};

export const signOf = (order: OrderSnapshot): OrderSign => ({
  orderId: order.orderId,
  updatedAt: order.updatedAt,
  customerId: order.customerId,
  financialStatus: order.financialStatus,
  fulfillmentStatus: order.fulfillmentStatus,
  cancelled: order.cancelledAt !== null,
  refunds: order.refunds.length,
  units: order.lines.reduce((sum, { quantity }) => sum + quantity, 0),
  currentUnits: order.lines.reduce((sum, { currentQuantity }) => sum + currentQuantity, 0),
});

const compared = ['financialStatus', 'fulfillmentStatus', 'cancelled', 'refunds', 'units', 'currentUnits'] as const;

/**
 * Whether what the platform shows of an order may be newer than what we know. That it names no customer any more is no
 * news.
 */
export const isStale = (ours: OrderSign, theirs: OrderSign): boolean => {
  if (ours.updatedAt !== theirs.updatedAt) return ours.updatedAt < theirs.updatedAt;
  const named = ours.erased !== true && theirs.customerId !== null && theirs.customerId !== ours.customerId;
  return named || compared.some((field) => ours[field] !== theirs[field]);
};
