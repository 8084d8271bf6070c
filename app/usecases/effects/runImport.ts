import type { StoreRef } from '../deps';
import { effectKind } from './effect';

export type RunImport = { readonly store: StoreRef; readonly batchId: string };

/** A file of points goes its next way: it is checked, posted or undone. */
export const runImportLater = effectKind<RunImport>('run_import');
