import type { Instant } from '~/core/values/instant';
import type { ProgramId, StoreId } from '~/core/values/ids';
import type { Person } from '~/db/eraseCustomer';
import {
  findRequest,
  forgetFilesBefore,
  markRequestDone,
  markRequestProblem,
  openRequests,
  requestBytes,
  type PrivacyProblem,
  type PrivacyRequest,
} from '~/db/privacyRequests';
import { storeById } from '~/db/stores';
import type { Deps } from '../deps';
import { answerDataRequest } from './answerDataRequest';
import { eraseCustomer, readAsk } from './eraseCustomer';
import { eraseShop } from './eraseShop';
import type { KeptAsk } from './receiveRequest';
import { runPrivacyLater } from '../effects/runPrivacy';

/**
 * Takes waiting and finished work off the queue that names a person or belongs to a store (or, without one, to a
 * program). What is still to be done about a person is left and counted: it may bring something of the person back, so
 * one looks again.
 */
export type ForgetJobs = (
  of:
    | Pick<Person, 'storeId' | 'customers' | 'hashes'>
    | { readonly programId: ProgramId; readonly storeId: StoreId; readonly whole: boolean },
) => Promise<{ readonly waiting: number }>;

export type PrivacyDeps = Deps & { readonly forgetJobs: ForgetJobs };

/** `later`: work about the person was still waiting; a job looks again. */
export type PrivacyOutcome = 'done' | 'later' | 'gone' | PrivacyProblem;

const lookAgainSeconds = 30;

/**
 * Carries a request out. Running it again, or stopping half-way, does nothing twice. A shop that has the app (again) is
 * erased only when `evenIfInstalled`: the merchant would lose everything while using it.
 */
export const runPrivacyRequest = async (
  deps: PrivacyDeps,
  id: string,
  now: Instant,
  evenIfInstalled = false,
): Promise<PrivacyOutcome> => {
  const { prisma } = deps.database;
  const request = await findRequest(prisma, id);
  const body = request === null || request.doneAt !== null ? null : await requestBytes(prisma, id, 'body');
  if (request === null || body === null) return 'gone';
  try {
    const outcome = await carryOut(deps, request, readAsk(deps, body), evenIfInstalled, now);
    if (outcome === 'done') await markRequestDone(prisma, id, now);
    else if (outcome === 'later')
      await deps.enqueue([runPrivacyLater.of({ requestId: id, delaySeconds: lookAgainSeconds })]);
    else await markRequestProblem(prisma, id, outcome);
    return outcome;
  } catch (error) {
    await markRequestProblem(prisma, id, 'failed');
    throw error;
  }
};

const carryOut = async (
  deps: PrivacyDeps,
  request: PrivacyRequest,
  { domain, ask }: KeptAsk,
  evenIfInstalled: boolean,
  now: Instant,
): Promise<'done' | 'later' | PrivacyProblem> => {
  const { place } = request;
  switch (ask.kind) {
    case 'unreadable':
      return 'unreadable';
    case 'data_request':
      if (place !== null) await answerDataRequest(deps, place, request.id, { domain, ...ask }, now);
      return 'done';
    case 'customer_redact': {
      if (place === null) return 'done';
      const person = await eraseCustomer(deps, place, request.id, { domain, ...ask }, now);
      const { waiting } = await deps.forgetJobs(person);
      return waiting > 0 ? 'later' : 'done';
    }
    case 'shop_redact': {
      const store = place === null ? null : await storeById(deps.database.prisma, place.programId, place.storeId);
      if (store !== null && store.uninstalledAt === null && !evenIfInstalled) return 'installed';
      const { whole } = await eraseShop(deps, place, request, domain, now);
      if (place !== null) await deps.forgetJobs({ ...place, whole });
      return 'done';
    }
  }
};

const dueAtOnce = 50;

/**
 * Carries out what is open, whatever became of its job, and forgets files nobody need hand out any more. Answers what
 * became of each.
 */
export const runOpenRequests = async (
  deps: PrivacyDeps,
  now: Instant,
): Promise<readonly (readonly [id: string, PrivacyOutcome])[]> => {
  await forgetFilesBefore(deps.database.prisma, now);
  const outcomes: (readonly [string, PrivacyOutcome])[] = [];
  for (const { id, problem } of await openRequests(deps.database.prisma, dueAtOnce)) {
    if (problem === 'unreadable') continue;
    outcomes.push([id, await runPrivacyRequest(deps, id, now).catch((): PrivacyOutcome => 'failed')]);
  }
  return outcomes;
};
