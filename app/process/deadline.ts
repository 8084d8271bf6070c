import type { RequestHandler, ErrorRequestHandler } from 'express';

/** How long somebody waits for an answer, by what is asked for: the platform for 5 s, a prober for about 2 s. */
const limits: readonly (readonly [path: string, ms: number])[] = [
  ['/webhooks/', 4000],
  ['/readyz', 1900],
];
const otherwiseMs = 20_000;

const limitOf = (path: string): number => limits.find(([start]) => path.startsWith(start))?.[1] ?? otherwiseMs;

/**
 * Answers 503 with a sentence when no answer has begun within the time in which anybody waits for it, whatever it is
 * that does not come back. A file that is being written out is not touched. `limitFor` is the limit of a path, in ms.
 */
export const answerInTime =
  (limitFor: (path: string) => number = limitOf): RequestHandler =>
  (request, response, next) => {
    const timer = setTimeout(() => {
      if (response.headersSent) return;
      response.status(503).set({ connection: 'close', 'cache-control': 'no-store', 'retry-after': '5' });
      response.json({ error: 'The answer took too long. Nothing is lost: ask again.' });
    }, limitFor(request.path));
    response.once('close', () => clearTimeout(timer));
    response.once('finish', () => clearTimeout(timer));
    next();
  };

/** What comes after the answer was given for it has nobody to go to. */
export const dropLate: ErrorRequestHandler = (error, _request, response, next) => {
  if (!response.headersSent) next(error);
};
