import type { StoreRef } from '~/usecases/deps';
import { effectKind } from '~/usecases/effects/effect';

export type RunBackfill = { readonly store: StoreRef; readonly backfillId: string };

/** Orders of the time before the program are counted, settled or taken back. */
export const runBackfillLater = effectKind<RunBackfill>('import_past_orders');
