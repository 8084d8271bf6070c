import {
  useActionData,
  useSubmit,
  type ClientActionFunctionArgs,
  type ShouldRevalidateFunction,
} from '@remix-run/react';
import type { TypedResponse } from '@remix-run/node';

/** What was sent, kept so that it can be sent again as it was. */
type Sent = {
  readonly body: FormData | string;
  readonly encType: 'application/json' | 'multipart/form-data' | 'application/x-www-form-urlencoded';
};

/**
 * Why a write has no answer. `offline`: it was not sent, `signed_out`: it was turned away, so both did nothing.
 * `unanswered`: nobody knows whether it was done; every write may be sent again, it is done once.
 */
export type Unsent = { readonly unsent: 'offline' | 'signed_out' | 'unanswered'; readonly sent: Sent };

/** Whether what came back says only that there is no answer. */
export const isUnsent = (answer: unknown): answer is Unsent =>
  typeof answer === 'object' && answer !== null && 'unsent' in answer;

const sentIn = async (request: Request): Promise<Sent> => {
  const type = request.headers.get('content-type') ?? '';
  if (type.startsWith('application/json')) return { body: await request.text(), encType: 'application/json' };
  const encType = type.startsWith('multipart/form-data') ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
  return { body: await request.formData(), encType };
};

/**
 * The `clientAction` of every page that writes: a request without an answer becomes an answer, so that the page with
 * all that was typed stays. Redirects go on as they are.
 */
export const keepUnsent = async ({ request, serverAction }: ClientActionFunctionArgs): Promise<unknown> => {
  const sent = await sentIn(request.clone());
  if (!navigator.onLine) return { unsent: 'offline', sent } satisfies Unsent;
  try {
    return await serverAction();
  } catch (thrown) {
    if (!(thrown instanceof Response)) return { unsent: 'unanswered', sent } satisfies Unsent;
    if (thrown.status >= 300 && thrown.status < 400) throw thrown;
    return {
      unsent: thrown.status === 401 || thrown.status === 403 ? 'signed_out' : 'unanswered',
      sent,
    } satisfies Unsent;
  }
};

/** What a form says that is sent without being asked for: what was chosen so far is only to be kept. */
export const keepIntent = 'keep';

/**
 * The `shouldRevalidate` of every page: without an answer nothing has changed that could be read again, and what is
 * only kept changes nothing that is shown. Reading again after it would overtake what the merchant presses meanwhile.
 */
export const lookAgain: ShouldRevalidateFunction = ({ actionResult, formData, defaultShouldRevalidate }) =>
  defaultShouldRevalidate && !isUnsent(actionResult) && formData?.get('intent') !== keepIntent;

/**
 * The same of what stands around pages and depends on no address: going from page to page does not read it again, so
 * that a page that cannot be fetched costs nothing but itself. (Shopify's address has parameters that the next one has
 * not.)
 */
export const lookAgainAround: ShouldRevalidateFunction = (asked) =>
  lookAgain(asked) && (asked.formMethod !== undefined || asked.currentUrl.pathname === asked.nextUrl.pathname);

type AnswerOf<Answered> = Answered extends TypedResponse<infer Answer> ? Answer : never;

/** Why there is no answer, and how to send the same again. */
export type Unanswered = { readonly why: Unsent['unsent']; readonly again: () => void };

/** What came back of a write: its answer, or why there is none, and how to send the same again. */
export const answerOf = <Answer>(
  given: unknown,
  again: (sent: Sent) => void,
): { readonly answer: Answer | undefined; readonly unsent: Unanswered | null } => {
  if (!isUnsent(given)) return { answer: given as Answer | undefined, unsent: null };
  return { answer: undefined, unsent: { why: given.unsent, again: () => again(given.sent) } };
};

/** The answer of a page's action; or, when there is none, why. */
export const useAnswer = <Action extends (...args: never[]) => Promise<unknown>>(): {
  readonly answer: AnswerOf<Awaited<ReturnType<Action>>> | undefined;
  readonly unsent: Unanswered | null;
} => {
  const given: unknown = useActionData();
  const submit = useSubmit();
  return answerOf(given, ({ body, encType }) => submit(body, { method: 'post', encType, replace: true }));
};
