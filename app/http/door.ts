import type { NextFunction, Request, Response } from 'express';

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
// How much and how long we listen to the rest of a request that is answered already.
const restMaxMs = 5_000;
const restMaxBytes = 64 * 1024 * 1024;

/**
 * What a request must be before the pages see it: an address that can be read, a method that pages can have. What is
 * left of its body once it is answered is dropped unread, for a while: else a refused sender would hold its connection
 * for minutes.
 */
export const httpDoor = (request: Request, response: Response, next: NextFunction): void => {
  response.once('finish', () => dropRest(request));
  if (!methods.includes(request.method)) return refuse(response, 405, 'This method is not known here.');
  if (!URL.canParse(addressOf(request))) return refuse(response, 400, 'The address of the request cannot be read.');
  next();
};

const refuse = (response: Response, status: number, sentence: string): void => {
  response
    .status(status)
    .set({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    .json({ error: sentence });
};

// As the Remix adapter makes it: the host of the header, with or without a port.
const addressOf = (request: Request): string => {
  const port = [request.get('x-forwarded-host'), request.get('host')]
    .map((host) => Number.parseInt(host?.split(':')[1] ?? '', 10))
    .find(Number.isSafeInteger);
  return `${request.protocol}://${request.hostname}${port === undefined ? '' : `:${port}`}${request.originalUrl}`;
};

const dropRest = (request: Request): void => {
  if (request.complete || request.destroyed) return;
  let bytes = 0;
  const end = (): void => void request.socket.destroy();
  const timer = setTimeout(end, restMaxMs).unref();
  request.removeAllListeners('data');
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.byteLength;
    if (bytes > restMaxBytes) end();
  });
  request.once('close', () => clearTimeout(timer));
  request.once('end', () => clearTimeout(timer));
  request.resume();
};
