import type { StoreRef } from '~/usecases/deps';
import { effectKind } from '~/usecases/effects/effect';

export type ImportPastOrders = { readonly store: StoreRef; readonly backfillId: string };

/** Orders of the time before the program are counted, imported or taken back. */
export const importPastOrdersLater = effectKind<ImportPastOrders>('import_past_orders');
