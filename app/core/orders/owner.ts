import type { PlatformId, ProgramId, StoreId } from '../values/ids';
import type { OrderKey } from '../values/keys';
import type { OrderSnapshot } from './snapshot';

/** A way to recognise a member. Customers are known per store; an e-mail's hash in the whole program. */
export type Identity = {
  readonly programId: ProgramId;
  readonly kind: 'customer' | 'email';
  /** The store's id for a customer, empty for an e-mail. */
  readonly scope: StoreId | '';
  readonly value: string;
};

export const customerIdentity = (programId: ProgramId, storeId: StoreId, customerId: PlatformId): Identity => ({
  programId,
  kind: 'customer',
  scope: storeId,
  value: customerId,
});

export const emailIdentity = (programId: ProgramId, emailHash: string): Identity => ({
  programId,
  kind: 'email',
  scope: '',
  value: emailHash,
});

/** One text per identity, to look answers up by. */
export const identityKey = (identity: Identity): string =>
  `${identity.programId}|${identity.kind}|${identity.scope}|${identity.value}`;

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

/** The identity by which the order's member is looked up; null when it is nobody's. */
export const identityOf = ({ programId, storeId }: OrderKey, order: OrderSnapshot): Identity | null => {
  const owner = orderOwner(order);
  if (owner === null) return null;
  return owner.kind === 'customer'
    ? customerIdentity(programId, storeId, owner.customerId)
    : emailIdentity(programId, owner.emailHash);
};
