import type { PlatformId } from '~/core/values/ids';
import type { StoreRef } from '../deps';
import { effectKind } from './effect';

export type ForgetProduct = { readonly store: StoreRef; readonly productId: PlatformId };

/** A product has changed: what is known of it is to be read again when an order asks for it. */
export const forgetProductLater = effectKind<ForgetProduct>('forget_product');
