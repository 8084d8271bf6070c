import { liesAhead } from '~/core/orders/plausible';
import type { PlatformId } from '~/core/values/ids';
import { instant, type Instant } from '~/core/values/instant';
import type { ShopMessage } from '~/platforms/message';
import type { StoreRef } from './deps';
import type { Effect } from './effects/effect';
import { forgetProductLater } from './effects/forgetProduct';
import { mergeCustomersLater } from './effects/mergeCustomers';
import { noteCustomerLater } from './effects/noteCustomer';
import { noteLabelsLater } from './effects/noteLabels';
import { readOrderLater } from './effects/readOrder';
import { settleOrderLater } from './effects/settleOrder';

// A message without an order waits this long for the snapshot that usually follows it.
const readBackAfterSeconds = 60;
const endOfTime = instant(8.64e15);

/** What follows from a message of a store, whatever its platform, as of now. */
export const effectOf = (store: StoreRef, message: ShopMessage, now: Instant): Effect => {
  switch (message.kind) {
    case 'order':
      return settleOrderLater.of({ store, snapshot: message.snapshot });
    case 'order_changed': {
      const { orderId, newerThan } = message;
      return readOrderLater.of({ store, orderId, newerThan, delaySeconds: readBackAfterSeconds });
    }
    case 'customer': {
      const { customerId, emailHash, toldAt, isDeleted } = message;
      return noteCustomerLater.of({ store, customerId, emailHash, toldAt, isDeleted });
    }
    case 'labels':
      return noteLabelsLater.of({ store, change: message.change });
    case 'customers_merged': {
      const { gone, kept, at } = message;
      // What lies ahead is no time at which something was done.
      return mergeCustomersLater.of({ store, gone, kept, ...(at === null || at > now ? {} : { at }) });
    }
    case 'product_changed':
      return forgetProductLater.of({ store, productId: message.productId });
  }
};

/** An order is read from its shop at once, whatever we know of it. */
export const readOrderNow = (store: StoreRef, orderId: PlatformId): Effect =>
  readOrderLater.of({ store, orderId, newerThan: endOfTime, delaySeconds: 0 });

/**
 * Why messages that can be read cannot be true now: one sentence, nothing personal; null: nothing speaks against it.
 */
export const untrueNow = (messages: readonly ShopMessage[], now: Instant): string | null =>
  messages.some((message) => message.kind === 'order' && liesAhead(message.snapshot, now))
    ? 'The order has a date that lies more than a day ahead.'
    : null;
