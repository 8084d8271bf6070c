import type { PlatformId } from '../values/ids';
import type { OrderSnapshot } from './snapshot';

/** By what an order's member is known: the customer, or for a guest the e-mail's hash. */
export type OrderOwner =
  | { readonly kind: 'customer'; readonly customerId: PlatformId }
  | { readonly kind: 'guest'; readonly emailHash: string };

/** Whose an order is (rules §2.1). A customer id comes first; only an e-mail means a guest; neither means nobody. */
export const orderOwner = ({
  customerId,
  emailHash,
}: Pick<OrderSnapshot, 'customerId' | 'emailHash'>): OrderOwner | null => {
  if (customerId !== null) return { kind: 'customer', customerId };
  return emailHash === null ? null : { kind: 'guest', emailHash };
};
