import { appUrl } from './appUrl';
import type { Host } from './host';

/**
 * What the app refuses, in words that can be shown as they are. `isFinal`: it has decided on what was asked. Who has to
 * sign in or to wait was turned away before: nobody looked whether the same was asked for already.
 */
export class Refused extends Error {
  readonly isFinal: boolean;
  constructor(
    readonly code: string,
    message: string,
    status: number,
  ) {
    super(message);
    this.isFinal = status < 500 && status !== 401 && status !== 429;
  }
}

/** A refusal, as RFC 9457 writes it: `type` ends with its kind, `detail` is the sentence. */
type Problem = { readonly type?: string; readonly detail?: string };

const send = async (host: Host, path: string, body: unknown): Promise<Response> => {
  const token = await host.token();
  const address = `${appUrl}/api/extension/${path}${path.includes('?') ? '&' : '?'}lang=${host.language}`;
  const headers = { accept: 'application/json', authorization: `Bearer ${token ?? ''}` };
  if (body === undefined) return fetch(address, { headers });
  const json = { ...headers, 'content-type': 'application/json' };
  return fetch(address, { method: 'POST', headers: json, body: JSON.stringify(body) });
};

/**
 * Asks the app, as whoever the session token names. Throws `Refused` when it says no; any other error means that
 * nobody knows whether it was done.
 */
export const ask = async <Answer>(host: Host, path: string, body?: unknown): Promise<Answer> => {
  const first = await send(host, path, body);
  // A token may have run out on the way: a new one is tried, once.
  const response = first.status === 401 ? await send(host, path, body) : first;
  const answer = (await response.json().catch(() => null)) as (Answer & Problem) | null;
  if (response.ok && answer !== null) return answer;
  if (answer?.detail) throw new Refused(String(answer.type).replace(/.*:/, ''), answer.detail, response.status);
  throw new Error(String(response.status));
};
