import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkMainJob } from './check';
import { buildApp, launch } from './launch';

/** `npm run demo`: everything on this machine. The app runs as it would in production, in a process of its own. */

const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
    port: { type: 'string', default: '4100' },
    customers: { type: 'string', default: '400' },
  },
});

const main = async (): Promise<void> => {
  const folder = join(process.cwd(), '.data', values.check ? 'check' : 'demo');
  // The shop lives in memory and is made anew at every start, and with it what the app knows of it: `--fresh` is always
  // so.
  rmSync(folder, { recursive: true, force: true });
  process.stderr.write('Building the app …\n');
  buildApp();
  const customers = values.check ? 25 : Number(values.customers);
  const { store, stop } = await launch({ folder, customers, port: values.check ? 0 : Number(values.port) });
  if (values.check) {
    const result = await checkMainJob(store);
    process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    await stop();
    process.exit(result.ok ? 0 : 1);
  }
  const end = (): void => void stop().then(() => process.exit(0));
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  process.stdout.write(`
  Shop    ${store.origin}            sign in as giulia.rossi@example.com
  Admin   ${store.origin}/admin      (?locale=en, it, de, fr, es)
  Account ${store.origin}/customer/loyalty   Till    ${store.origin}/pos

  ${store.customers.size} customers and ${store.orders.size} orders of the last 12 months wait to be imported:
  start with the admin.
  Ctrl+C ends it.

`);
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
