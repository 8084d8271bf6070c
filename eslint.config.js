import { readdirSync } from 'node:fs';
import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

// What is banned is a list of patterns as in .gitignore, or one regular expression.
// Names: only these of the module.
const banned = ([what, message, importNames]) => ({
  ...(typeof what === 'string' ? { regex: what } : { group: what }),
  message,
  ...(importNames === undefined ? {} : { importNames }),
});

/** What a folder may not import, and why: the dependency rule of the house. */
const ban = (files, patterns, ignores = []) => ({
  files,
  ignores,
  rules: { 'no-restricted-imports': ['error', { patterns: patterns.map(banned) }] },
});

const prisma = [
  ['@prisma/*', 'pg', '@electric-sql/*'],
  'SQL and Prisma live in db only, the spine’s or a wing’s: a change of storage touches few files.',
];
const shopifyServer = [
  [
    '@shopify/shopify-api',
    '@shopify/shopify-api/*',
    '@shopify/shopify-app-remix',
    '@shopify/shopify-app-remix/*',
    '@shopify/shopify-app-session-storage-prisma',
  ],
  "Shopify's server packages belong to platforms/shopify, shopify.server.ts and a route's authenticate call.",
];
const oneWriter =
  "only usecases/writeMembers.ts opens and writes members' ledgers: so everybody who changed is announced.";
const ledgers = [
  [['~/core/ledger/memberBook'], oneWriter, ['openMemberBook']],
  [['~/db/plans'], oneWriter, ['writePlans']],
  [['~/db/members'], oneWriter, ['writeBalances']],
  [['~/db/tiers'], oneWriter, ['writeBalancesAndTiers']],
  [['~/db/redemptions'], oneWriter, ['writeUses']],
];
const queueLibrary = [['pg-boss'], 'Only jobs/queue.ts knows the queue library.'];
const noMemory = [['~/platforms/memory/*'], 'a shop in memory is of tests and tools: no process serves one.'];
const outward = [
  ['~/usecases/*', '~/views/*', '~/jobs/*', '~/routes/*', '~/ui/*', '~/i18n/*'],
  'db and platforms serve the rooms above them and do not know them.',
];

const core = [
  [['~/*', '!~/core', '../../../*'], 'core imports nothing outside core: the rules of loyalty are pure.'],
  [['node:*'], 'core has no clock, no randomness and no I/O.'],
  prisma,
  shopifyServer,
  queueLibrary,
];

/** The rooms of the core in their order: each may import those before it, and none after it. */
const coreRooms = [
  'values',
  'orders',
  'earning',
  'ledger',
  'rewards',
  'redemptions',
  'transfers',
  'tiers',
  'evaluation',
  'settlement',
  'explanation',
  'program',
  'events',
  'simulation',
  'storefront',
];
const roomsAfter = (room) =>
  coreRooms
    .slice(coreRooms.indexOf(room) + 1)
    .map((later) => [
      [`../${later}/*`, `../../${later}/*`, `~/core/${later}/*`],
      `core/${room} comes before core/${later} and does not know it: what both need stands in the earlier room.`,
    ]);
const db = [outward, shopifyServer, queueLibrary, [['~/platforms/*'], 'db knows no platform.']];
const aroundUsecases = [
  prisma,
  shopifyServer,
  queueLibrary,
  [['~/platforms/*/*'], 'use cases know a platform by its contract, platforms/platform.ts.'],
  [['~/routes/*', '~/ui/*', '~/jobs/*', '**/components/*'], 'use cases do not know who calls them.'],
];
const usecases = [...aroundUsecases, ...ledgers];

const wings = readdirSync('app/features', { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);
const noWings = [
  '(^|/)features/|^[~.]+/modules$|^~/process/wings$',
  'the spine knows no wing: what a wing needs, it asks of the spine.',
];
/** What a wing may not import: the other ones, by whatever path. */
const others = (own) => [
  `(^~/features|^[./]*\\.\\.)/(${wings.filter((wing) => wing !== own).join('|')})/|^~/modules$|^~/process/wings$`,
  'wings do not know each other: what two of them need belongs to the spine.',
];
const wingCore = [['^(~/(?!core/)|\\.\\./)', "a wing's core imports the spine's core and itself."], ...core.slice(1)];
/** The rules of its rooms, for one wing. */
const wingRules = (wing) => {
  const of = (room) => `app/features/${wing}/${room}/**`;
  return [
    ban([`app/features/${wing}/*.ts`], [others(wing), prisma, shopifyServer, queueLibrary]),
    ban([of('core')], [...wingCore, others(wing)]),
    ban([of('db')], [...db, others(wing)]),
    ban([of('usecases'), of('views')], [...usecases, others(wing)]),
    components([of('components')], [others(wing)]),
  ];
};

const components = (files, more) => ({
  files,
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      {
        patterns: [
          ...more.map(banned),
          { group: prisma[0], message: prisma[1] },
          { group: shopifyServer[0], message: shopifyServer[1] },
          {
            group: ['~/usecases/*', '~/db/*', '~/platforms/*', '~/process/*', '~/jobs/*', '**/*.server', '../db/*'],
            message: 'components get data as props.',
          },
          {
            group: ['~/views/*', '../views/*'],
            allowTypeImports: true,
            message: 'components get data as props; they may name its type.',
          },
        ],
      },
    ],
  },
});

export default tseslint.config(
  {
    ignores: [
      'build/',
      'node_modules/',
      '.data/',
      'test-output/',
      '.stryker-tmp/',
      'extensions/loyalty-storefront/',
      'test/devstore/admin/public/',
      'eslint.config.js',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ['**/*.{ts,tsx}'],
    plugins: { 'import-x': importX, 'react-hooks': reactHooks },
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'A union of literals says the same and needs no code.' },
      ],
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
    },
  },
  ban(['app/core/**'], core),
  ...coreRooms.map((room) => ban([`app/core/${room}/**`], [...core, ...roomsAfter(room)])),
  {
    files: ['app/core/**', 'app/features/*/core/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'core never asks the time: it is an argument.' },
        { object: 'Math', property: 'random', message: 'core has no randomness: ids are an argument.' },
      ],
    },
  },
  ban(['app/db/**'], [...db, noWings]),
  ban(
    ['app/platforms/**'],
    [outward, prisma, queueLibrary, [['~/db/*'], 'a platform reads and writes nothing of ours.'], noWings],
  ),
  ban(['app/usecases/**', 'app/views/**'], [...usecases, noWings]),
  ban(['app/usecases/writeMembers.ts'], [...aroundUsecases, noWings]),
  components(['app/ui/**'], [noWings]),
  ban(
    ['app/jobs/**'],
    [prisma, shopifyServer, queueLibrary, [['~/routes/*', '~/ui/*'], 'a job calls one use case.'], ...ledgers, noWings],
    ['app/jobs/queue.ts'],
  ),
  ban(
    ['app/jobs/queue.ts', 'app/http/**', 'app/process/**', 'app/i18n/**', 'app/*.server.*'],
    [noMemory, noWings],
    ['app/process/wings.ts'],
  ),
  ...wings.flatMap(wingRules),
  ban(
    ['app/routes/**'],
    [
      prisma,
      queueLibrary,
      [['~/db/*'], 'a route calls one use case or one view.'],
      [['@shopify/shopify-api', '@shopify/shopify-api/*'], "routes use the library's authenticate call only."],
    ],
  ),
  ban(
    ['app/main.ts'],
    [
      [
        ['~/*', './db/*', './usecases/*'],
        'main.ts takes everything from the server bundle, so that no module exists twice.',
      ],
    ],
  ),
  {
    files: ['extensions/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/app/*', '**/app/**', '~/*'],
              allowTypeImports: true,
              message: 'Extensions run in Shopify’s pages: of the app they know the shape of its answers, no code.',
            },
            {
              group: ['**/loyalty-*/**'],
              message: 'Extensions do not know each other: what two of them need stands in extensions/shared.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['app/**/*.{ts,tsx}', 'extensions/**/*.{ts,tsx}', 'tools/**/*.ts'],
    rules: {
      // What does not fit on a screen is several steps, and several steps have names. Components are functions, too.
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true, IIFEs: true }],
      // A sixth argument is a value that has no name yet.
      'max-params': ['error', { max: 5 }],
    },
  },
  {
    // Longer than that still: to be cut where they are rebuilt, and then to leave this list.
    files: ['app/platforms/memory/platform.ts', 'tools/replay/run.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
  { files: ['app/routes/**'], rules: { 'max-lines': ['error', { max: 140 }] } },
  {
    files: ['test/**', 'tools/**'],
    rules: {
      'no-restricted-imports': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      'max-lines': ['error', { max: 430, skipBlankLines: true, skipComments: true }],
    },
  },
);
