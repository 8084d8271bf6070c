import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRequestHandler } from '@remix-run/express';
import type { ServerBuild } from '@remix-run/node';
import express from 'express';
import { httpDoor } from './http/door';
import { answerInTime, dropLate } from './process/deadline';
import { drainable } from './process/drain';

/**
 * The only way a process starts: `main.js web` serves pages (and settles orders unless WORKER=off), `main.js worker`
 * settles orders only; `main.js privacy …` is the operator's command about privacy requests. Migrates first, stops
 * gracefully on SIGTERM and SIGINT. It knows the rest of the app only through the server bundle, so that every module
 * exists once in the process.
 */
type Entry = typeof import('./entry.server');

const drainMs = 7000;
// The worker finishes its batch; whatever it is, a supervisor that waits 30 s need not kill.
const stopMs = 25_000;

const loadBuild = async (): Promise<ServerBuild> =>
  (await import(pathToFileURL(join(process.cwd(), 'build', 'server', 'index.js')).href)) as ServerBuild;

const serve = (build: ServerBuild, port: number): Promise<{ readonly close: () => Promise<void> }> => {
  const app = express();
  app.disable('x-powered-by');
  app.use(httpDoor);
  app.use('/assets', express.static(join('build', 'client', 'assets'), { immutable: true, maxAge: '1y' }));
  app.use(express.static(join('build', 'client'), { maxAge: '1h' }));
  app.use(answerInTime());
  const handle = createRequestHandler({ build, mode: process.env.NODE_ENV ?? 'production' });
  app.all('*', (request, response, next) => void handle(request, response, next));
  app.use(dropLate);
  const server = createServer(app);
  const drain = drainable(server);
  const close = (): Promise<void> => drain(drainMs);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => {
      const address = server.address();
      // The first line that says "listening" tells whoever started this process that it is ready.
      const listening = typeof address === 'object' && address !== null ? address.port : port;
      process.stdout.write(`${JSON.stringify({ msg: 'listening', port: listening })}\n`);
      resolve({ close });
    });
  });
};

const start = async (role: string): Promise<void> => {
  if (role !== 'web' && role !== 'worker' && role !== 'privacy')
    throw new Error(`Say "web", "worker" or "privacy", not "${role}".`);
  const build = await loadBuild();
  const entry = build.entry.module as unknown as Entry;
  await entry.migrate();
  if (role === 'privacy') {
    await entry.runPrivacyCommand(process.argv.slice(3)).finally(() => entry.shutdown());
    return process.exit(0);
  }
  const settings = entry.serverSettings();
  if (role === 'worker' || settings.worker) await entry.startWorker();
  const server = role === 'web' ? await serve(build, settings.port) : null;
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), stopMs).unref();
    await Promise.all([server?.close(), entry.stopWorker()]);
    await entry.shutdown();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
};

void start(process.argv[2] ?? 'web').catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
