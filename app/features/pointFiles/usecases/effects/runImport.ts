import type { StoreRef } from '~/usecases/deps';
import { effectKind } from '~/usecases/effects/effect';

export type RunImport = { readonly store: StoreRef; readonly batchId: string };

/** A file of points goes its next way: it is checked, posted or undone. */
export const runImportLater = effectKind<RunImport>('run_import');
