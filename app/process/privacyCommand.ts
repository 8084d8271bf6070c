import { z } from 'zod';
import { instant, isoOf } from '~/core/values/instant';
import { findRequest, newestRequests, openRequests, requestBytes, type PrivacyRequest } from '~/db/privacyRequests';
import { services } from './services';
import { readAsk } from '~/usecases/privacy/eraseCustomer';
import { closePrivacyRequest } from '~/usecases/privacy/closeRequest';
import { runOpenRequests, runPrivacyRequest, type PrivacyDeps } from '~/usecases/privacy/runRequest';

const listed = 100;
const usage = `npm run privacy -- list             the open requests and the newest ones, with deadline, state and proof
npm run privacy -- show ID          what a request asks, in clear text (personal data: do not keep the output)
npm run privacy -- run ID           carries one out now; --even-if-installed: of a shop that has the app, too
npm run privacy -- run all          carries out everything that is open
npm run privacy -- close ID         marks one as done that was seen to by hand`;

const commandSchema = z.union([
  z.tuple([z.literal('list')]).transform(() => ({ verb: 'list' as const })),
  z.tuple([z.literal('show'), z.uuid()]).transform(([, id]) => ({ verb: 'show' as const, id })),
  z.tuple([z.literal('run'), z.literal('all')]).transform(() => ({ verb: 'run_all' as const })),
  z.tuple([z.literal('run'), z.uuid()]).transform(([, id]) => ({ verb: 'run' as const, id, evenIfInstalled: false })),
  z
    .tuple([z.literal('run'), z.uuid(), z.literal('--even-if-installed')])
    .transform(([, id]) => ({ verb: 'run' as const, id, evenIfInstalled: true })),
  z.tuple([z.literal('close'), z.uuid()]).transform(([, id]) => ({ verb: 'close' as const, id })),
]);

/** The operator's command about privacy requests. Answers the lines to print; throws the usage for anything else. */
export const privacyCommand = async (words: readonly string[]): Promise<readonly string[]> => {
  const command = commandSchema.safeParse(words);
  if (!command.success) throw new Error(usage);
  const { deps, queue, database } = await services();
  const privacy: PrivacyDeps = { ...deps, forgetJobs: queue.forgetJobs };
  const now = instant(Date.now());
  const { prisma } = database;
  switch (command.data.verb) {
    case 'list': {
      const open = await openRequests(prisma, listed);
      const others = (await newestRequests(prisma, listed)).filter(({ doneAt }) => doneAt !== null);
      return open.length + others.length === 0
        ? ['There are no requests.']
        : [...open, ...others].map((request) => lineOf(request, now));
    }
    case 'show': {
      const body = await requestBytes(prisma, command.data.id, 'body');
      return [
        body === null
          ? 'There is no such request, or it is done and what it asked is forgotten.'
          : JSON.stringify(readAsk(deps, body), null, 2),
      ];
    }
    case 'run_all':
      return (await runOpenRequests(privacy, now)).map(([id, outcome]) => `${id} ${outcome}`);
    case 'run':
      return outcomeLines(
        privacy,
        command.data.id,
        await runPrivacyRequest(privacy, command.data.id, now, command.data.evenIfInstalled),
        now,
      );
    case 'close':
      return (await closePrivacyRequest(deps, command.data.id, now)) ? ['Closed.'] : ['There is no such open request.'];
  }
};

const outcomeLines = async (
  { database }: PrivacyDeps,
  id: string,
  outcome: string,
  now: PrivacyRequest['receivedAt'],
): Promise<readonly string[]> => {
  const request = await findRequest(database.prisma, id);
  return [`${id} ${outcome}`, ...(request === null ? [] : [lineOf(request, now)])];
};

const lineOf = (
  { id, kind, receivedAt, dueAt, doneAt, problem, proof }: PrivacyRequest,
  now: PrivacyRequest['receivedAt'],
): string => {
  const state =
    doneAt !== null
      ? `done ${isoOf(doneAt)}`
      : `${dueAt < now ? 'OVERDUE' : 'open'}${problem === null ? '' : `, ${problem}`}`;
  return `${id}  ${kind}  received ${isoOf(receivedAt)}  due ${isoOf(dueAt)}  ${state}  ${JSON.stringify(proof)}`;
};
