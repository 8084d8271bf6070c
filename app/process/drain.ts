import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import { Server as NetServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

// A connection that is kept alive may have a request on its way when it is closed: for this long each gets an answer
// first.
const graceMs = 1000;
const lookMs = 50;

/**
 * Ends a server without cutting anybody off: nobody new is let in, every answer from now on says that it is the
 * connection's last, and connections on which nothing is asked are closed after a moment in which a request may still
 * have been on its way. After `limitMs` whatever is left is cut. Answers when the last connection is gone.
 */
export const drainable = (server: HttpServer): ((limitMs: number) => Promise<void>) => {
  const open = new Set<ServerResponse>();
  let draining = false;
  server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
    if (draining) response.setHeader('connection', 'close');
    open.add(response);
    response.once('close', () => open.delete(response));
  });
  return async (limitMs) => {
    draining = true;
    let closed = false;
    // Not the HTTP server's own `close`: that one closes idle connections at once, and with them what was just sent on
    // them.
    const gone = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve())).then(
      () => void (closed = true),
    );
    for (const response of open) if (!response.headersSent) response.setHeader('connection', 'close');
    const started = Date.now();
    while (!closed && Date.now() - started < limitMs) {
      await Promise.race([gone, sleep(lookMs)]);
      if (Date.now() - started >= graceMs) server.closeIdleConnections();
    }
    server.closeAllConnections();
    await gone;
  };
};
