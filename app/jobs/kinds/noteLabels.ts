import { noteLabelsLater, type NoteLabels } from '~/usecases/effects/noteLabels';
import { noteLabels } from '~/usecases/noteLabels';
import type { Job } from '../job';

export const noteLabelsJob: Job<NoteLabels> = {
  effect: noteLabelsLater,
  queue: 'note-labels',
  inReplay: true,
  work: {
    kind: 'one_by_one',
    atOnce: 4,
    run: ({ deps, clock }, { store, change }) => noteLabels(deps, store, change, clock()),
  },
};
