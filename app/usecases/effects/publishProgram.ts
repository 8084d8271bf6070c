import type { StoreRef } from '../deps';
import { effectKind } from './effect';

export type PublishProgram = { readonly store: StoreRef };

/** What a storefront shows of the program has changed, or the shop is back. */
export const publishProgramLater = effectKind<PublishProgram>('publish_program');
