import type { StoreRef } from '../deps';
import { effectKind } from './effect';

export type ImportPastOrders = { readonly store: StoreRef; readonly backfillId: string };

/** Orders of the time before the program are counted, imported or taken back. */
export const importPastOrdersLater = effectKind<ImportPastOrders>('import_past_orders');
