import type { MemberId, PlatformId, ProgramId, StoreId } from './ids';

/** What names a row of a tenant: the program first. Each key has one text, to look answers up by. */

export type MemberKey = { readonly programId: ProgramId; readonly memberId: MemberId };
export const memberKeyText = ({ programId, memberId }: MemberKey): string => `${programId}|${memberId}`;

export type OrderKey = { readonly programId: ProgramId; readonly storeId: StoreId; readonly orderId: PlatformId };
export const orderKeyText = (key: OrderKey): string => `${key.programId}|${key.storeId}|${key.orderId}`;

export type CustomerKey = { readonly programId: ProgramId; readonly storeId: StoreId; readonly customerId: PlatformId };
export const customerKeyText = ({ storeId, customerId }: Pick<CustomerKey, 'storeId' | 'customerId'>): string =>
  `${storeId}|${customerId}`;

export type ProductKey = { readonly programId: ProgramId; readonly storeId: StoreId; readonly productId: PlatformId };
export const productKeyText = ({ storeId, productId }: Pick<ProductKey, 'storeId' | 'productId'>): string =>
  `${storeId}|${productId}`;
