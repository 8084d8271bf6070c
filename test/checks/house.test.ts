import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { expect, test } from 'vitest';
import { checkCatalogues } from './catalogues';
import { checkOperations } from './operations';
import { checkToml } from './toml';

test('what shopify.app.toml subscribes to and what the routes answer agree', () => {
  expect(checkToml()).toEqual([]);
});
test('every GraphQL operation is valid against Shopify’s schema', async () => {
  expect(await checkOperations()).toEqual([]);
});
test('every language has every message with the same values', () => {
  expect(checkCatalogues()).toEqual([]);
});

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });

test('no secret, no path of a machine and no other registry is in a file', () => {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { resolved?: string }>;
  };
  const hosts = new Set(
    Object.values(lock.packages).flatMap(({ resolved }) => (resolved === undefined ? [] : [new URL(resolved).host])),
  );
  expect([...hosts]).toEqual(['registry.npmjs.org']);
  for (const file of ['app', 'test', 'extensions', 'prisma'].flatMap(filesBelow)) {
    if (!file.includes('devstore/schema'))
      expect([file, /shp(at|ss|ua)_[0-9a-f]{32}|\/(home|Users)\/\w+\//.test(readFileSync(file, 'utf8'))]).toEqual([
        file,
        false,
      ]);
  }
});

test('the dependency rule bites: each room is told why it may not import another', async () => {
  const eslint = new ESLint();
  const told = async (filePath: string, code: string): Promise<string> => {
    const [result] = await eslint.lintText(code, { filePath, warnIgnored: true });
    return (
      result?.messages.find(
        ({ ruleId }) => ruleId?.endsWith('no-restricted-imports') === true || ruleId === 'no-restricted-properties',
      )?.message ?? 'allowed'
    );
  };
  const cases = [
    ['app/core/values/money.ts', "import '~/db/members';", 'core imports nothing outside core'],
    ['app/core/values/money.ts', "import 'node:fs';", 'no clock, no randomness'],
    ['app/core/values/money.ts', 'export const now = Date.now();', 'core never asks the time'],
    ['app/core/values/money.ts', "import '../orders/snapshot';", 'core/values comes before core/orders'],
    [
      'app/core/earning/caps.ts',
      "import type { Entry } from '../ledger/types';",
      'core/earning comes before core/ledger',
    ],
    ['app/core/earning/conditions/tier.ts', "import '../../tiers/section';", 'core/earning comes before core/tiers'],
    ['app/core/tiers/clock.ts', "import '~/core/program/document';", 'core/tiers comes before core/program'],
    ['app/core/tiers/clock.ts', "import '../ledger/types';", 'allowed'],
    ['app/features/pointFiles/core/line.ts', "import '~/db/members';", 'core imports nothing outside core'],
    ['app/features/pointFiles/core/line.ts', "import '../usecases/run';", "a wing's core knows its own folder"],
    ['app/features/pointFiles/core/line.ts', "import '~/core/values/ids';", 'allowed'],
    ['app/usecases/deps.ts', "import '@prisma/client';", 'Prisma live in app/db only'],
    ['app/usecases/deps.ts', "import '~/platforms/shopify/gid';", 'by its contract'],
    ['app/db/members.ts', "import '~/usecases/deps';", 'do not know them'],
    ['app/platforms/shopify/gid.ts', "import '~/db/members';", 'nothing of ours'],
    ['app/routes/healthz.tsx', "import '~/db/members';", 'one use case or one view'],
    ['app/components/StatCard.tsx', "import { services } from '~/process/services'; services();", 'get data as props'],
    ['app/jobs/worker.ts', "import 'pg-boss';", 'Only jobs/queue.ts'],
    ['app/main.ts', "import './db/members';", 'no module exists twice'],
  ] as const;
  for (const [file, code, reason] of cases)
    expect([file, code, await told(file, code)]).toEqual([file, code, expect.stringContaining(reason)]);
  // Every room of the core stands in the list of their order: all but the last are kept from the last.
  for (const room of readdirSync('app/core', { withFileTypes: true }).filter((one) => one.isDirectory())) {
    const file = filesBelow(join('app/core', room.name))[0] ?? '';
    const reason = room.name === 'storefront' ? 'allowed' : 'comes before core/storefront';
    expect([file, await told(file, "import '../storefront/summary';")]).toEqual([
      file,
      expect.stringContaining(reason),
    ]);
  }
}, 120_000);
