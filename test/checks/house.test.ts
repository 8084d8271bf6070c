import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { expect, test } from 'vitest';
import { platformGrants } from '~/core/rewards/grants';
import { rewardKinds } from '~/core/rewards/section';
import { wings } from '~/process/wings';
import { checkCatalogues, formattedTwice, namesOther } from './catalogues';
import { checkKeys, partsOfKeysIn } from './keys';
import { tooLong } from './lines';
import { checkOperations } from './operations';
import { checkToml } from './toml';
import { checkTypography, misprints } from './typography';

test('what shopify.app.toml subscribes to and what the routes answer agree', () => {
  expect(checkToml()).toEqual([]);
});
test('every GraphQL operation is valid against Shopify’s schema', async () => {
  expect(await checkOperations()).toEqual([]);
});
test('every language has every message with the same values', () => {
  expect(checkCatalogues()).toEqual([]);
  expect(formattedTwice('{count, plural, one {# of {most}} other {# of {most, number}}}')).toEqual(['most']);
  expect(formattedTwice('{count, plural, one {# code} other {# codes of {most}}}')).toEqual([]);
  const bends = '{points} {count, plural, one {is} other {are}} left';
  expect(namesOther(bends, 'il reste {points}')).toBe(false);
  expect(namesOther(bends, 'il reste')).toBe(true);
  expect(namesOther('{count, plural, one {# code} other {# codes}}', 'codes')).toBe(true);
  expect(namesOther('{count} codes', 'codes')).toBe(true);
});

test('every text quotes as its language does, keeps a number with its word, and one that does not is found', () => {
  expect(checkTypography()).toEqual([]);
  for (const [language, text] of [
    ['it', 'Il premio “{name}” è finito'],
    ['it', 'Il premio « {name} » è finito'],
    ['it', 'Il premio «{name} è finito'],
    ['en', 'The reward "{name}" ran out'],
    ['en', 'The reward «{name}» ran out'],
    ['de', '“{name}” ist vergriffen'],
    ['de', '{count, plural, one {einmal} other {#-mal}}'],
    ['de', '{times}-fache {points}'],
    ['fr', 'La récompense « {name} » est épuisée'],
    ['fr', 'La récompense «{name}» est épuisée'],
    ['es', 'La recompensa “{name}” se agotó'],
  ] as const)
    expect([text, misprints(language, text).length]).toEqual([text, 1]);
  for (const [language, text] of [
    ['it', '«{name}» e «{other}»: l’altro'],
    ['en', '“{name}” and “{other}”'],
    ['de', '„{name}“ und „{other}“, {times}\u2011fach'],
    ['fr', '«\u202f{name}\u202f» et «\u202f{other}\u202f»'],
    ['es', '«{name}» y «{other}»'],
  ] as const)
    expect([text, misprints(language, text)]).toEqual([text, []]);
});

test('no code and no SQL reads a part of a key, and one that does is found', () => {
  expect(checkKeys()).toEqual([]);
  for (const planted of [
    "AND e.key LIKE 'revive:%'",
    "AND (o.key = k.key OR o.key LIKE k.key || ':%')",
    "WHERE r.key = 'revive:' || l.id || ':' || l.slice",
    'AND split_part(e.key, 2) = 1',
    'isOwn: ({ key }) => key.startsWith(prefix)',
  ])
    expect([planted, partsOfKeysIn(planted)]).toEqual([planted, [planted]]);
  expect(partsOfKeysIn("WHERE e.key = k.key AND e.note LIKE 'a%'")).toEqual([]);
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
    if (!file.includes('devstore/admin-api/schema'))
      expect([file, /shp(at|ss|ua)_[0-9a-f]{32}|\/(home|Users)\/\w+\//.test(readFileSync(file, 'utf8'))]).toEqual([
        file,
        false,
      ]);
  }
});

const namesIn = (folder: string): readonly string[] => readdirSync(folder).sort();

test('the root of app holds the files that every Shopify developer looks for, and rooms; nothing else', () => {
  expect(namesIn('app')).toEqual([
    'core',
    'db',
    'db.server.ts',
    'entry.client.tsx',
    'entry.server.tsx',
    'env.server.ts',
    'features',
    'http',
    'i18n',
    'jobs',
    'main.ts',
    'modules.ts',
    'platforms',
    'process',
    'root.tsx',
    'routes',
    'routes.ts',
    'shopify.server.ts',
    'ui',
    'usecases',
    'views',
  ]);
});

test('a wing has the rooms of the house, texts in five languages and one line in modules.ts', () => {
  const folders = namesIn('app/features').filter((name) => statSync(join('app/features', name)).isDirectory());
  expect(wings.map(({ name }) => name).sort()).toEqual(folders);
  const rooms = ['components', 'core', 'db', 'module.ts', 'texts', 'usecases', 'views'];
  for (const wing of folders) {
    expect([wing, namesIn(join('app/features', wing)).filter((name) => !rooms.includes(name))]).toEqual([wing, []]);
    expect([wing, namesIn(join('app/features', wing))]).toEqual([wing, expect.arrayContaining(['module.ts', 'texts'])]);
    expect([wing, namesIn(join('app/features', wing, 'texts'))]).toEqual([
      wing,
      ['de.json', 'en.json', 'es.json', 'fr.json', 'it.json'],
    ]);
  }
});

// Which imports a file may have does not depend on types: the other rules, and reading all types, are left out.
const importRules = ({ ruleId }: { readonly ruleId: string }): boolean =>
  ruleId.endsWith('no-restricted-imports') || ruleId === 'no-restricted-properties';
const withoutTypes = { languageOptions: { parserOptions: { projectService: false } } };

test('the dependency rule bites: each room is told why it may not import another', async () => {
  const eslint = new ESLint({ ruleFilter: importRules, overrideConfig: withoutTypes });
  const told = async (filePath: string, code: string): Promise<string> => {
    const [result] = await eslint.lintText(code, { filePath, warnIgnored: true });
    return result?.messages[0]?.message ?? 'allowed';
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
    ['app/usecases/deps.ts', "import '@prisma/client';", 'Prisma live in db only'],
    ['app/usecases/deps.ts', "import '~/platforms/shopify/gid';", 'by its contract'],
    ['app/db/members.ts', "import '~/usecases/deps';", 'do not know them'],
    ['app/platforms/shopify/gid.ts', "import '~/db/members';", 'nothing of ours'],
    ['app/platforms/shopify/receive.ts', "import '~/usecases/deps';", 'do not know them'],
    ['app/usecases/deps.ts', "import '~/platforms/memory/shop';", 'by its contract'],
    ['app/process/platforms.ts', "import '~/platforms/memory/shop';", 'no process serves one'],
    ['app/routes/healthz.tsx', "import '~/db/members';", 'one use case or one view'],
    ['app/ui/StatCard.tsx', "import { services } from '~/process/services'; services();", 'get data as props'],
    ['app/jobs/worker.ts', "import 'pg-boss';", 'Only jobs/queue.ts'],
    [
      'app/usecases/adjustPoints.ts',
      "import { writePlans } from '~/db/plans'; writePlans();",
      'only usecases/writeMembers.ts',
    ],
    [
      'app/features/health/views/attention.ts',
      "import { openMemberBook as o } from '~/core/ledger/memberBook'; o();",
      'only usecases/writeM',
    ],
    ['app/jobs/worker.ts', "import { writeBalances } from '~/db/members'; writeBalances();", 'only usecases/writeM'],
    ['app/usecases/writeMembers.ts', "import { writePlans } from '~/db/plans'; writePlans();", 'allowed'],
    ['app/usecases/writeMembers.ts', "import '~/routes/healthz';", 'do not know who calls them'],
    ['app/main.ts', "import './db/members';", 'no module exists twice'],
    ['app/usecases/deps.ts', "import '~/features/health/views/attention';", 'the spine knows no wing'],
    ['app/core/values/money.ts', "import '~/features/pointFiles/core/line';", 'core imports nothing outside core'],
    ['app/db/members.ts', "import '../features/apiKeys/db/apiKeys';", 'the spine knows no wing'],
    ['app/jobs/spine.ts', "import '~/features/health/module';", 'the spine knows no wing'],
    ['app/http/door.ts', "import '~/modules';", 'the spine knows no wing'],
    [
      'app/ui/StatCard.tsx',
      "import { RunList } from '~/features/health/components/RunList'; RunList;",
      'knows no wing',
    ],
    ['app/features/health/module.ts', "import '~/features/apiKeys/db/apiKeys';", 'wings do not know each other'],
    ['app/features/health/views/attention.ts', "import '../../apiKeys/db/apiKeys';", 'wings do not know each other'],
    ['app/features/health/usecases/auditProgram.ts', "import '~/modules';", 'wings do not know each other'],
    ['app/features/pointFiles/core/line.ts', "import '~/db/members';", "imports the spine's core and itself"],
    ['app/features/pointFiles/core/line.ts', "import '../db/imports';", "imports the spine's core and itself"],
    ['app/features/pointFiles/core/line.ts', 'export const now = Date.now();', 'core never asks the time'],
    ['app/features/pointFiles/db/imports.ts', "import '~/usecases/deps';", 'do not know them'],
    ['app/features/pointFiles/usecases/runImport.ts', "import '@prisma/client';", 'Prisma live in db only'],
    [
      'app/features/health/components/RunList.tsx',
      "import { auditsOf } from '../db/audits'; auditsOf;",
      'components get data as props',
    ],
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
});

const sources = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(tsx?|sql)$/.test(name))
    .map((name) => join(folder, name));

/** Paragraphs of the rules that a text cites: "rules §2.9". */
const cited = (text: string): readonly string[] =>
  [...text.matchAll(/§\s?(\d+(?:\.\d+)?)/g)].map(([, number = '']) => number);

test('every paragraph that a comment cites is in docs/rules.md', () => {
  const rules = readFileSync('docs/rules.md', 'utf8');
  const there = new Set([...rules.matchAll(/^#+ §(\d+(?:\.\d+)?)/gm)].map(([, number = '']) => number));
  expect(there.size).toBeGreaterThan(15);
  const missing = [...sources('app'), ...sources('test'), ...sources('tools'), ...sources('prisma')].flatMap((file) =>
    cited(readFileSync(file, 'utf8'))
      .filter((number) => !there.has(number))
      .map((number) => `${file}: §${number}`),
  );
  expect(missing).toEqual([]);
  expect(cited('rules §2.9, and (§ 4)')).toEqual(['2.9', '4']);
});

test('every kind of reward has its file and its editor, and every grant that platforms make its part there', () => {
  const fileOf = (kind: string): string => kind.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const kinds = Object.keys(rewardKinds).map(fileOf);
  const grants = [...platformGrants].map(fileOf);
  expect(namesIn('app/core/rewards/kinds')).toEqual(kinds.map((kind) => `${kind}.ts`).sort());
  for (const kind of kinds) expect(namesIn('app/ui/program/rewards/kinds')).toContain(`${kind}.tsx`);
  for (const grant of grants) expect(namesIn('app/platforms/shopify/rewards')).toContain(`${grant}.ts`);
});

test('a line longer than 120 is found, but for names of tests', () => {
  const [name, code] = [`test('${'x'.repeat(120)}', () => {`, `const x = '${'x'.repeat(120)}';`];
  expect(tooLong('test/a.test.ts', `${name}\n${code}`)).toEqual(['test/a.test.ts:2']);
  expect(tooLong('app/a.ts', `${name}\n${code}`)).toEqual(['app/a.ts:1', 'app/a.ts:2']);
});

test('a function that does not fit on a screen is told so, and one with six parameters', async () => {
  const ruleFilter = ({ ruleId }: { readonly ruleId: string }): boolean => ruleId.startsWith('max-');
  const eslint = new ESLint({ ruleFilter, overrideConfig: withoutTypes });
  const told = async (filePath: string, code: string): Promise<readonly (string | null)[]> => {
    const [result] = await eslint.lintText(code, { filePath, warnIgnored: true });
    return (result?.messages ?? []).map(({ ruleId }) => ruleId);
  };
  const steps = (count: number): string => Array.from({ length: count }, (_, n) => `  a += ${n};`).join('\n');
  const long = (count: number): string =>
    `export const f = (a: number): number => {\n${steps(count)}\n  return a;\n};\n`;
  const takes = (count: number): string => {
    const names = Array.from({ length: count }, (_, n) => `a${n}`);
    const all = names.map((one) => `${one}: number`).join(', ');
    return `export const f = (${all}): number => ${names.join(' + ')};\n`;
  };
  for (const file of ['app/core/values/money.ts', 'app/ui/StatCard.tsx', 'tools/texts.ts']) {
    expect(await told(file, long(67))).toEqual([]);
    expect(await told(file, long(68))).toEqual(['max-lines-per-function']);
    expect(await told(file, takes(5))).toEqual([]);
    expect(await told(file, takes(6))).toEqual(['max-params']);
  }
});
