import type { LabelChange } from '~/platforms/message';
import type { StoreRef } from '../deps';
import { effectKind } from './effect';

export type NoteLabels = { readonly store: StoreRef; readonly change: LabelChange };

/** A customer's labels changed. */
export const noteLabelsLater = effectKind<NoteLabels>('note_labels');
