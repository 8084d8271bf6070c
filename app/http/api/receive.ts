import { readApiKey } from './key';
import type { ProgramId } from '~/core/values/ids';
import type { Instant } from '~/core/values/instant';
import { cleanText } from '~/core/values/untrusted';
import { acceptApiKey } from '~/db/apiKeys';
import { languageOf, type Language } from '~/i18n/catalog';
import { createRateLimit } from './limit';
import { services, type Services } from '~/process/services';

/** A request of another system: for which program, and in which language it wants words. */
export type ApiRequest = Services & {
  readonly programId: ProgramId;
  readonly parameters: URLSearchParams;
  readonly language: Language;
};

const perSecond = 20;
const atOnce = 100;
const limit = createRateLimit(perSecond, atOnce);

const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

export const apiJson = (body: unknown): Response => Response.json(body, { headers });

/** An error as RFC 9457 writes it: what went wrong, in one sentence. */
export const problem = (
  status: number,
  code: string,
  detail: string,
  more: Readonly<Record<string, string>> = {},
): Response =>
  new Response(
    JSON.stringify({ type: `urn:fidelio:problem:${code}`, title: titles[status] ?? 'Error', status, detail }),
    {
      status,
      headers: { ...headers, ...more, 'content-type': 'application/problem+json' },
    },
  );

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  405: 'Method Not Allowed',
  429: 'Too Many Requests',
};

/** The API is read, not written. */
export const apiAction = (): Response =>
  problem(405, 'read_only', 'This is a GET request: the API changes nothing.', { allow: 'GET' });

/** Finds the program of the key in `Authorization: Bearer …`. Answers the refusal or the request. */
export const receiveApi = async (request: Request, now: Instant): Promise<ApiRequest | Response> => {
  const given = /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  const key = given === undefined ? null : readApiKey(given);
  const opened = await services();
  if (key === null || !(await acceptApiKey(opened.database.prisma, key.programId, key.hash, now))) {
    return problem(401, 'unauthorized', 'A valid key is needed, as "Authorization: Bearer fid_…".', {
      'www-authenticate': 'Bearer',
    });
  }
  const wait = limit(key.hash, now);
  if (wait > 0)
    return problem(429, 'too_many_requests', `Wait ${wait} s: ${perSecond} requests a second are answered.`, {
      'retry-after': String(wait),
    });
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
