import { runPrivacyLater, type RunPrivacy } from '~/usecases/effects/runPrivacy';
import { runPrivacyRequest } from '~/usecases/privacy/runRequest';
import type { Job } from '../job';

export const runPrivacyJob: Job<RunPrivacy> = {
  effect: runPrivacyLater,
  queue: 'run-privacy',
  delaySeconds: ({ delaySeconds }) => delaySeconds,
  isLong: true,
  inReplay: false,
  work: {
    kind: 'one_by_one',
    atOnce: 1,
    run: ({ deps, clock }, { requestId }) => runPrivacyRequest(deps, requestId, clock()).then(() => undefined),
  },
};
