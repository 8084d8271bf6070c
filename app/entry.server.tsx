import { PassThrough } from 'node:stream';
import { createReadableStreamFromReadable, type EntryContext } from '@remix-run/node';
import { RemixServer } from '@remix-run/react';
import { isbot } from 'isbot';
import { renderToPipeableStream } from 'react-dom/server';
import { environment } from './env.server';
import { startWorker as startJobs } from './jobs/worker';
import { log } from './process/log';
import { privacyCommand } from './process/privacyCommand';
import { closeServices, services } from './process/services';
import { sweeps } from './process/wings';
import { addDocumentResponseHeaders } from './shopify.server';

const renderTimeoutMs = 5000;

/** A page of the admin is about one merchant and their customers: no cache keeps it, and nobody guesses what it is. */
const keepNowhere = (headers: Headers): void => {
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  headers.set('x-content-type-options', 'nosniff');
};

const handleRequest = (
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
): Promise<Response> => {
  addDocumentResponseHeaders(request, headers);
  keepNowhere(headers);
  // Browsers get the page as it is made; robots wait until all of it is there.
  const ready = isbot(request.headers.get('user-agent') ?? '') ? 'onAllReady' : 'onShellReady';
  return new Promise((resolve, reject) => {
    let responseStatus = status;
    const { pipe, abort } = renderToPipeableStream(<RemixServer context={context} url={request.url} />, {
      [ready]: () => {
        const body = new PassThrough();
        headers.set('content-type', 'text/html; charset=utf-8');
        resolve(new Response(createReadableStreamFromReadable(body), { status: responseStatus, headers }));
        pipe(body);
      },
      onShellError: reject,
      onError: (error) => {
        responseStatus = 500;
        log.error({ err: error }, 'page');
      },
    });
    setTimeout(abort, renderTimeoutMs + 1000);
  });
};

export default handleRequest;

/** What pages ask for while they are open. */
export const handleDataRequest = (response: Response): Response => {
  keepNowhere(response.headers);
  return response;
};

/** Errors that a loader or an action threw: logged with the path, never with the query (it may hold a token). */
export const handleError = (error: unknown, { request }: { request: Request }): void => {
  if (request.signal.aborted) return;
  log.error({ err: error, path: new URL(request.url).pathname }, 'request');
};

// What the process needs around the pages; taken from the bundle by `main.ts`, because a second copy of
// these modules would open a second database.

/** Brings the database up to date and opens it and the queue. */
export const migrate = async (): Promise<void> => {
  await services();
};

let worker: { readonly stop: () => Promise<void> } | null = null;

export const startWorker = async (): Promise<void> => {
  const { deps, queue, database } = await services();
  worker = startJobs(deps, queue, sweeps, {
    batchSize: database.queue.kind === 'embedded' ? 50 : 500,
    onError: (error, context) => log.error({ err: error, ...context }, 'job'),
  });
};

// Under Vite's development server nobody calls `startWorker`; once is enough, whatever is loaded again.
const development = globalThis as { fidelioDevelopmentWorker?: boolean };
if (import.meta.env.DEV && environment().WORKER === 'on' && development.fidelioDevelopmentWorker !== true) {
  development.fidelioDevelopmentWorker = true;
  startWorker().catch((error: unknown) => log.error({ err: error }, 'worker'));
}

/** The operator's command about privacy requests; prints its answer. */
export const runPrivacyCommand = async (words: readonly string[]): Promise<void> => {
  for (const line of await privacyCommand(words)) process.stdout.write(`${line}\n`);
};

/** Lets the jobs that run come to their end; no new ones begin. */
export const stopWorker = async (): Promise<void> => {
  await worker?.stop();
};

/** Ends queue and database, after the worker and the last answer. */
export const shutdown = (): Promise<void> => closeServices();

export const serverSettings = (): { readonly port: number; readonly worker: boolean } => ({
  port: environment().PORT,
  worker: environment().WORKER === 'on',
});
