import { publishProgramLater, type PublishProgram } from '~/usecases/effects/publishProgram';
import { publishProgramSummary } from '~/usecases/publishProgram';
import type { Job } from '../job';

export const publishProgramJob: Job<PublishProgram> = {
  effect: publishProgramLater,
  queue: 'publish-program',
  key: ({ store }) => store.storeId,
  inReplay: false,
  work: {
    kind: 'one_by_one',
    atOnce: 1,
    run: ({ deps }, { store }) => publishProgramSummary(deps, store),
  },
};
