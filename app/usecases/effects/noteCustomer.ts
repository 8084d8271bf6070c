import type { CustomerMessage } from '~/platforms/message';
import type { StoreRef } from '../deps';
import { effectKind } from './effect';

export type NoteCustomer = CustomerMessage & { readonly store: StoreRef };

/** A message about a customer came: which verified e-mail it has now, and whether it was deleted. */
export const noteCustomerLater = effectKind<NoteCustomer>('note_customer');
