import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beginPrepared } from '../../support/prepared';
import { registrationFrom } from './registration';
import { seedShop } from './seed';
import { openPorts, portOf, startDevstore } from './server';
import { createDevstore, type Devstore } from './state';

export type LaunchOptions = {
  /** Where the app keeps its embedded database. */
  readonly folder: string;
  readonly customers: number;
  /** The shop's port; the app's own address is the next free one. 0: any. */
  readonly port: number;
  /** A PostgreSQL server instead of the embedded database. */
  readonly databaseUrl?: string;
  readonly logLevel?: string;
  /** `off`: pages and webhooks only, as when the worker is a process of its own. */
  readonly worker?: 'on' | 'off';
  /** Where the shop is; Rome, in euros, unless said otherwise. */
  readonly shop?: Partial<Pick<Devstore['shop'], 'currency' | 'timeZone'>>;
};

export type Launched = {
  readonly store: Devstore;
  /** Where documents of the app are opened, through the reverse proxy. */
  readonly appUrl: string;
  /** Where the app itself listens, for measuring without the proxy. */
  readonly directUrl: () => string;
  /** The process of the app, for measuring what it takes. */
  readonly pid: () => number;
  /** Ends the app at once, as a crash would. */
  readonly kill: () => Promise<void>;
  /** Starts the app again on the same database; its clock and the shop's are so far ahead then. */
  readonly restart: (aheadMs?: number) => Promise<void>;
  readonly stop: () => Promise<void>;
};

export const buildApp = (): void => {
  const built = spawnSync('npm', ['run', 'build', '--silent'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (built.status !== 0) throw new Error(`The build failed.\n${built.stderr}`);
};

/** The key of the data: kept beside it, because what was encrypted must be readable after a restart. */
const keyOf = (folder: string): string => {
  const file = join(folder, 'encryption.key');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
};

const startApp = (
  environment: Readonly<Record<string, string>>,
): Promise<{ readonly child: ChildProcess; readonly port: number }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['build/main.js', 'web'], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (part: Buffer) => {
      if (text === 'ready') return void process.stderr.write(part);
      text += part.toString();
      const port = /"listening","port":(\d+)/.exec(text)?.[1];
      if (port === undefined) return;
      text = 'ready';
      resolve({ child, port: Number(port) });
    });
    child.once('exit', (code) => reject(new Error(`The app ended with ${code}.`)));
  });

/** What a process runs before anything else whose clock is ahead: whenever it asks for the time it is so much later. */
const clockAhead = (ms: number): string => {
  const script = `const Real = Date;
    globalThis.Date = class Date extends Real {
      constructor(...given) { given.length === 0 ? super(Real.now() + ${ms}) : super(...given); }
      static now() { return Real.now() + ${ms}; }
    };`;
  return `--import=data:text/javascript,${encodeURIComponent(script)}`;
};

const ended = (child: ChildProcess, signal: NodeJS.Signals): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill(signal);
  });

/** The local Shopify with a seeded shop, and the built app beside it as it would run in production. */
export const launch = async (options: LaunchOptions): Promise<Launched> => {
  mkdirSync(options.folder, { recursive: true });
  if (options.databaseUrl === undefined) beginPrepared(options.folder);
  const ports = await openPorts(options.port);
  const appUrl = `http://localhost:${portOf(ports.app)}`;
  const identity = { apiKey: 'fidelio-demo-key', apiSecret: randomBytes(16).toString('hex'), appUrl };
  const store = createDevstore(registrationFrom(identity), options.shop);
  seedShop(store, { customers: options.customers, seed: 20_261_123 });
  let target = new URL('http://127.0.0.1:1');
  const shop = await startDevstore(store, () => target, ports);
  const environment = {
    NODE_ENV: 'production',
    SHOPIFY_API_KEY: identity.apiKey,
    SHOPIFY_API_SECRET: identity.apiSecret,
    SHOPIFY_APP_URL: appUrl,
    DATA_DIR: options.folder,
    PORT: '0',
    WORKER: options.worker ?? 'on',
    ENCRYPTION_KEY: keyOf(options.folder),
    LOG_LEVEL: options.logLevel ?? 'warn',
    SHOPIFY_DEVSTORE_URL: store.origin,
    SHOPIFY_DEVSTORE_DEMO: 'yes',
    DATABASE_URL: options.databaseUrl ?? '',
  };
  let app = await startApp(environment);
  target = new URL(`http://127.0.0.1:${app.port}`);
  process.once('exit', () => app.child.kill('SIGKILL'));
  return {
    store,
    appUrl,
    directUrl: () => target.origin,
    pid: () => app.child.pid ?? 0,
    kill: () => ended(app.child, 'SIGKILL'),
    restart: async (aheadMs = 0) => {
      store.clockOffsetMs = aheadMs;
      app = await startApp({ ...environment, ...(aheadMs === 0 ? {} : { NODE_OPTIONS: clockAhead(aheadMs) }) });
      target = new URL(`http://127.0.0.1:${app.port}`);
    },
    stop: async () => {
      await ended(app.child, 'SIGTERM');
      await shop.close();
    },
  };
};
