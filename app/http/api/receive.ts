import { readApiKey } from './key';
import type { ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { cleanText } from '~/core/values/untrusted';
import { acceptApiKey } from '~/db/apiKeys';
import { languageOf, type Language } from '~/i18n/catalog';
import { addressOf, secondsToWait } from '../limit';
import { problem } from '../problem';
import { services, type Services } from '~/process/services';

/** A request of another system: for which program, and in which language it wants words. */
export type ApiRequest = Services & {
  readonly programId: ProgramId;
  readonly parameters: URLSearchParams;
  readonly language: Language;
};

const ofKey = { perSecond: 20, atOnce: 100 };
// Whoever has no valid key is guessing.
const ofAddress = { perSecond: 1, atOnce: 30 };

const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

export const apiJson = (body: unknown): Response => Response.json(body, { headers });

const tooMany = (wait: number, perSecond: number): Response =>
  problem(429, 'too_many_requests', `Wait ${wait} s: ${perSecond} requests a second are answered.`, {
    'retry-after': String(wait),
  });

/** The API is read, not written. */
export const apiAction = (): Response =>
  problem(405, 'read_only', 'This is a GET request: the API changes nothing.', { allow: 'GET' });

/** Finds the program of the key in `Authorization: Bearer …`. Answers the refusal or the request. */
export const receiveApi = async (request: Request, now: Instant): Promise<ApiRequest | Response> => {
  const given = /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  const key = given === undefined ? null : readApiKey(given);
  const opened = await services();
  if (key === null || !(await acceptApiKey(opened.database.prisma, key.programId, key.hash, now))) {
    const wait = await secondsToWait(opened, [{ who: `wrong key|${addressOf(request)}`, ...ofAddress }], now);
    if (wait > 0) return tooMany(wait, ofAddress.perSecond);
    return problem(401, 'unauthorized', 'A valid key is needed, as "Authorization: Bearer fid_…".', {
      'www-authenticate': 'Bearer',
    });
  }
  const wait = await secondsToWait(opened, [{ who: `key|${key.hash}`, ...ofKey }], now);
  if (wait > 0) return tooMany(wait, ofKey.perSecond);
  const parameters = new URLSearchParams(
    [...new URL(request.url).searchParams].map(([name, value]) => [cleanText(name), cleanText(value)]),
  );
  return {
    ...opened,
    programId: key.programId,
    parameters,
    language: languageOf(parameters.get('language') ?? request.headers.get('accept-language')),
  };
};
