/**
 * What the app refuses, in words that can be said as they are. `isFinal`: it has decided on what was asked. Who has to
 * sign in or to wait was turned away before: nobody looked whether the same was asked for already.
 */
export class Refused extends Error {
  readonly isFinal: boolean;
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.isFinal = code !== 'sign_in' && code !== 'too_many_requests';
  }
}

/** A request with a JSON body that no other site can send in the shopper's name. */
export const posted = (body: unknown, headers: Readonly<Record<string, string>> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
  body: JSON.stringify(body),
});

/** What the app answers of a member's balance. */
export type Balance = { readonly available: number };

/** A refusal, as RFC 9457 writes it: `type` ends with its kind, `detail` is the sentence. */
type Problem = { readonly type?: string; readonly detail?: string };

/**
 * Asks the app through the shop's proxy. Throws `Refused` when it says no; any other error means that nobody knows
 * whether it was done.
 */
export const askApp = async <Answer>({ dataset }: HTMLElement, path: string, body: unknown): Promise<Answer> => {
  const url = `${dataset.proxy ?? ''}/${path}?lang=${dataset.language ?? 'en'}`;
  const response = await fetch(url, posted(body, { 'x-fidelio': '1' }));
  const answer = (await response.json().catch(() => null)) as (Answer & Problem) | null;
  if (response.ok && answer !== null) return answer;
  if (answer?.detail) throw new Refused(String(answer.type).replace(/.*:/, ''), answer.detail);
  throw new Error(String(response.status));
};
