import type { PlatformId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import type { StoreRef } from '../deps';
import { effectKind } from './effect';

/** A message about a customer's labels (tags): some were added or removed at a moment of the platform's. */
export type LabelChange = {
  readonly customerId: PlatformId;
  readonly kind: 'added' | 'removed';
  readonly labels: readonly string[];
  readonly at: Instant;
};

export type NoteLabels = { readonly store: StoreRef; readonly change: LabelChange };

/** A customer's labels changed. */
export const noteLabelsLater = effectKind<NoteLabels>('note_labels');
