const headers = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
};

/**
 * An error as RFC 9457 writes it: `type` names its kind (`urn:fidelio:problem:{code}`), `detail` says in one sentence
 * what went wrong, in the language that was asked for.
 */
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
