import type { StoreRef } from '../deps';
import { effectKind } from './effect';

export type ReconcileStore = { readonly store: StoreRef; readonly reconciliationId: string };

/** Compares a store's orders with the platform's. */
export const reconcileStoreLater = effectKind<ReconcileStore>('reconcile_store');
