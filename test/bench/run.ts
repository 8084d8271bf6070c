import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { benchCore } from './core';
import { benchGrowth, benchSettle } from './settle';
import { benchSimulation } from './simulation';
import { benchWebhook } from './webhook';

/** One figure, and what it is measured against in the same run. Machines are shared: ratios say more than seconds. */
export type Row = { readonly what: string; readonly value: string; readonly must: string; readonly ratio?: number };

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, json: { type: 'string' } } });

Object.assign(process.env, {
  SHOPIFY_API_KEY: 'bench',
  SHOPIFY_API_SECRET: 'bench',
  SHOPIFY_APP_URL: 'https://app.example.com',
  ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
  LOG_LEVEL: 'silent',
});

const main = async (): Promise<void> => {
  const engine = process.env.TEST_DATABASE_URL === undefined ? 'embedded' : 'server';
  const rows: Row[] = [];
  rows.push(...benchCore(values.quick ? 1_000 : 5_000));
  rows.push(...(await benchSettle(engine, values.quick ? 2_000 : 20_000)));
  rows.push(await benchGrowth(engine, values.quick ? 2_000 : 10_000));
  rows.push(await benchGrowth(engine, values.quick ? 200 : 1_000, true));
  rows.push(benchSimulation(values.quick ? 10_000 : 100_000));
  rows.push(await benchWebhook(values.quick ? 5 : 30));
  rmSync(join(process.cwd(), '.data', 'bench'), { recursive: true, force: true });
  const width = Math.max(...rows.map(({ what }) => what.length));
  const lines = rows.map(({ what, value, must }) => `${what.padEnd(width)}  ${value.padEnd(34)}  ${must}`);
  process.stdout.write(`database: ${engine}\n${lines.join('\n')}\n`);
  if (values.json !== undefined)
    writeFileSync(values.json, JSON.stringify({ engine, quick: values.quick, rows }, null, 2));
  process.exit(0);
};

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
