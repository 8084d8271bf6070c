import type { OrderMessage } from '../settleOrders';
import { effectKind } from './effect';

/** A state of an order has come and is to be settled. */
export const settleOrderLater = effectKind<OrderMessage>('settle_order');
